"""Inviting a newcomer, and their way in, with a coordinator's browser and a newcomer's."""

import io
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from moderation.models import Invitation, ModeratorKey, RightGiven
from moderation.team import audit_log, invitations, keys, second_factor, vault
from moderation.team.permissions import COORDINATORS, Refused, roles_that_may
from stories.intake import retention
from tests import factories, vaults
from tests.moderation import room
from tests.moderation.team import newcomers, second_step
from tests.moderation.team.changing import groups_of
from tests.moderation.team.newcomers import (
    CHOSEN,
    STEP,
    begun,
    choose,
    flat,
    invite,
    is_in,
    link_in,
    make_words,
    set_up,
)
from tests.moderation.team.second_step import give_code, give_password, new_browser, reaches
from tests.record_of_room import logged

pytestmark = pytest.mark.django_db


def test_newcomer_comes_in_is_admitted_waits_and_reads(coordinator, link, alice):
    newcomer, of_alice = new_browser(), factories.client_of(alice)
    assert "carol invites you" in flat(newcomer.get(link))
    assert Invitation.objects.get().person is None
    newcomer.post(link)
    assert "Step 1 of 5" in flat(newcomer.get(reverse(STEP)))
    choose(newcomer)
    assert "Step 2 of 5" in flat(newcomer.get(reverse(STEP)))
    codes = set_up(newcomer)
    assert (len(codes.context["codes"]), "Step 3 of 5" in flat(codes)) == (10, True)
    assert "Step 4 of 5" in flat(newcomer.get(reverse(STEP)))
    words = make_words(newcomer)
    assert "Step 5 of 5" in flat(newcomer.get(reverse(STEP)))
    done = newcomers.type_back(newcomer, words.upper())
    assert "Step" not in flat(done)

    dora = User.objects.get(username="dora")
    key = vaults.key_of(dora)
    assert vault.key_fingerprint(key.public) in room.text_of(done)
    assert [new_browser().get(link).status_code, newcomer.get(reverse(STEP)).status_code] == [404, 404]
    assert [str(holder.person) for holder in keys.share_holders() if holder.share is None] == ["dora"]

    second_step.half_a_minute_passes(dora)
    give_password(newcomer, "dora", CHOSEN)
    give_code(newcomer, second_step.code_for(dora))
    assert not reaches(newcomer)
    # The 48 hours are counted from the invitation.
    assert RightGiven.objects.get(person=dora).given_at == Invitation.objects.get(person=dora).made_at
    admitted = room.press(of_alice, "vault_admit", key.pk, fingerprint=vault.key_fingerprint(key.public))
    assert admitted.status_code == 302
    assert "now on" not in keys.admission_words(dora)
    assert "alice admitted the key of dora" in flat(of_alice.get("/admin/"))
    newcomer.post(reverse("vault_unlock"), {"words": words})
    assert not reaches(newcomer)
    assert not reaches(newcomer, "vault_rotate")

    factories.two_days_pass()
    newcomer.post(reverse("vault_unlock"), {"words": words})
    assert reaches(newcomer, "vault_rotate")
    assert [holder.may_agree for holder in keys.share_holders()] == [True, False]
    assert {row.deed for row in logged(item="dora")} >= {"invite", "welcome"}


def test_coordinator_who_is_invited_gets_no_vault_key(coordinator):
    newcomer = begun(link_in(invite(coordinator, "erin", COORDINATORS)))
    password = room.text_of(newcomer.get(reverse(STEP)))
    choose(newcomer)
    factor = room.text_of(newcomer.get(reverse(STEP)))
    for page, name in ((password, "new-password"), (password, "username"), (factor, "one-time-code")):
        assert f'autocomplete="{name}"' in page
    set_up(newcomer)
    # Neither a reloaded page nor the form of a step before ends the way in.
    assert "Step 3 of 3" in flat(newcomer.get(reverse(STEP)))
    room.press(newcomer, STEP, step="factor", code="123456")
    assert not is_in("erin")

    done = room.press(newcomer, STEP, step="ready")

    assert is_in("erin")
    assert groups_of("erin") == {COORDINATORS}
    assert not ModeratorKey.objects.exists()
    assert "Everything is set up" in room.text_of(done)


