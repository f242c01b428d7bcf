"""What the styleguide fills its parts with, where the site itself has nothing to fill them with."""

from datetime import date
from types import SimpleNamespace

from wagtail.rich_text import RichText

from campaign.actions.letter import Letter
from campaign.actions.pictures import Shown
from campaign.asks.pressing import Pressing
from campaign.quotes.story_quotes import Passage
from campaign.searching.asking import Hit
from stories import below_the_text
from stories.models import Story
from stories.public.asks import PublicAsk, Update
from stories.public.offences import LawThen
from stories.public.search.marks import Piece

# A choice, a list, words and something that we don't know: whatever a list of stories can have to say.
LIST = "force=kent&outcome=closed&forse=kent"
WORDS = {
    "heading": "What helps",
    "table": {
        "columns": [{"type": "text", "heading": "Kind"}, {"type": "text", "heading": "What we need with it"}],
        "rows": [{"values": ["Apology", "Your words"]}, {"values": ["Change made", "A link to evidence"]}],
        "caption": "What an answer can be",
    },
}
_PROMISED = Update(
    on=date(2026, 4, 1),
    words="The force said that it would.",
    state="promised",
    who_says="The force, on its website",
    source_url="https://www.police.uk/",
    due=date(2026, 6, 1),
)
ASKING = {
    "ask": PublicAsk(
        slug="read-the-law",
        sentence="Read the one page on the law before the first call is taken.",
        whom="every chief constable",
        whom_kind="forces",
        force="",
        state="promised",
        since=date(2026, 3, 1),
        due=_PROMISED.due,
        what_it_took="",
        updates=(_PROMISED,),
    ),
    "actions": [Pressing("read-the-law", "Ask your force to read it", "/actions/", True)],
    "letter": Letter("To the chief constable of Kent Police\n\nPlease read it.", 3, "mailto:?subject=The%20law"),
    "forces": [{"id": "kent", "name": "Kent Police"}],
    "pictures": [Shown("code", "Code to scan", "/static/img/favicon-180.png", "code.png", "A code to scan", 180, 180)],
    "petition_url": "https://petition.parliament.uk/",
}
ENTRIES = {
    "columns": [{"type": "text", "heading": words} for words in ("Offence", "Nation", "From", "Source")],
    "rows": [{"values": ["Threatening to share", "Scotland", "3 July 2017", "Act of 2016, section 2"]}],
    "caption": "A table of four columns reads as entries",
}

# Each colour of tokens.css with what it is for.
TOKENS = (
    ("paper", "The page"),
    ("card", "What is typed into"),
    ("ink", "Text"),
    ("soft", "Second text"),
    ("moss", "Links, the main button, the mark"),
    ("moss-deep", "The same under a pointer"),
    ("apricot", "Marked words, and around what has the focus"),
    ("brick", "The exit, and what went wrong"),
    ("sky", "Help lines and notices"),
    ("line", "Hairlines"),
    ("edge", "Edges of what can be typed into or ticked"),
    ("step-few", "Figures: some"),
    ("step-some", "Figures: more"),
    ("step-many", "Figures: most"),
)
LETTER = {
    "title": "He did not want the list",
    "slug": "",
    "body": "<p>I rang 101 on a Sunday because I did not want to waste anyone’s time. The call taker was kind. The "
    "officer who rang back asked me what I had expected to happen when I sent the pictures.</p>"
    "<p>I had a list of the accounts and the dates. He did not want it.</p>",
    "below": below_the_text.parts(
        {"differently": "<p>Look at the list.</p>", "well": "<p>The call taker let me finish.</p>"}
    ),
    "place": {"words": "Kent Police", "url": "/forces/kent/"},
    "year": "2024",
    "outcome": "Looked into, then closed",
    "themes": ["Evidence", "Waiting"],
    "notes": ["Mentions threats"],
    "law": LawThen("These were offences that year.", ("Sharing an intimate image without consent",), "/the-law/"),
    "kinds_said": ["Apology"],
    "force": {"url": "/forces/kent/"},
    "month": "March 2026",
    "edited": "May 2026",
    "permanent_url": "/stories/",
    "related": {
        "near": [{"title": "The second call was different", "get_absolute_url": "/stories/"}],
        "of_force": {"url": "/stories/?force=kent", "count": 12},
        "themes": [{"url": "/stories/?theme=evidence", "name": "Evidence", "count": 9}],
    },
}
RESPONSE = {
    "kind": "Change planned",
    "in_month": "March 2026",
    "owner": "The superintendent for training",
    "due_on": date(2026, 10, 1),
    "evidence_url": "https://www.police.uk/",
    "stories": [{"title": "The second call was different", "url": "/stories/"}],
    "its_ask": ASKING["ask"],
    "about_year": 2024,
    "quote": "<p>Every first-contact team takes the refresher by October. The superintendent for training owns it.</p>",
    "context": "Said after three reports had been closed in one week.",
    "source": "The force’s own website, March 2026",
    "source_url": "https://www.police.uk/",
}
ENTRY = {
    "name": "outcome",
    "kind": "one of 8",
    "about": "What came of it, as the story shows it.",
    "values": {"closed": "Looked into, then closed", "charged": "Someone charged, or it went to court"},
    "is_long": True,
}
PACK = {
    "slug": "the-first-call",
    "title": "The first call",
    "aim": "Officers say what happens next before they end a call.",
    "minutes": 20,
    "for_whom": "Response officers and call takers",
    "plan": [
        {"value": {"minutes": 5, "title": "Read", "text": RichText("<p>Read the passages aloud, one voice each.</p>")}},
        {"value": {"minutes": 15, "title": "Talk", "text": RichText("<p>Take the questions in their order.</p>")}},
    ],
    "questions": [{"value": "What did the call taker do well?"}],
    "wording": [{"value": {"instead_of": "Why did you send it?", "say": "Thank you for telling me."}}],
}
PASSAGE = Passage("He did not want it.", Story(slug="", title="He did not want the list", may_train=True), False)
SAID = {
    "says": "said",
    "url": "/stories/?says=change",
    "count": 9,
    "groups": [
        {
            "slug": "evidence",
            "name": "Evidence",
            "url": "/stories/?theme=evidence",
            "count": 9,
            "passages": [
                {
                    "words": "Look at the list.",
                    "url": "/stories/",
                    "title": "He did not want the list",
                    "place": {"words": "Kent Police"},
                }
            ],
        }
    ],
}
ACTION = SimpleNamespace(live=False, is_open=True, title="Ask your force to read it", intro="A new year, new officers.")
FOUND = {
    "id": "law",
    "heading": "The law",
    "hits": [
        Hit("/the-law/", [Piece("Sharing an intimate "), Piece("image", is_marked=True)], [Piece("Act of 2003")], True)
    ],
}
# By the names under which the templates ask for them.
SHOWN = {
    "tokens": TOKENS,
    "letter": LETTER,
    "response": RESPONSE,
    "asked_letter": {"in_month": "March 2026", "role": "Head of Public Protection"},
    "entry": ENTRY,
    "pieces": [{"words": "He said it was not really a "}, {"words": "crime", "is_marked": True}, {"words": "."}],
    "asking": ASKING,
    "pack": PACK,
    "passage": PASSAGE,
    "said": SAID,
    "action": ACTION,
    "found_group": FOUND,
    "errors": [{"field": "account", "message": "Tell us a little more."}],
    "newer_url": "?after=40",
    "older_url": "?before=20",
    "code": "7K3M-9QZX-0TVA-W2HE",
    "groups_of_code": ["7K3M", "9QZX", "0TVA", "W2HE"],
}
