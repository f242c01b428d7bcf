"""The six questions of the first look, with what to do and what to write: our words, where no coordinator has others.

The law in them is that of the United Kingdom; whoever changes them asks somebody who knows it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

LIFE, UNDER_18, CASE, ONLINE, GUILT, SELF_HARM = "life", "under-18", "case", "online", "guilt", "self-harm"


@dataclass(frozen=True)
class Risk:
    """One question, and its name where there is little room.

    `bears` names the contributor's answers that stand beside it and that ask for a new first look once they change;
    `shows` names those that only stand there.
    `websites` says which of the site's own help lines go with the message: those whose address has one of these in it.
    `offers` are the decisions that fit a yes, each with what its form begins with.
    """

    slug: str
    name: Any
    question: Any
    what_to_do: Any
    message: Any
    websites: tuple[str, ...]
    bears: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    offers: tuple[tuple[str, str], ...] = ()
    # Whether the contributor is written to before anything else is done.
    writes_first: bool = False


RISKS: tuple[Risk, ...] = (
    Risk(
        LIFE,
        _("danger now"),
        _("Is somebody’s life or safety in danger now?"),
        _(
            "A plan to die, a threat with a day on it, somebody on their way, a child at risk.\n"
            "Stop here and ring your charity’s own safeguarding lead now, and do what your own policy says. "
            "If you know who is in danger and where, that means 999 first.\n"
            "Most often we don’t know who wrote. Write to them all the same, and don’t count on it: they read it only "
            "if they come back with their code.\n"
            "Promise nothing that we can’t keep. We can’t send help, we can’t watch over anybody, and nobody here "
            "keeps a secret that could cost a life.\n"
            "It goes into the urgent lane, and it isn’t a story today. Then tell a colleague how you are."
        ),
        _(
            "Thank you for telling us. What you wrote makes us worry about your safety, and we would rather say so.\n\n"
            "We cannot send help, and we do not know when you read this. If you or somebody else is in danger now, "
            "call 999. If you cannot speak, call from a mobile and press 55 when you hear the message.\n\n"
            "If you would rather talk to somebody first, day or night:"
        ),
        ("samaritans.org", "giveusashout.org"),
        offers=(("hold", "safety"),),
        writes_first=True,
    ),
    Risk(
        UNDER_18,
        _("under 18"),
        _("Is the person it happened to under 18 now, or could they be?"),
        _(
            "It is about the person it happened to, and not the typist alone: a mother may write of her son of 14. "
            "It is fine if it happened when they were younger. If they are under 18 now, we publish no story, however "
            "much is taken out and however much anybody wants it.\n"
            "An intimate image of somebody under 18 is a crime to look at, keep or pass on. Open no link, and never "
            "ask for a picture or for details.\n"
            "Write to them first, then decline it with the reason “under 18”: they read it in kind words. Report "
            "Remove, by Childline and the Internet Watch Foundation, gets images of under 18s taken down.\n"
            "If somebody is doing it to them now, answer yes to the question above too, and ring the safeguarding lead "
            "today.\n"
            "Not sure? Ask them kindly, and put nothing forward until you know."
        ),
        _(
            "Thank you for trusting us with this. It is not the fault of whoever it happened to, and nobody is in "
            "trouble for telling us.\n\n"
            "From what you wrote we think that you, or the person it happened to, may be under 18. We publish nothing "
            "about people under 18, so no story comes of it, and what you sent is erased on the day that this page "
            "shows. If we have that wrong, write to us here.\n\n"
            "These people are there for you now. The first can get a nude picture or video of somebody under 18 taken "
            "down, and you can do it together:"
        ),
        ("childline.org.uk",),
        bears=("adult", "adult_other"),
        shows=("whose",),
        offers=(("decline", "under-18"),),
        writes_first=True,
    ),
    Risk(
        CASE,
        _("a case"),
        _("Is a criminal case active now?"),
        _(
            "While a case is active, publishing what could seriously prejudice it is contempt of court, whatever we "
            "meant: strict liability, under the Contempt of Court Act 1981. It holds in England and Wales, in Scotland "
            "and in Northern Ireland, and a story without names can do it too.\n"
            "A criminal case is active from an arrest, a warrant, a summons or a charge (in Scotland also from an "
            "indictment or a complaint that is served) until it is dropped or the sentence is passed, and again "
            "during an appeal.\n"
            "A case that is over is a no. If they ticked an arrest, a charge or a court date and you say no, write "
            "why, in a sentence.\n"
            "Hold it for a legal reason, until a day after the next thing that is due in the case, and say which. On "
            "that day it comes back to be looked at again. Two people let it go, or two answer no here.\n"
            "Not sure? Take it as active, hold it, and ask whoever knows the law for your charity."
        ),
        _(
            "Thank you for telling us. You wrote that somebody was arrested or charged, or that there is a date in "
            "court. Publishing now could harm that case, so we wait.\n\n"
            "Nothing is public, and you need do nothing. This page says on which day we look again, and until when we "
            "keep it. If something changes, write to us here. You can take it all back at any time.\n\n"
            "While you wait, somebody to talk to:"
        ),
        ("revengepornhelpline.org.uk", "samaritans.org"),
        bears=("case", "outcome"),
        offers=(("hold", "legal"),),
    ),
    Risk(
        ONLINE,
        _("images online"),
        _("Are the images still online?"),
        _(
            "Open no link, search for nothing, and take every address and name of a site or group out of the text.\n"
            "Write to them. For whoever is 18 or over, and was in the images: StopNCII.org makes a fingerprint on "
            "their own device, so that companies can block copies, and the Revenge Porn Helpline helps to report "
            "and remove. For under 18s: Report Remove.\n"
            "Whoever is grown up now and was under 18 in the images can report them to the Internet Watch Foundation, "
            "at report.iwf.org.uk; StopNCII isn’t for those.\n"
            "We can’t get anything taken down ourselves, so don’t say that we will. The story can go on meanwhile."
        ),
        _(
            "Thank you for telling us that the images may still be online. We cannot take them down ourselves, but "
            "these people can help. Please send us no links or pictures.\n\n"
            "If you are 18 or over, StopNCII.org and the Revenge Porn Helpline are for you. If you were under 18 in "
            "the images, you can report them at report.iwf.org.uk, whatever your age is now."
        ),
        ("stopncii.org", "revengepornhelpline.org.uk", "report-remove"),
        bears=("online",),
        writes_first=True,
    ),
    Risk(
        GUILT,
        _("names a person"),
        _("Does it name a person as guilty, or could it harm somebody’s name?"),
        _(
            "We name forces, never people. Only a court says who is guilty, and whoever can be picked out and accused "
            "can sue: a person, and also a school, a firm or a website.\n"
            "Rewrite until nobody can be picked out: no name, job, rank, collar number, handle or place, and no two "
            "small facts that do it together. Say what was done and what the police did about it, and leave out what "
            "we couldn’t prove.\n"
            "If somebody could still be recognised and accused, or you doubt it, hold it for a legal reason and ask "
            "whoever knows the law for your charity."
        ),
        _(
            "Thank you for telling us. We publish how the police dealt with it, and never who did it. So we take out "
            "names, and whatever else could point to a person, in what you wrote as well.\n\n"
            "It is not because we doubt you. It keeps you safe, and it lets your story stand. If you want to see the "
            "text before it goes out, you can choose that on this page.\n\n"
            "If you would like to talk it through with somebody:"
        ),
        ("revengepornhelpline.org.uk",),
        offers=(("hold", "legal"),),
    ),
    Risk(
        SELF_HARM,
        _("self-harm"),
        _("Does it tell of self-harm or suicide in detail?"),
        _(
            "Follow Samaritans’ guidance for the media. Leave out how: no method, no amounts, no place, no note, and "
            "nothing that makes it sound quick, easy or like a way out. Give no single reason for it.\n"
            "Write “died by suicide” or “tried to end her life”, not “committed”, “failed” or “successful”. What it "
            "did to them can stay.\n"
            "Tick the content note “self-harm”, and point to somebody who listens.\n"
            "If it is about now and not about then, answer yes to the first question too."
        ),
        _(
            "Thank you for telling us how bad it became. We are sorry that you had to carry that.\n\n"
            "We keep what it did to you, if you want a story, and we leave out how, because reading that can put "
            "somebody else at risk.\n\n"
            "If it is like that now, or comes back, you can talk to somebody at any hour. In danger, call 999:"
        ),
        ("samaritans.org", "giveusashout.org"),
    ),
)
BY_SLUG = {risk.slug: risk for risk in RISKS}
# The contributor's own answers that bear on one of the six.
BEARING = tuple(name for risk in RISKS for name in risk.bears)


_GRAVEST_FIRST = (LIFE, SELF_HARM, UNDER_18, CASE, ONLINE, GUILT)


def gravest_first(flagged: Iterable[Risk], unsure: Iterable[Risk]) -> list[Risk]:
    """What a first look found in the order in which to see to it, and a yes before a doubt about the same."""
    return sorted((*flagged, *unsure), key=lambda risk: _GRAVEST_FIRST.index(risk.slug))
