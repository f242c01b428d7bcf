"""The first look as a part of an account's page: its six questions, what it found, and whom to ring."""

from django.urls import reverse

from moderation import first_look, ready_words
from moderation.facts import TextFacts
from moderation.forms.room import FirstLookForm
from moderation.policies import danger
from moderation.policies.danger import RISKS, Risk, RiskFacts, gravest_first
from moderation.reading import Unsealed
from moderation.views.room.decisions import DECISIONS, asked_to_release
from stories.intake import pages


def first_look_part(seen: Unsealed, risks: RiskFacts, form: FirstLookForm | None = None) -> dict[str, object]:
    """What `moderation/parts/first_look.html` shows of an account that is opened; `form` is one that came back."""
    facts, words, form = seen.facts, first_look.what_to_do(), form or FirstLookForm()
    taken = first_look.newest_look(seen, risks)
    flagged = gravest_first(taken.flagged, taken.unsure) if taken else []
    why_not_look = danger.why_not_look(facts)
    return {
        "first_look": taken,
        "look_form": form,
        # What was typed comes back, whatever stands in its way.
        "questions": []
        if why_not_look and not form.is_bound
        else [_question(risk, form, words, seen.answers) for risk in RISKS],
        "why_not_look": why_not_look,
        "flags": [_flag(facts, risk, words) for risk in flagged],
        "asks_why_no_case": danger.says_case_is_active(seen.answers),
        "asked_to_release": asked_to_release(facts),
        "has_code": bool(facts.submission.key_under_code),
        "contacts": ready_words.safeguarding(),
        "calls": [note for note in seen.notes if note.get("about") == first_look.CALL],
    }


def typed_answers(form: FirstLookForm) -> dict[str, object]:
    """The same for an account that isn't opened: what was typed comes back."""
    words = first_look.what_to_do()
    return {"look_form": form, "questions": [_question(risk, form, words, {}) for risk in RISKS]}


def _question(risk: Risk, form: FirstLookForm, words: dict[str, str], answers: dict[str, object]) -> dict[str, object]:
    theirs = {name: answers[name] for name in (*risk.shows, *risk.bears) if answers.get(name)}
    return {
        "field": form[risk.slug],
        "what_to_do": words[risk.slug].splitlines(),
        "theirs": pages.answers_in_words(theirs),
    }


def _flag(facts: TextFacts, risk: Risk, words: dict[str, str]) -> dict[str, object]:
    submission = facts.submission
    offers = [
        {"label": DECISIONS[slug].title, "url": f"{reverse('room_decide', args=[submission.pk, slug])}?reason={reason}"}
        for slug, reason in risk.offers
        if DECISIONS[slug].fits(facts)
    ]
    message = reverse("room_first_look_message", args=[submission.pk, risk.slug])
    return {"risk": risk, "what_to_do": words[risk.slug].splitlines(), "offers": offers, "message_url": message}
