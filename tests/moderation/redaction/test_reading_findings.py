"""What could identify somebody, in the reading room: listed, replaced by one press, or left with a reason."""

import html
import re

import pytest

from moderation import agreements, claims, reading, working_copies
from moderation.redaction.anonymity_check import Answered
from moderation.team.permissions import Refused
from stories.core import story_sections
from stories.models import Submission
from stories.pii import find_identifying, replacements
from stories.pii.kinds import InAHurry
from stories.pii.model import names
from stories.pii.replacements import key_of
from tests import at_work, factories
from tests.moderation import room
from tests.stories.intake.visiting import raising
from tests.stories.pii.hostile import made_up

pytestmark = pytest.mark.django_db

PHONE, MAIL = "07700 900123", "jo@nettle.example"
ACCOUNT = f"PC Ravi Holt rang from {PHONE}. I live in Nettlebridge."
KEY = key_of("PHONE", PHONE)
# What stands in a version beside its text.
BESIDE = [factories.FIELDS[name] for name in ("title", *story_sections.NAMES)]
WHY = "It is printed on the force's own page."
# The rules alone take it for a stone.
BY_THE_MODEL = "it was jade who told me, my best mate since primary."
IN_A_HURRY = "We looked at some of these words in a hurry"
needs_the_model = pytest.mark.skipif(not names.is_here(), reason="the name model is not in var/models")
HOSTILE = '"><script>alert(1)</script>'
BLIND, FAULT = "We could not look through", f"{KEY}:0"


def fail(text, **options):
    raise KeyError(text)


@pytest.fixture
def submission(alice):
    return in_hand(alice, ACCOUNT)


def in_hand(alice, account):
    found = factories.submission_at("received", account=account, differently="")
    factories.look_first(found, by=alice)
    claims.take_claim(found, by=alice)
    return found


def see(browser, submission):
    return room.see(browser, "room_read", submission.pk)


def page_of(browser, submission):
    return room.text_of(see(browser, submission))


def payload(submission, user):
    return reading.working_copy(working_copies.newest_copy(submission).sealed, vault=factories.open_vault(user))


def copy_form(page, submission):
    """The working copy's form as a browser would send it."""
    return at_work.form_on(page, f"/admin/queue/{submission.pk}/save/").as_posted()


def test_each_wording_is_listed_with_what_it_is_and_how_sure_we_are(submission, browser):
    page = page_of(browser, submission)

    assert "by rules alone" not in page
    for words in ("Sure: phone number", "Sure: officer&#x27;s name", "May be: town or place"):
        assert words in page, words
    assert page.count("needs a reason to stay") == 1
    assert f'name="replace" value="{KEY}:1"' in page
    # A mark tells sure from unsure by word, and not by colour alone.
    kind = '<span class="room-finding__kind">'
    assert re.search(rf'<mark class="room-finding"[^>]*>Ravi Holt{kind}officer&#x27;s name', page)
    assert re.search(rf'<mark class="room-finding room-finding--unsure"[^>]*>Nettlebridge{kind}may be: town', page)
    # What Enter presses is the first button of a form: it saves, and never replaces.
    form = page[page.index(f'action="/admin/queue/{submission.pk}/save/"') :]
    assert "name=" not in re.search(r"<button[^>]*>", form)[0]


def test_page_says_what_holds_a_text_back_and_replaces_nothing_of_anothers(submission, browser, alice, bob):
    room.save(browser, alice, submission, text=ACCOUNT)

    page = page_of(browser, submission)

    assert "This could lead straight to somebody: phone number." in page
    for shown in (
        rf'<a href="#finding-1"[^>]*><bdi>{PHONE}</bdi></a>',
        rf'id="finding-1"[^>]*data-key="{KEY}"',
        r"<button[^>]*disabled[^>]*>Put it forward",
        "3 to look at",
    ):
        assert re.search(shown, page), shown
    assert not [link for link in re.findall(r'href="([^"]*)"', page) if KEY in link], "an address stays in a history"

    # A form that isn't one's own to write in marks them, and replaces nothing.
    factories.claim(submission, by=bob)
    page = page_of(browser, submission)
    shown = ('<fieldset class="room-form" disabled>', '<mark class="room-finding', 'name="replace"')
    assert [words in page for words in shown] == [True, True, False]
    response = room.save(browser, alice, submission, version=1, text=ACCOUNT, more={"replace": f"{KEY}:0"})
    assert response.status_code == 200
    assert working_copies.newest_copy(submission).number == 1


