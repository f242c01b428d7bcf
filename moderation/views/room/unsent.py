"""What somebody typed into a form of an account and hasn't sent: kept by a script, and given back by one."""

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from moderation import reading, unsent
from moderation.team.permissions import Refused
from moderation.team.vault_session import vault_of
from moderation.views.decorators import StaffRequest, room_view
from moderation.views.room.source import submission_or_404

_WORDS = "words-"
# Of one form, in characters: more than all its fields take.
_MOST = 60_000


@room_view("open an account", keeps_words=True)
def unsent_words(request: StaffRequest, pk: object) -> HttpResponse:
    """Answer with {"forms": {address: {field: words}}}; a POST keeps the words of the form that goes to `address`."""
    submission = submission_or_404(pk)
    try:
        if request.method == "GET":
            vault = vault_of(request)
            forms = reading.unsent_words(submission, vault=vault) if vault else {}
            return JsonResponse({"forms": forms}, headers={"Cache-Control": "no-store"})
        address = request.POST.get("address", "")
        posted = request.POST.dict()
        words = {name.removeprefix(_WORDS): str(text) for name, text in posted.items() if name.startswith(_WORDS)}
        is_ours = address.startswith(reverse("room_read", args=[submission.pk]))
        if not is_ours or sum(map(len, [address, *words, *words.values()])) > _MOST:
            return JsonResponse({"problem": _("This is more than can be kept here.")}, status=422)
        unsent.keep(submission, address, words, by=request.user)
    except Refused as refused:
        return JsonResponse({"problem": refused.reason}, status=422)
    return JsonResponse({"done": True})
