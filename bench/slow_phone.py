"""How long pages take on 2G, as Chromium plays it: `PYTHONPATH=. python -m bench.slow_phone http://127.0.0.1:8000`."""

import sys

from playwright.sync_api import Browser

from tests import running_site

LINE = {"offline": False, "latency": 800, "downloadThroughput": 28_000, "uploadThroughput": 28_000}
PAGES = ("/tell/", "/tell/form/", "/return/", "/take-down/", "/get-help/", "/", "/stories/", "/what-we-hear/")
FIRST = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
WHOLE = "performance.getEntriesByType('navigation')[0].loadEventEnd / 1000"


def main(address: str) -> None:
    with running_site.browser() as browser:
        print("| page | first words, s | whole, s |\n|---|---|---|")
        for page in PAGES:
            first, whole = _seconds(browser, address + page)
            print(f"| `{page}` | {first:.1f} | {whole:.1f} |", flush=True)


def _seconds(browser: Browser, url: str) -> tuple[float, float]:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(url)
    page.wait_for_timeout(500)
    seconds = page.evaluate(FIRST), page.evaluate(WHOLE)
    context.close()
    return seconds


if __name__ == "__main__":
    main(sys.argv[1])