def test_longest_account_is_shown_whole_on_a_page_of_bounded_size(alice, browser):
    account = (ACCOUNT + " On 14 March 2023 Jo Brennan wrote from jo@nettle.example. ") * 170
    submission = in_hand(alice, account[:20_000])
    see(browser, submission)
    room.save(browser, alice, submission, text=account[:19_990].replace("Ravi", "Asha"))

    page = page_of(browser, submission)

    assert page.count('<mark class="room-finding') > 300
    assert len(page) < 2_000_000


def test_hostile_words_stay_text(alice, browser):
    account = f"PC {HOSTILE} rang. My name is Jo{HOSTILE}; mail {HOSTILE}@x.example or @a_b_c{HOSTILE}"
    submission = in_hand(alice, account)
    room.save(browser, alice, submission, text=f"{account} {PHONE}", more={f"left-{KEY}": f"{HOSTILE}\u202e"})

    page = page_of(browser, submission)

    assert not [words for words in (HOSTILE, "<script>alert", "\u202e") if words in page]
    assert copy_form(page, submission)[f"left-{KEY}"] == [HOSTILE]


def test_one_press_replaces_everywhere_and_comes_back_to_the_list(submission, browser, alice):
    more = {"replace": f"{KEY}:1", f"left-{key_of('OFFICER_NAME', 'Ravi Holt')}": "Named in the judgment."}
    response = room.save(browser, alice, submission, title=f"I rang {PHONE}", text=f"😀 {ACCOUNT}", more=more)

    assert response.url == f"/admin/queue/{submission.pk}/#findings"
    saved = payload(submission, alice)
    assert saved["fields"]["title"] == "I rang [my number]"
    assert saved["fields"]["text"] == "😀 PC Ravi Holt rang from [my number]. I live in Nettlebridge."
    assert list(saved["left"].values()) == ["Named in the judgment."]
    assert "[my number] stands there now, 2 times. Saved, sealed." in page_of(browser, submission)


def test_press_on_what_isnt_there_or_a_fault_saves_nothing_and_loses_nothing(submission, browser, alice, monkeypatch):
    for asked in ("0123abcd:0", f"{KEY}:9", "no sense", ":", FAULT):
        if asked == FAULT:
            monkeypatch.setattr(replacements, "find_identifying", fail)
        response = room.save(browser, alice, submission, text=ACCOUNT, more={"replace": asked, f"left-{KEY}": WHY})

        page = room.text_of(response)
        assert re.search("nothing (is )?saved yet", page), asked
        assert (BLIND in page) == (asked == FAULT)
        assert working_copies.newest_copy(submission) is None
        form = copy_form(page, submission)
        assert (form["text"], form[f"left-{KEY}"]) == ([ACCOUNT], [WHY]), asked


def test_reasons_come_back_with_a_form_in_error_whether_or_not_the_vault_is_open(submission, alice):
    for unlocked in (True, False):
        browser, more = factories.client_of(alice, unlocked=unlocked), {f"left-{KEY}": WHY}
        page = room.text_of(room.save(browser, alice, submission, title="t" * 121, text=f"Mail {MAIL}.", more=more))

        assert "Sure: email address" in page
        # The words that it was for aren't in the text, so it rides along unseen.
        assert copy_form(page, submission)[f"left-{KEY}"] == [WHY], unlocked


def test_form_that_came_back_is_looked_at_as_it_was_typed_and_as_far_as_it_may_go(
    submission, browser, alice, monkeypatch
):
    room.save(browser, alice, submission, text=ACCOUNT)
    typed, seen = {"title": "t" * 121, "text": f"One\r\n\r\nMail {MAIL}."}, []

    page = room.text_of(room.save(browser, alice, submission, version=1, **typed))

    [places] = re.findall(r'data-words="jo@nettle.example" data-places="([^"]*)"', page)
    assert places.replace("&quot;", '"') == '{"text":[[10,27]]}'

    monkeypatch.setattr(replacements, "find_identifying", lambda text, **options: seen.append(len(text)) or [])
    page = room.text_of(room.save(browser, alice, submission, version=1, text="waited and " * 20_000))

    assert len(copy_form(page, submission)["text"][0].strip()) == len("waited and " * 20_000) - 1
    assert max(seen) <= 20_000


@pytest.fixture
def saved(submission, browser, alice):
    """A version with a reason, written while all was well."""
    room.save(browser, alice, submission, text=ACCOUNT, more={f"left-{KEY}": WHY})
    return submission


def _by_rules(text, *, by_rules_alone=False, **_):
    return [] if by_rules_alone else fail(text)


FINDERS = {"well": find_identifying, "a fault": fail, "in a hurry": lambda text, **_: InAHurry(), "by rules": _by_rules}