def test_half_done_welcome_goes_on_with_the_same_link_and_the_password_chosen_first(link):
    stale = Invitation.objects.get()
    choose(begun(link))
    # Chosen in two tabs at once.
    with pytest.raises(Refused):
        invitations.choose_password(stale, "gravel lantern otter kelp")
    elsewhere = new_browser()

    for wrong in ("another fine password", "gravel lantern otter kelp"):
        assert elsewhere.post(link, {"password": wrong}).status_code == 200, wrong
    assert elsewhere.get(reverse(STEP)).status_code == 404
    elsewhere.post(link, {"password": CHOSEN})
    set_up(elsewhere)
    words = make_words(elsewhere)
    again = begun(link)
    assert again.get(reverse(STEP)).status_code == 404
    again.post(link, {"password": CHOSEN})

    newcomers.type_back(again, words)

    assert is_in()


def test_inviting_a_name_halfway_in_begins_anew_and_ends_the_link_before(coordinator, link, alice):
    peeking, newcomer = begun(link), begun(link)
    choose(newcomer)
    # Whoever opened the link before a password was chosen elsewhere goes no further.
    assert peeking.get(reverse(STEP)).status_code == 404
    set_up(newcomer)
    give_password(peeking, "dora", CHOSEN)
    assert not reaches(peeking)
    assert not is_in()
    assert "dora" not in [str(holder.person) for holder in keys.share_holders()]

    second = link_in(invite(coordinator))

    assert new_browser().get(link).status_code == 404
    choose(begun(second), "gravel lantern otter kelp")
    dora = User.objects.get(username="dora")
    assert dora.check_password("gravel lantern otter kelp")
    assert second_factor.phone_of(dora) is None


def test_nobody_is_invited_under_a_name_that_is_or_was_taken_or_cannot_be_one(coordinator, alice):
    alice.is_active = False
    alice.save()
    assert "Somebody has this name already" in room.text_of(invite(coordinator, "Alice"))
    User.objects.filter(username="carol").update(is_active=False)
    for name in ("Alice", "two words", "x" * 151):
        with pytest.raises(CommandError):
            _invite_at_the_machine(name)
    assert not Invitation.objects.exists()


def test_weak_password_is_refused_in_words_and_never_comes_back(link):
    newcomer = begun(link)
    # Nor does the form of a step that isn't next change anything.
    room.press(newcomer, STEP, step="words", make="yes")
    room.press(newcomer, STEP, step="ready")

    for password, again, said in (
        ("kelp-otter-01", None, "at least 14 characters"),
        ("12345678901234567", None, "entirely numeric"),
        ("doradoradoradora1", "doradoradoradora2", "match"),
    ):
        page = room.text_of(choose(newcomer, password, again))
        assert said in page
        assert password not in page
    assert Invitation.objects.get().person is None
    assert not ModeratorKey.objects.exists()


def test_six_words_are_shown_once_replaced_on_purpose_and_typed_back_at_the_end(link):
    newcomer = newcomers.with_phone(link)
    words = make_words(newcomer)
    shown_again = room.text_of(newcomer.get(reverse(STEP)))

    another = "abide" if words.endswith(" zebra") else "zebra"
    wrong = newcomers.type_back(newcomer, " ".join([*words.split()[:5], another]))

    assert not any(f"<code>{word}</code>" in shown_again for word in words.split())
    assert "These six words don" in room.text_of(wrong)
    assert " ".join(words.split()[:2]) not in room.text_of(wrong)
    assert not make_words(newcomer)
    others = make_words(newcomer, replaces=vault.current_key(Invitation.objects.get().person).pk)
    assert len(words.split()) == len(others.split()) == 6

    for typed, ends_it in ((words, False), (others, True)):
        newcomers.type_back(newcomer, typed)
        assert is_in() is ends_it


@pytest.mark.parametrize("how", ["stopped", "old"])
def test_link_that_was_stopped_or_is_old_opens_nothing_even_halfway(alice, link, how):
    newcomer, browser = begun(link), factories.client_of(alice)
    assert "carol invited dora" in flat(browser.get("/admin/"))
    if how == "stopped":
        room.press(browser, "room_stop_invitation", Invitation.objects.get().pk)
        assert logged("stop an invitation")[0].who == "alice"
    else:
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert new_browser().get(link).status_code == 404
    assert choose(newcomer).status_code == 404
    assert not User.objects.filter(username="dora").exists()


