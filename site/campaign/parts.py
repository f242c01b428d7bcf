"""The parts of the site that code makes, as a menu names them; a new one needs no migration."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def parts() -> list[tuple[str, "StrPromise"]]:
    return [
        ("/tell/", _("Tell us")),
        ("/stories/", _("Stories")),
        ("/what-we-hear/", _("What we hear")),
        ("/what-should-change/", _("What people say should change")),
        ("/forces/", _("Police forces")),
        ("/asks/", _("What we ask")),
        ("/open-data/", _("Open data")),
        ("/return/", _("Come back with your code")),
    ]
