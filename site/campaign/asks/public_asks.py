"""The public asks as the edition carries them, for `stories.public.asks` to read."""

from typing import Any

from campaign.models.asks import Ask, AskUpdate


def make() -> list[dict[str, Any]]:
    """Every public ask, the newest first; one without any update was never asked."""
    found = Ask.objects.filter(live=True).select_related("addressee").prefetch_related("updates")
    rows = [row(ask) for ask in found.order_by("-pk") if ask.updates.all()]
    return sorted(rows, key=lambda each: str(each["since"]), reverse=True)


def row(ask: Ask) -> dict[str, Any]:
    """One ask in the shape of `stories.public.asks.PublicAsk`, as JSON."""
    history = ask.history()
    return {
        "slug": ask.slug,
        "sentence": ask.sentence,
        "whom": ask.addressee.name,
        "whom_kind": ask.addressee.kind,
        "force": ask.addressee.force_id or "",
        "state": ask.state,
        "since": history[0].on.isoformat(),
        "due": ask.due.isoformat() if ask.due else None,
        "what_it_took": ask.it_took,
        "updates": [_update(each) for each in history],
    }


def _update(update: AskUpdate) -> dict[str, Any]:
    return {
        "on": update.on.isoformat(),
        "words": update.words,
        "state": update.state,
        "who_says": update.who_says,
        "source_url": update.source_url,
        "due": update.due.isoformat() if update.due else None,
        "missing": update.missing,
    }
