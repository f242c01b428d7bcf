"""What is written in the first look: a coordinator's words where there are some, and ours otherwise."""

from typing import Any

from django.db import transaction
from django.utils import translation

from moderation.conversation import ready_words
from moderation.models import RiskWords
from moderation.risk.risks import RISKS, Risk
from moderation.team import audit_log

_DEED = "edit the first look"


def what_to_do() -> dict[str, str]:
    """What stands in each question, by its slug, in one query."""
    changed = dict(RiskWords.objects.values_list("question", "what_to_do"))
    return {risk.slug: changed.get(risk.slug) or str(risk.what_to_do) for risk in RISKS}


def message(risk: Risk, *, language: str) -> str:
    """The message to the contributor in their language, with the site's help lines for it beneath."""
    with translation.override(language):
        words = _words(RiskWords.objects.filter(question=risk.slug).first(), risk, language)
        lines = ready_words.help_lines_in_words(risk.websites)
    return f"{words}\n\n{lines}".strip()


def _words(changed: RiskWords | None, risk: Risk, language: str) -> str:
    if changed is None or not changed.message:
        return str(risk.message)
    return (language == "cy" and changed.message_cy) or changed.message


def words_of(risk: Risk) -> RiskWords:
    """The words as a form begins with them: saved ones, or ours in both languages."""
    changed = RiskWords.objects.filter(question=risk.slug).first()
    return changed or RiskWords(question=risk.slug, what_to_do=str(risk.what_to_do), **_ours(risk))


def _ours(risk: Risk) -> dict[str, str]:
    with translation.override("en-gb"):
        english = str(risk.message)
    with translation.override("cy"):
        welsh = str(risk.message)
    return {"message": english, "message_cy": "" if welsh == english else welsh}


@transaction.atomic
def save_words(words: RiskWords, *, by: Any) -> None:
    """Keep a coordinator's words for one question."""
    words.save()
    audit_log.log_deed(_DEED, words, by=by, label=words.question)


@transaction.atomic
def restore_own_words(risk: Risk, *, by: Any) -> None:
    """Go back to our own words for one question."""
    words = RiskWords.objects.filter(question=risk.slug).first()
    if words:
        audit_log.log_deed(_DEED, words, by=by, label=risk.slug)
        words.delete()
