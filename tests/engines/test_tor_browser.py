"""Firefox as Tor Browser sets it at its safest: each public page is whole, and somebody can tell and come back."""

import re
from pathlib import Path

import pytest

from tests import at_work, running_site
from tests.engines import test_journeys as journeys, windows

pytestmark = [pytest.mark.engines]

SAFEST = {
    "privacy.resistFingerprinting": True,
    "privacy.resistFingerprinting.letterboxing": True,
    "svg.disabled": True,
    "mathml.disabled": True,
    "gfx.downloadable_fonts.enabled": False,
    "gfx.font_rendering.graphite.enabled": False,
    "gfx.font_rendering.opentype_svg.enabled": False,
    "media.autoplay.default": 5,
    "media.webaudio.enabled": False,
    "network.http.referer.XOriginPolicy": 2,
    "network.http.sendRefererHeader": 1,
    "webgl.disabled": True,
}
THE_WAY = ("/tell/", "/tell/form/", "/tell/leaving/", "/tell/under-18/", "/return/", "/take-down/")
LOC = re.compile(r"<loc>https?://[^/]+([^<]+)</loc>")
LESS = (Path(windows.__file__).parent / "in_page" / "is_less_than_whole.js").read_text()


def test_every_public_page_is_whole_and_somebody_can_tell(size, web, tmp_path, demo_site):
    before = at_work.submissions(demo_site)
    visitor = running_site.Visitor(demo_site.url)
    mapped = [path for part in LOC.findall(visitor.get("/sitemap.xml")) for path in LOC.findall(visitor.get(part))]
    stories = [path for path in mapped if running_site.STORY.fullmatch(path)]
    # The Welsh ones are drawn by the same templates.
    paths = [path for path in mapped if path not in stories[3:] and not path.startswith("/cy/")]
    how = {"scripts": False, "size": size, "web": web, "folder": tmp_path, "chromium": None}
    with windows.opened("firefox", **how, prefs=SAFEST.items()) as window:
        less = {path: window.ask(LESS) for path in (*THE_WAY, *paths) if window.open(demo_site.url + path) is None}
        journeys.begin(window, demo_site)
        journeys.write(window, journeys.WHOLE)
        code = journeys.send(window)
        journeys.come_back(window, demo_site, code, "We have what you sent")

    assert len(less) > 30
    assert {path: found for path, found in less.items() if found} == {}
    (new,) = at_work.submissions(demo_site) - before
    assert journeys.status_of(demo_site, new) == "received"
