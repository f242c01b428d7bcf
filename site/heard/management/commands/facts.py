"""`manage.py facts`: what `heard doctor` and `heard status` ask of the site, as one line of JSON.

`checks` are Django's, the deployment's among them, each with `id`, `level` ("wrong", "warning" or "OK"), `says` and
`hint`; `late` are the names that `/healthz` gives; `left` is what is left to do; `lines` is the site on one screen.
"""

import json

from django.core import checks
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from heard import health, overview


class Command(BaseCommand):
    help = "Print what the site knows of its own state, as JSON."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        found = checks.run_checks(include_deployment_checks=True, databases=["default"])
        facts: dict[str, object] = {"checks": [_told(each) for each in found if not each.is_silenced()]}
        try:
            facts |= {"left": [each.says for each in overview.what_is_left()], "lines": overview.lines()}
        except DatabaseError:
            facts |= {"left": [], "lines": {}}
        self.stdout.write(json.dumps(facts | {"late": health.late_signs()[0]}, ensure_ascii=False))


def _told(message: checks.CheckMessage) -> dict[str, str]:
    level = "wrong" if message.level >= checks.ERROR else "warning" if message.level >= checks.WARNING else "OK"
    return {"id": str(message.id), "level": level, "says": str(message.msg), "hint": str(message.hint or "")}
