"""What somebody asks for beside the words: what changed, the public page, how the words look, the keys."""

import re

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from moderation import working_copies
from moderation.templatetags import room_tags
from moderation.views.room import source
from stories.models import Event, Story
from tests import factories, running_site
from tests.moderation import room

ACCOUNT = "I told PC Ravi Holt at Kettle Street."
pytestmark = pytest.mark.django_db
TEMPLATES = running_site.ROOT / "templates" / "moderation"
SCRIPTS = running_site.ROOT / "moderation" / "static" / "moderation"


@pytest.fixture
def submission(alice):
    found = factories.submission_at("received", account=ACCOUNT)
    factories.claim(found, by=alice)
    return found


def write(submission, by, **fields):
    return working_copies.save_version(submission, factories.FIELDS | fields, by=by)


def test_account_and_versions_are_compared_word_by_word_with_titles_and_facts(submission, browser, alice):
    write(submission, alice, title="One", text="I told [an officer] at Kettle Street.", year="2023")
    address, script = reverse("room_compare", args=[submission.pk]), {"x-requested-with": "XMLHttpRequest"}

    page = room.text_of(browser.get(address))

    assert Event.objects.filter(submission=submission, deed="open", by=alice).count() == 1
    other = browser.get(address, {"was": "77", "now": "x"})
    assert (other.context["was"], other.context["now"]) == ("account", 1)
    assert other["Cache-Control"] == "no-store"
    assert "removed: </span>PC Ravi Holt </del>" in page
    assert "added: </span>[an officer] </ins>" in page
    write(submission, alice, title="Two", text="The same.", year="2024")
    page = room.text_of(browser.get(address, {"was": 1, "now": 2}))
    shown = ("removed: </span>One</del>", "added: </span>Two</ins>", "removed: </span>2023</del>")
    assert [words for words in shown if words not in page] == []
    part = room.text_of(browser.get(address, headers=script))
    locked = room.text_of(factories.client_of(alice, unlocked=False).get(address, headers=script))
    assert "Struck out: taken out." in part
    assert "<html" not in part + locked
    assert "The vault has locked meanwhile." in locked


def test_page_shows_exactly_what_the_public_page_shows_but_for_its_month_and_address(browser):
    words = {"title": "<b>Loud</b>", "text": "First.\n\n<b>Second</b> & third. {{ settings }}"}
    story = factories.live_story(fields=words)

    shown = main_of(room.text_of(room.see(browser, "room_as_public", story.submission_id)))

    month = date_format(story.month, "F Y")
    live = main_of(b"".join(room.reader().get(story.get_absolute_url(), secure=True)).decode(), month)
    assert "&lt;b&gt;Second&lt;/b&gt;&amp;third.{{settings}}" in shown, "markup in an agreed text stays text"
    assert "&lt;b&gt;Loud" in shown
    assert shown.replace(source.NOT_YET, story.slug) == live


def test_page_is_for_its_reader_alone_and_kept_nowhere(submission, browser, alice, bob):
    before = room.see(browser, "room_as_public", submission.pk)
    write(submission, alice, title="Nettlebridge never rang")
    locked = room.see(factories.client_of(alice, unlocked=False), "room_as_public", submission.pk)

    response = room.see(browser, "room_as_public", submission.pk)

    assert before.status_code == 302
    assert "Nettlebridge" not in room.text_of(locked)

    assert response["Cache-Control"] == "no-store"
    assert "Only you see this page." in room.text_of(response)
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert not Story.objects.exists()
    room.assert_on_no_page("Nettlebridge never rang")


def main_of(page, month="the month it goes live"):
    """The page's own part, without the spaces between its lines; its month goes by one name."""
    return "".join(page[page.index("<main") : page.index("</main>")].replace(month, "a month").split())


_KEY = re.compile(r'data-w-kbd-key-value="([^"]+)"')
# A script that presses something or sends something; each is looked at below.
_PRESSES = re.compile(r"[\w.]*\.(?:click|submit|requestSubmit|sendBeacon)\(|\bfetch\(")


def templates():
    return {path: path.read_text() for path in sorted(TEMPLATES.rglob("*.html"))}


def scripts():
    return {path.name: path.read_text() for path in sorted(SCRIPTS.glob("*.js"))}


