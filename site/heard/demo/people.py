"""The demo's moderators, coordinator and editor, with log-ins that are printed at every start."""

import json
import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.utils import timezone

from moderation.models import KeyShare, ModeratorKey, ReadyWords
from moderation.team import vault
from moderation.team.permissions import COORDINATORS, EDITORS, MODERATORS

_DATA = json.loads((Path(__file__).parent / "data" / "people.json").read_text(encoding="utf-8"))
# What each is, by the name that they log in with.
ROLES: dict[str, str] = _DATA["roles"]
_GROUPS = {"moderator": MODERATORS, "coordinator": COORDINATORS, "editor": EDITORS}


def make_team() -> None:
    """Make the vault and everyone in it; their log-ins lie beside the demo's database."""
    paper = vault.begin_vault(for_demo=True)
    log_ins: dict[str, dict[str, str]] = {}
    for name, role in ROLES.items():
        password = f"{name}-{secrets.token_hex(4)}-demo"
        person = _added(name, password, Group.objects.get(name=_GROUPS[role]))
        words = vault.make_key(person) if role == "moderator" else ""
        if words:
            key = ModeratorKey.objects.get(moderator=person, is_current=True)
            vault.admit_with_paper(key, paper)
            # As if it were days ago, so that they may agree.
            KeyShare.objects.filter(key=key).update(admitted_at=timezone.now() - timedelta(days=30))
        log_ins[name] = {"role": role, "password": password, "words": words}
    ReadyWords.objects.create(purpose=ReadyWords.Purpose.SAFEGUARDING, **_DATA["safeguarding"])
    _file().write_text(json.dumps(log_ins, indent=1))
    _file().chmod(0o600)


def _added(name: str, password: str, group: Group) -> User:
    """Add somebody past the signals: the demo's team has been at work for days, and nobody has to be told of it."""
    user = get_user_model()
    person = user(username=name, email=f"{name}@heard.example", first_name=name.title())
    person.set_password(password)
    user.objects.bulk_create([person])
    user.groups.through.objects.bulk_create([user.groups.through(user=person, group=group)])
    return person


def open_vaults() -> dict[str, vault.OpenVault]:
    """Unlock the vault for each moderator as they would: with their six words."""
    people = get_user_model().objects.in_bulk(list(ROLES), field_name="username")
    return {name: vault.unlock_vault(people[name], at["words"]) for name, at in log_ins().items() if at["words"]}


def log_ins() -> dict[str, dict[str, str]]:
    return dict(json.loads(_file().read_text()))


def log_ins_in_words() -> str:
    """Return the lines that `make run` ends with."""
    lines = ["Demo log-ins, at /admin/:"]
    for name, at in log_ins().items():
        words = f"   six words: {at['words']}" if at["words"] else ""
        lines.append(f"  {name:<8} {at['role']:<12} password: {at['password']}{words}")
    return "\n".join(lines)


def _file() -> Path:
    return Path(settings.DATA_DIR) / "demo-log-ins.json"
