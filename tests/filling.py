"""Fills a copy of the demo as a site some months on would be: with asks, open and closed, and a page with every block.

python tests/filling.py        in the environment of that copy, as `running_site.fill` runs it
"""

import io
import json
from datetime import date

ASK = {"title": "Read the law before the first call", "slug": "read-the-law-first", "whom": "every chief constable"}


def main() -> None:
    import django

    django.setup()
    _lay_pages()


# --- Pages ----------------------------------------------------------------------------------


def _lay_pages() -> None:
    from campaign.models import ActionPage, HomePage, NewsIndexPage, NewsPage

    home, news = HomePage.objects.get(), NewsIndexPage.objects.get()
    words = {"ask": "Read the one page on the law before the first call is taken.", "since": date(2026, 3, 1)}
    action = ActionPage(**ASK, **words, why_it_stays="An invented ask.", body=_body([_text("Few officers know it.")]))
    home.add_child(instance=action)
    closed = ActionPage(**ASK | {"slug": "an-older-ask", "title": "An older ask"}, **words, state="closed")
    closed.why_it_stays, closed.came_of_it = "An invented ask.", "One force reads it out at the start of each shift."
    home.add_child(instance=closed)
    page = NewsPage(title="Every block there is", slug="every-block", date=date(2026, 6, 1), author_role="Editor")
    page.intro, page.why_it_stays, page.body = (
        "All that a page can hold.",
        "An invented page.",
        _body(_every_block(action)),
    )
    news.add_child(instance=page)


def _body(blocks: list[dict]) -> str:
    return json.dumps(blocks)


def _every_block(action) -> list[dict]:
    from campaign.blocks import Body
    from campaign.story_quotes import quotable
    from stories.public.figures import named

    story = quotable().first()
    values = {
        "contents": None,
        "heading": "What we ask",
        "text": _text("<b>Words</b> with a <a href='https://www.legislation.gov.uk/'>link to the law</a>.")["value"],
        "steps": ["<p>Write down when.</p>", "<p>Ring 101.</p>"],
        "notice": "<p>Nothing here is legal advice.</p>",
        "table": {
            "caption": "The law by nation",
            "columns": [{"type": "text", "heading": "Nation"}, {"type": "text", "heading": "Since"}],
            "rows": [{"values": ["England and Wales", "2015"]}, {"values": ["Scotland", "2017"]}],
        },
        "quote": {"text": "We are sorry.", "source": "A force, in public", "url": "https://www.police.uk/"},
        "image": {"picture": _picture(), "caption": "A canal"},
        "story_quote": {"story": story.slug, "passage": story.text.split(".")[0]},
        "figure": {"figure": named.choices()[0][0]},
        "figures": None,
        "ask": {"page": action.pk},
        "action_button": {"words": "See what we ask", "page": action.pk, "link": ""},
        "help_lines": {"audience": "all"},
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
