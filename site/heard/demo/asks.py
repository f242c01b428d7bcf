"""The demo's asks, of real bodies and so true and sourced: what nobody said isn't said here. One action presses one."""

import json
from datetime import date
from typing import Any

from campaign.models import ActionIndexPage, ActionPage, Addressee, Ask, AskUpdate, HomePage
from stories import lifecycle
from stories.models import Story

_FORCES = ("every police force in the United Kingdom", Addressee.Kind.FORCES)
_PARLIAMENT = ("Parliament", Addressee.Kind.PARLIAMENT)
_COLLEGE = ("the College of Policing", Addressee.Kind.COLLEGE)
TRAINING = "train-every-officer"
_LAW_COMMISSION = "https://www.lawcom.gov.uk/project/taking-making-and-sharing-intimate-images-without-consent/"
_ACT = "https://www.legislation.gov.uk/ukpga/2023/50"


def make() -> None:
    """Lay every ask, put the open one about training on the first page, and open the action that presses it."""
    for told in (_anonymity(), _training(), _in_writing(), _in_public()):
        _lay(told)
    _lead_to(Ask.objects.get(slug=TRAINING))


def _lay(told: dict[str, Any]) -> None:
    name, kind = told["whom"]
    addressee, _ = Addressee.objects.get_or_create(name=name, defaults={"kind": kind})
    ask = Ask(slug=told["slug"], sentence=told["sentence"], addressee=addressee, live=False)
    ask.why, ask.it_took = json.dumps(told["why"]), told.get("it_took", "")
    for order, update in enumerate(told["updates"]):
        ask.updates.add(AskUpdate(sort_order=order, **update))
    ask.save()
    ask.save_revision(log_action=True).publish()


def _words(text: str) -> dict[str, Any]:
    return {"type": "text", "value": f"<p>{text}</p>"}


def _passage(title: str, words: str) -> dict[str, Any]:
    return {"type": "story_quote", "value": {"story": Story.live.get(title=title).slug, "passage": words}}


def _asked_here() -> dict[str, Any]:
    """What is open is asked in the demo alone, since it was made."""
    return {"on": lifecycle.today(), "state": "asked", "words": "We began to ask it here."}


# --- The asks -------------------------------------------------------------------------------


def _anonymity() -> dict[str, Any]:
    return {
        "slug": "anonymity-for-life",
        "sentence": "Give everybody who reports intimate image abuse anonymity for the rest of their life.",
        "whom": _PARLIAMENT,
        "why": [
            _words(
                "Whoever reported that their images had been shared could be named in a newspaper. That alone can "
                "keep somebody from reporting. The law kept the names of people who report a sexual offence out of "
                "public; sharing intimate images was not one of those offences."
            )
        ],
        "updates": _how_anonymity_came(),
        "it_took": "A review by the Law Commission, its report to Parliament, and an Act. From the report to the day "
        "on which it was the law: over a year and a half.",
    }


def _how_anonymity_came() -> list[dict[str, Any]]:
    return [
        {
            "on": date(2022, 7, 7),
            "state": "asked",
            "words": "The Law Commission published its final report on intimate image abuse, and recommended it.",
            "who_says": "The Law Commission",
            "source_url": _LAW_COMMISSION,
        },
        {
            "on": date(2023, 10, 26),
            "state": "",
            "words": "The Online Safety Act 2023 became law, with new offences of sharing intimate images and "
            "threatening to, made part of the Sexual Offences Act 2003.",
            "who_says": "The Act, at legislation.gov.uk",
            "source_url": f"{_ACT}/section/188",
        },
        {
            "on": date(2024, 1, 31),
            "state": "",
            "words": "The new offences came into force in England and Wales.",
            "who_says": "Section 66B of the Sexual Offences Act 2003, at legislation.gov.uk",
            "source_url": "https://www.legislation.gov.uk/ukpga/2003/42/section/66B",
        },
        {
            "on": date(2024, 1, 31),
            "state": "partly",
            "words": "In England and Wales, whoever reports one of these has anonymity for life from this day.",
            "missing": "What was done before that day, and Scotland and Northern Ireland, whose rules differ.",
            "who_says": "Section 2 of the Sexual Offences (Amendment) Act 1992, at legislation.gov.uk",
            "source_url": "https://www.legislation.gov.uk/ukpga/1992/34/section/2",
        },
    ]


def _training() -> dict[str, Any]:
    return {
        "slug": TRAINING,
        "sentence": "Train every officer and call taker who may take a report of intimate image abuse.",
        "whom": _FORCES,
        "why": [
            _words(
                "Whoever picks up the phone decides whether somebody goes on. They have to know that it is a crime, "
                "what to keep, and what never to say."
            ),
            _passage("I was told to see a solicitor", "Rang 101. Told it was a civil matter."),
            _words(
                "One force has begun. After a report made in August 2018, which it said had not reached its standards, "
                "Derbyshire Constabulary apologised, opened a review of its processes and of the information and "
                "training its officers have, and began to work with the #NotYourPorn campaign. "
                '<a href="/forces/derbyshire/">What it said, and where</a>'
            ),
            {"type": "figure", "value": {"figure": "stories-about-did-not-know-the-law"}},
        ],
        "updates": [_asked_here()],
    }


def _in_writing() -> dict[str, Any]:
    return {
        "slug": "say-why-in-writing",
        "sentence": "When a case is closed, say why in writing, and say how to ask for a review.",
        "whom": _FORCES,
        "why": [
            _words(
                "Somebody who is told on the phone, on a bad day, remembers that it is over and not why. A letter of "
                "half a page can be read again, shown to somebody, and answered."
            )
        ],
        "updates": [_asked_here()],
    }


def _in_public() -> dict[str, Any]:
    return {
        "slug": "show-what-is-taught",
        "sentence": "Put what officers are taught about intimate image abuse on one page that everybody can read.",
        "whom": _COLLEGE,
        "why": [
            _words(
                "Forces train their own officers, and people who report can’t tell what the officer before them was "
                "taught. One public page would let everybody see it, and let small forces use what others have."
            )
        ],
        "updates": [_asked_here()],
    }


# --- The action -----------------------------------------------------------------------------

_LETTER = """To the chief constable or commissioner, {force}

I am writing about how your force handles reports of intimate image abuse: images that were shared, taken, faked or \
used as a threat.

Could you please tell me:
1. whether everybody who may take such a report is trained in the law as it is today;
2. how long that training is, and when it was last brought up to date;
3. who in your force is responsible for it.

If it is not yet so, I ask you to train every officer and call taker who may take such a report, and to say by when.

I do not need to say why I ask, and I would be glad of an answer in writing.

Yours faithfully,
"""


def _lead_to(ask: Ask) -> None:
    action = ActionPage(
        title="Ask your police force to train its officers",
        slug="ask-your-force",
        ask=ask,
        intro="The law in England and Wales changed on 31 January 2024. An officer who doesn’t know the new law may "
        "send somebody away.",
        to_whom="the chief constable or commissioner of your police force",
        # The steps are drawn in a picture too, where nothing stands below.
        step_one="Choose your police force, and copy the letter.",
        step_two="Send it by the contact form on the force’s own website, or by post. You need not say why you ask.",
        step_three="Print the poster, or share a picture, so that somebody else writes too.",
        letter_subject="Training on intimate image abuse at {force}",
        letter=_LETTER,
    )
    ActionIndexPage.objects.get().add_child(instance=action)
    action.save_revision(log_action=True).publish()
    home = HomePage.objects.get()
    home.ask = ask
    home.save_revision(log_action=True).publish()
