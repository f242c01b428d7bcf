"""`manage.py vault …`: what whoever runs the server does for the vault, at a terminal."""

import getpass
import sys

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from moderation.team import audit_log, keys, rotation, vault
from moderation.team.permissions import MODERATORS, Refused, person_of, why_not, why_not_yet
from moderation.team.vault import OpenVault
from stories.core import tables
from stories.crypto import passphrases, sealing
from stories.intake import receive

_OPTIONS = ("name", "admit", "ask_back", "by", "fingerprint", "new_paper")


class Command(BaseCommand):
    help = "Begin the vault, show it, recover it by the paper, change its key, make and admit keys."

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        for name, deed in tables.read(__file__).items():
            takes = deeds.add_parser(name, help=deed["help"])
            for argument, options in deed.get("takes", {}).items():
                takes.add_argument(argument, **options)

    def handle(self, *args: object, deed: str, **options: object) -> None:
        do = getattr(self, f"_{deed.replace('-', '_')}")
        try:
            do(**{name: options[name] for name in _OPTIONS if name in options})
        except Refused as refusal:
            raise CommandError(refusal.reason) from None

    def _init(self, *, admit: str | None, ask_back: bool = False) -> None:
        vault.refuse_second()
        first, pair = _moderator(admit) if admit else None, sealing.new_pair()
        paper = passphrases.key_as_paper(pair.private)
        self._show_paper(paper)
        # Before anything is stored: a vault whose paper nobody has can never be opened.
        if ask_back and not passphrases.same_fingerprint(_read("Its last group of five: "), paper[-5:]):
            raise CommandError("That isn’t the paper’s last group. Nothing was made: run this again for another paper.")
        with transaction.atomic():
            self._begin(pair, first)

    def _begin(self, pair: sealing.Pair, first: User | None) -> None:
        paper = vault.begin_vault(paper=pair)
        queue = vault.refuse_other_mode()
        audit_log.log_deed(audit_log.BEGIN, queue)
        self._say(f"Fingerprint of the team’s key: {vault.key_fingerprint(queue.public)}")
        if first:
            words = keys.make_key(first)
            keys.recover_key(first, paper)
            self._show_words(first, words)

    def _show_paper(self, paper: str) -> None:
        self._say("The recovery paper. Write it down or print it now: it is shown once and kept nowhere.")
        self._say(f"\n  {paper}\n")
        self._say("Keep it in an envelope away from the server, such as a solicitor’s safe. It opens everything.")

    def _recover(self, *, name: str) -> None:
        moderator = _moderator(name)
        keys.recover_key(moderator, _read("The recovery paper: "))
        self._say(f"{name}’s key is admitted. {keys.admission_words(moderator)}")
        self._say(
            "Put the paper back. If somebody else may have seen it, make another: “vault rotate NAME --new-paper”."
        )

    def _make_key(self, *, name: str) -> None:
        moderator = _moderator(name)
        self._show_words(moderator, keys.make_key(moderator))

    def _show_words(self, moderator: User, words: str) -> None:
        name = moderator.get_username()
        self._say(f"\nThe six words of {name}. Hand them over on paper; they are shown once:")
        self._say(f"\n  {words}\n")
        self._say(f"Fingerprint of this key: {vault.key_fingerprint(keys.key_of(moderator).public)}")

    def _admit(self, *, name: str, by: str, fingerprint: str) -> None:
        key = keys.key_of(_moderator(name))
        keys.admit_key(key, by=self._unlock(by), fingerprint=fingerprint)
        self._say(f"{name}’s key is admitted. {keys.admission_words(key.moderator)}")

    def _unlock(self, name: str) -> OpenVault:
        return vault.unlock_vault(_moderator(name), _read(f"The six words of {name}: "))

    def _status(self) -> None:
        queue = vault.refuse_other_mode()
        self._say(f"Epoch {queue.epoch}, made for {'the demo' if queue.made_for_demo else 'a real site'}.")
        self._say(f"Fingerprint: {vault.key_fingerprint(queue.public)}")
        if not receive.is_as_pinned(queue):
            self._say("QUEUE_KEY_FINGERPRINT names another key, so nobody can unlock the vault.")
        elif receive.pins_a_half():
            self._say("QUEUE_KEY_FINGERPRINT has only the first half of it. Set it to all eight groups and restart.")
        for holder in keys.share_holders():
            self._say(f"  {holder.person.get_username()}: {_state(holder)}")
        self._say(f"Story keys and requests on older epochs: {rotation.left_to_reseal()}")
        if rotation.is_unfinished():
            self._say("A change of the team’s key is unfinished: “vault rotate NAME” goes on with it.")
        elif keys.should_rotate():
            self._say("A key was stopped since the team’s key was made: “vault rotate NAME” makes a new one.")

    def _rotate(self, *, name: str, new_paper: bool = False) -> None:
        opened = self._unlock(name)
        if new_paper:
            opened, paper = rotation.begin_with_new_paper(by=opened)
            self._show_paper(paper)
            self._say("Destroy every copy of the paper before it, and every backup made before this.")
        elif not rotation.is_unfinished():
            opened = rotation.begin_rotation(by=opened)
        queue = vault.refuse_other_mode()
        self._say(f"Moving everything to epoch {queue.epoch}. If this stops, run it again.")
        while left := rotation.reseal_some(by=opened):
            self._say(f"  {left} left")
        self._say("Done. The other moderators unlock the vault again, with the words they have.")
        self._say(f"Fingerprint of the team’s key: {vault.key_fingerprint(queue.public)}")
        if not receive.is_as_pinned(queue):
            self._say("Set QUEUE_KEY_FINGERPRINT to it and restart: until then nobody can unlock the vault.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)


def _moderator(name: str) -> User:
    person = User.objects.filter(username=name).first()
    if person is None:
        raise CommandError(f"There is no person called {name}. Add them in the admin first.")
    if reason := why_not_yet((MODERATORS,), person_of(person)):
        raise CommandError(f"{reason} At the machine, “second_step trust {name}” ends that.")
    if why_not("unlock the vault", person):
        raise CommandError(f"{name} isn’t an active moderator. Add them to the group “{MODERATORS}” first.")
    return person


def _read(prompt: str) -> str:
    """Read a secret: unseen at a terminal, else one line of standard input, never from an argument."""
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    return sys.stdin.readline()


def _state(holder: keys.Holder) -> str:
    if holder.share is None:
        return "waits to be admitted" if holder.key else "no key yet"
    if holder.may_agree:
        return "opens the vault"
    return f"opens the vault, and agrees to texts from {holder.agrees_from:%Y-%m-%d %H:%M} UTC"