def test_every_key_of_the_room_is_on_its_list_and_presses_nothing_that_sends_a_form():
    pages, walk = templates(), scripts()["walk.js"]
    keys = {key for page in pages.values() for key in _KEY.findall(page)}

    assert keys - {"mod+s"} == set(room_tags.KEYS) - {"1–9", "0", "e", "l"}
    assert {'"l"', '"e"'} <= set(re.findall('"[a-z]"', walk))
    for path, page in pages.items():
        for tag in re.findall(r"<[^>]*data-w-kbd-key-value=[^>]*>", page):
            if _KEY.search(tag)[1] == "mod+s":
                # A chord, and all it does is save.
                assert path.name == "reading.html"
                continue
            assert tag.startswith('<button type="button"'), (path.name, tag)
            assert "name=" not in tag
    # A digit presses a finding's own buttons.
    assert "button.dataset.digit === key" in walk
    entry = re.search(r'<li [^>]*id="finding-.*?</li>', pages[TEMPLATES / "parts" / "entries.html"], re.DOTALL)[0]
    assert 'data-digit="{{ forloop.counter }}"' in entry
    assert 'data-digit="0"' in entry
    assert 'data-room-walk-target="entry"' in re.search(r"<li [^>]*>", entry)[0]
    assert set(re.findall(r'<button[^>]*name="(\w+)"', entry)) == {"replace"}
    assert len(re.findall(r'data-room-walk-target="[^"]*entry', "".join(pages.values()))) == 1


def test_scripts_put_nothing_forward_and_agree_to_decline_and_erase_nothing():
    """Read, and not only tried: all that a script of ours presses or sends is a finding's own button and the save."""
    found = {(name, each) for name, script in scripts().items() for each in _PRESSES.findall(script)}

    assert found == {
        # The neutral words of the finding in focus, or its field; the answer to the question in focus.
        ("walk.js", "pressed.click("),
        ("walk.js", "radio.click("),
        # A way of the bar, where Wagtail hears no key: none of them has a name or sends a form.
        ("walk.js", "button.click("),
        # The working copy's form: by itself, or as somebody pressed it while the network was away.
        ("keep.js", "fetch("),
        ("keep.js", "this.formTarget.requestSubmit("),
        # Words that aren't sent yet, to where they are kept; and a note to colleagues, as somebody pressed it.
        ("unsent.js", "fetch("),
    }
    assert "fetch(this.formTarget.action, options)" in scripts()["keep.js"]
    assert "window.heardRoom.post(form.action, () => new FormData(form), " in scripts()["note.js"]
    posts_to = re.findall(r"(?:heardRoom\.post|[^.\w]ask)\(([^,)]+)", scripts()["unsent.js"])
    assert posts_to == ["this.urlValue", "this.urlValue", "url", "url"]
    assert scripts()["unsent.js"].count("fetch(") == 1
    urls = re.findall(r"data-room-unsent-url-value=\"([^\"]+)\"", "".join(templates().values()))
    assert set(urls) == {"{% url 'room_unsent' submission.pk %}"}
    for name, address in {"keep": "room_save", "note": "room_note"}.items():
        targets = [page for page in templates().values() if f'data-room-{name}-target="form"' in page]
        assert len(targets) == 1
        assert f"{{% url '{address}' submission.pk %}}" in targets[0]


def test_scripts_of_the_room_keep_numbers_and_no_word():
    kept = [line.strip() for script in scripts().values() for line in script.splitlines() if "setItem(" in line]

    assert kept == [
        'if (this.isOn) sessionStorage.setItem(this.place, this.field("text").selectionEnd);',
        "sessionStorage.setItem(BLURRED, isBlurred ? 1 : 0);",
        "sessionStorage.setItem(this.unfolded, target.open ? 1 : 0);",
    ]
    assert not any("localStorage" in script or "indexedDB" in script for script in scripts().values())


def test_shortcuts_are_in_the_dialog_of_the_room_alone_whose_parts_are_in_order(submission, browser, alice):
    write(submission, alice)
    reading = room.text_of(room.see(browser, "room_read", submission.pk))
    summary = reading.index("<summary>The account, in their words")
    assert " open" not in reading[reading.rindex("<details", 0, summary) : summary]
    beside = ("1 minute", "What they asked for", "The account, in their words", "What they answered", 'id="copy-form"')
    assert [reading.index(each) for each in beside] == sorted(reading.index(each) for each in beside)
    queue = room.text_of(room.see(browser, "room_queue"))

    for does in room_tags.KEYS.values():
        assert does in dialog_of(reading)
    assert "Next finding" not in dialog_of(queue)


def dialog_of(page):
    start = page.index('id="keyboard-shortcuts-dialog"')
    return page[start : page.index("</table>", start)]
