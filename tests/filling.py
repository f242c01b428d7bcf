"""Fills a copy of the demo, in whose environment `running_site.fill` runs this, as a site would be some months on."""

import io
import json
from datetime import date

ACTION = {
    "title": "Ask your force to read the law before the first call",
    "slug": "read-the-law-first",
    "intro": "Few officers know it.",
    "to_whom": "the chief constable of your force",
    "step_one": "Choose your force.",
    "step_two": "Copy the letter.",
    "step_three": "Send it.",
    "letter": "To the chief constable of {force}\n\nPlease read it.",
    "why_it_stays": "An invented action.",
}


def main() -> None:
    import django

    django.setup()
    from campaign.models import ActionIndexPage, ActionPage, NewsIndexPage, NewsPage

    news, actions = NewsIndexPage.objects.get(), ActionIndexPage.objects.get()
    ask = _ask()
    actions.add_child(instance=ActionPage(**ACTION, ask=ask, body=json.dumps([_text("Few officers know it.")])))
    closed = ActionPage(**ACTION | {"slug": "an-older-one", "title": "An older action"}, ask=ask, state="closed")
    closed.achieved, closed.petition_url = "One force reads it out at each shift.", "https://petition.parliament.uk/"
    actions.add_child(instance=closed)
    page = NewsPage(title="Every block there is", slug="every-block", date=date(2026, 6, 1), author_role="Editor")
    page.intro, page.why_it_stays = "All that a page can hold.", "An invented page."
    page.body = json.dumps(_every_block(ask, actions))
    news.add_child(instance=page)


def _ask():
    """One that was promised, by a day that has come, with every kind of reason."""
    from tests.site.campaign import asking

    whom, sentence = asking.addressee("every chief constable in the land"), "Read the law before the first call."
    promised = ("2026-04-01", "promised", {"due": date(2026, 6, 1)})
    return asking.ask("read-the-law-first", updates=[promised], whom=whom, sentence=sentence, it_took="Nothing yet.")


def _every_block(ask, actions) -> list[dict]:
    from campaign import site_chrome
    from campaign.blocks.body import Body
    from campaign.quotes.story_quotes import quotable_stories
    from stories.figures import counts

    story = quotable_stories().first()
    values = {
        "contents": None,
        "heading": "What helps",
        "text": _text("<b>Words</b> with a <a href='https://www.legislation.gov.uk/'>link to the law</a>.")["value"],
        "steps": ["<p>Write down when.</p>", "<p>Ring 101.</p>"],
        "picture_line": {"drawing": "phone", "words": "<p>Call <b>101</b> at any hour.</p>"},
        "notice": "<p>Nothing here is legal advice.</p>",
        "table": {
            "caption": "The law by nation",
            "columns": [{"type": "text", "heading": "Nation"}, {"type": "text", "heading": "Since"}],
            "rows": [{"values": ["England and Wales", "2015"]}, {"values": ["Scotland", "2017"]}],
        },
        "quote": {"text": "We are sorry.", "source": "A force, in public", "url": "https://www.police.uk/"},
        "image": {"picture": _picture(), "caption": "A canal"},
        "story_quote": {"story": story.slug, "passage": story.text.split(".")[0]},
        "figure": {"figure": counts.figure_choices()[0][0]},
        "figures": None,
        "ask": {"ask": ask.pk},
        "action_button": {"words": "See what you can do", "page": actions.pk, "link": ""},
        "help_lines": {"audience": "all"},
        "help_line": {"words": "<p>They can bring an interpreter:</p>", "line": site_chrome.line_names()[0][0]},
        "language_read": {"read": "<p>Two of us read it.</p>", "unread": "<p>Nobody here reads it yet.</p>"},
        "languages": None,
        "law": None,
        "criteria": None,
    }
    assert set(values) == set(Body().child_blocks), "a block has no example here"
    again = {"type": "heading", "value": "What came of it"}
    return [*({"type": name, "value": value} for name, value in values.items()), again, _text("One force answered.")]


def _text(words: str) -> dict:
    return {"type": "text", "value": f"<p>{words}</p>"}


def _picture() -> dict:
    from django.core.files.images import ImageFile
    from PIL import Image

    from campaign.models import Picture

    drawn = io.BytesIO()
    Image.new("RGB", (1200, 800), "teal").save(drawn, "PNG")
    file = ImageFile(drawn, name="canal.png")
    picture = Picture.objects.create(title="Canal", description="A heron on a lock gate", file=file)
    return {"image": picture.pk, "decorative": False, "alt_text": "A heron on a lock gate"}


if __name__ == "__main__":
    main()
