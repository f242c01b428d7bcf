"""Danger: when it is answered, and what each yes to a text has to say of it. Rules over facts that are loaded."""

from django.utils.translation import gettext as _

from moderation.risk.danger import DangerFacts, SealedNo, Statement, dangers_seen

_ANSWERS = frozenset({"yes", "no", "not-sure"})
# A sentence of fewer words says nothing that a colleague could weigh.
FEWEST_WORDS = 4
_PEOPLE_TO_ANSWER = 2


def is_answered(facts: DangerFacts) -> bool:
    """True where nothing ever spoke of danger, or two people have said no to all of it.

    This is what the Urgent list asks of an account in every state, from received to published: one that is not
    answered stays there. `reading.danger_facts(rows, vault)` opens the facts of many rows in one query more than
    their labels take. A bare tick of its contributor raises nothing here, so for it this is True: the plain flag
    `Submission.is_urgent` keeps it in the list until one moderator takes it out.

    What counts as a no: "no" to both danger now and under 18 in a first look, or the no that goes with a yes to the
    text. It counts if it came after the newest yes or not sure, and if they have sent no further text that the
    scanner marks since. A text that was only marked *past?* asks for nothing.
    """
    return not facts.is_raised or len(facts.who_said_no()) >= _PEOPLE_TO_ANSWER


def is_seen_to(facts: DangerFacts) -> bool:
    """True where two people took a first look after all of their texts that speak of danger, whatever they said.

    For what ends without a story that is the answer: of a child there will never be two noes.
    """
    looked = {look["by"] for look in facts.looks if dangers_seen(look) == facts.dangers}
    return len(looked) >= _PEOPLE_TO_ANSWER


def why_not_calm(facts: DangerFacts) -> str | None:
    """Say why it can't leave the urgent lane; `facts` are its own."""
    if is_answered(facts):
        return None
    if facts.who_said_no():
        return _("One person has said that there is no danger now. It stays urgent until a second one has said so too.")
    return _("It may speak of danger now, or of somebody under 18. Two people have to say no before it leaves Urgent.")


def why_not_no_danger(said: Statement, facts: DangerFacts) -> str | None:
    """Say why a yes to a text can't go with this statement: every one carries a no, and some a sentence with it."""
    if said.now not in _ANSWERS:
        return _("Answer whether anybody’s life is in danger now, or the person it happened to is under 18.")
    if said.now != "no":
        return _(
            "Then it isn’t a story today. Say so in the first look: what to do stands there, and it becomes urgent."
        )
    if facts.is_raised and not is_sentence(said.text):
        return _(
            "The account, or a first look, spoke of danger or of somebody under 18. "
            "Write in a sentence why that is over: what was done, and how you know."
        )
    return None


def why_not_first_no(first: SealedNo | None, facts: DangerFacts) -> str | None:
    """Say why the first reader's no can't have a second one after it; None where it stands."""
    if first is None:
        return _(
            "Its first reader has not said yet that nobody is in danger. Send it back, so that both of you say so."
        )
    if not facts.is_about_now(first):
        return _("Something about danger came after its first reader’s no. Send it back, so that you both look anew.")
    return None


def is_sentence(text: str) -> bool:
    """True of a few words at least."""
    return len(text.split()) >= FEWEST_WORDS