def test_link_stands_in_no_row_no_address_and_no_cache_and_is_for_nobody_logged_in(coordinator, link, alice):
    for rows in (Invitation.objects.values(), ModelLogEntry.objects.values()):
        assert link.split("/")[-2] not in str(list(rows))
    newcomer = new_browser()
    assert newcomer.post(link).url == reverse(STEP)
    for page in (newcomer.get(link), newcomer.get(reverse(STEP))):
        assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "same-origin")

    assert "carol is logged in here" in flat(coordinator.get(link))
    coordinator.post(link)
    factories.log_in(newcomer, alice)
    assert [choose(browser).status_code for browser in (coordinator, newcomer)] == [404, 404]


def test_guessing_links_is_slowed_down(link):
    guesser = new_browser("203.0.113.9")

    answers = [guesser.get(reverse("room_welcome", args=["x" * 43])).status_code for _ in range(41)]

    assert answers == [404] * 40 + [429]
    assert new_browser().get(link).status_code == 200


def test_mail_says_only_that_an_invitation_waits_and_without_it_the_link_is_shown(coordinator, settings, monkeypatch):
    settings.MAIL_IS_ON = True

    response = invite(coordinator, email="dora@example.org")

    [sent] = mail.outbox
    assert response.status_code == 302
    assert sent.to == ["dora@example.org"]
    assert re.search(r"https://testserver/admin/welcome/[\w-]{43}/", sent.body)
    for word in ("Heard", "moderator", "account", "police", "dora\n"):
        assert word.lower() not in (sent.subject + sent.body).lower()
    monkeypatch.setattr(mail.EmailMessage, "send", lambda self: 1 / 0)
    assert link_in(invite(coordinator, email="dora@example.org"))


def test_address_is_forgotten_with_the_link_and_when_the_newcomer_is_in(coordinator, settings):
    assert 'name="email"' not in room.text_of(coordinator.get(reverse("room_invite")))
    settings.MAIL_IS_ON = True
    for name in ("dora", "erin", "frank", "gwen"):
        invite(coordinator, name, email=f"{name}@example.org")
    links = [re.search(r"https://testserver(\S+)", sent.body)[1] for sent in mail.outbox]
    choose(begun(links[0]))
    newcomer = newcomers.with_phone(links[1])
    newcomers.type_back(newcomer, make_words(newcomer))
    invite(coordinator, "frank")
    Invitation.objects.filter(username="dora").update(expires_at=timezone.now() - timedelta(seconds=1))
    assert set(Invitation.objects.exclude(email="").values_list("username", flat=True)) == {"dora", "gwen"}

    retention.run_retention()

    assert list(Invitation.objects.exclude(email="").values_list("email", flat=True)) == ["gwen@example.org"]
    assert User.objects.get(username="dora").email == ""


def test_first_coordinator_comes_in_by_a_link_made_at_the_machine_and_invites(settings):
    settings.DESK_URL = "https://desk.heard.example"
    link = _invite_at_the_machine("carol")
    assert "The server’s administrator invites you" in flat(new_browser().get(link))
    newcomer = newcomers.with_phone(link)

    room.press(newcomer, STEP, step="ready")

    carol = User.objects.get(username="carol")
    assert (carol.is_active, carol.is_superuser) == (True, False)
    assert roles_that_may(carol) == {COORDINATORS}
    assert ModelLogEntry.objects.get(action=audit_log.action_name("invite")).user is None
    with pytest.raises(CommandError, match="carol is a coordinator here"):
        _invite_at_the_machine("mallory")
    User.objects.filter(pk=carol.pk).update(is_active=False)
    assert _invite_at_the_machine("erin")


def _invite_at_the_machine(name):
    """The path of the link that the command prints."""
    out = io.StringIO()
    call_command("invite", name, stdout=out)
    return out.getvalue().strip().removeprefix("https://desk.heard.example")