@pytest.mark.parametrize("how", FINDERS)
def test_form_as_it_stands_keeps_every_reason_however_the_finder_fares(saved, browser, alice, monkeypatch, how):
    monkeypatch.setattr(replacements, "find_identifying", FINDERS[how])

    page = page_of(browser, saved)
    browser.post(f"/admin/queue/{saved.pk}/save/", copy_form(page, saved), secure=True)

    assert ("Names are found by rules alone on this page" in page) == (how == "by rules")
    assert working_copies.newest_copy(saved).number == 2
    assert payload(saved, alice)["left"] == {KEY: WHY}


def test_fault_in_the_finder_opens_the_account_names_what_is_missing_and_sends_none(
    saved, browser, monkeypatch, caplog
):
    monkeypatch.setattr(replacements, "find_identifying", fail)

    page, response = page_of(browser, saved), room.put_forward(browser, saved)

    assert copy_form(page, saved)["text"] == [ACCOUNT]
    assert (BLIND in page, "We did not spot anything" in page) == (True, False)
    assert re.search(r"<button[^>]*disabled[^>]*>Put it forward", page)
    assert ("KeyError" in caplog.text, PHONE in caplog.text) == (True, False)
    assert (response.status_code, Submission.objects.get().status) == (200, "received")
    assert BLIND in room.text_of(response)


def test_account_that_cannot_be_looked_through_still_goes_forward(saved, browser, alice, monkeypatch):
    room.save(browser, alice, saved, version=1, text="An officer rang.")
    find = replacements.find_identifying
    looks = lambda text, **options: fail(text) if text == ACCOUNT else find(text, **options)  # noqa: E731
    monkeypatch.setattr(replacements, "find_identifying", looks)

    assert BLIND in page_of(browser, saved)
    assert room.put_forward(browser, saved).status_code == 302


def test_reasons_come_back_with_the_text_over_a_log_out_and_whatever_else_fails(submission, browser, monkeypatch):
    form = copy_form(page_of(browser, submission), submission) | {f"left-{KEY}": WHY}
    monkeypatch.setattr(working_copies, "save_version", raising(RuntimeError()))
    browser.raise_request_exception = False
    for status in (500, 401):
        response = browser.post(f"/admin/queue/{submission.pk}/save/", form, secure=True)
        page = html.unescape(room.text_of(response))

        assert response.status_code == status
        for words in (ACCOUNT, WHY, f"Leave “{PHONE}”, because …"):
            assert words in page, (status, words)
        assert ">Of-" not in page
        browser.logout()


def test_each_text_is_looked_at_once_and_only_after_what_is_cheap_to_refuse(submission, browser, alice, monkeypatch):
    looks, find = [], replacements.find_identifying
    monkeypatch.setattr(
        replacements, "find_identifying", lambda text, **options: looks.append(text) or find(text, **options)
    )
    see(browser, submission)
    assert sorted(looks) == sorted(set(looks)), "the first version's text is the account, looked at once"
    room.save(browser, alice, submission, text=f"Ring {PHONE}.")
    posted = copy_form(page_of(browser, submission), submission) | room.CHECKED | room.NO_DANGER
    forward = lambda: room.press(browser, "room_put_forward", submission.pk, **posted)  # noqa: E731
    for ask in (lambda: see(browser, submission), forward):
        looks.clear()
        assert "phone number" in room.text_of(ask())
        assert sorted(looks) == sorted([ACCOUNT, f"Ring {PHONE}.", *BESIDE])
    looks.clear()
    copy, vault = working_copies.newest_copy(submission), factories.open_vault(alice)

    with pytest.raises(Refused):
        agreements.put_forward(copy, copy.digest, vault=vault, check=Answered({}), danger=factories.NO_DANGER)

    assert looks == []


@needs_the_model
def test_long_account_is_looked_at_in_full_when_it_is_opened(alice, browser, costly_look, monkeypatch):
    monkeypatch.setattr(names, "_LONGEST_WAIT", 0.05)
    account = f"{BY_THE_MODEL} {made_up(4, 9)[:4_500]}"
    submission = in_hand(alice, account)

    hurried = page_of(browser, submission)
    costly_look.set()
    monkeypatch.setattr(names, "_LONGEST_WAIT", 60)
    whole = page_of(browser, submission)

    assert isinstance(find_identifying(account), InAHurry)
    for page, is_hurried in ((hurried, True), (whole, False)):
        assert (IN_A_HURRY in page, ">jade<" in page) == (is_hurried, not is_hurried)
