"""Practice: an invented account from its first page to its end, and what its answer sheet says was met and missed."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from moderation import conflict_of_interest, decisions, practice, publishing, reading, urls
from moderation.facts import load_facts
from moderation.models import Claim, ReadingDay, WorkingCopy
from moderation.policies.danger import BY_SLUG
from moderation.policies.decisions import why_not_write_to
from moderation.practice import EXERCISES
from moderation.queue import lanes
from moderation.redaction.anonymity_check import ANONYMITY_CHECK
from moderation.redaction.findings import bare_words
from moderation.team.permissions import Refused
from stories.core import lifecycle
from stories.core.scanner import Look
from stories.intake import labels, retention
from stories.models import Event, SealedText, Story, Submission
from tests import factories
from tests.moderation import room
from tests.moderation.team.newcomers import CHOSEN, STEP, begun, choose, flat, invite, link_in, set_up, type_back
from tests.moderation.team.second_step import new_browser
from tests.record_of_room import logged

pytestmark = pytest.mark.django_db

NEUTRAL = "I told the police about my ex. Somebody kind came, and then nobody rang. A letter said it was closed."


@pytest.fixture
def practising(browser):
    """Alice in her browser, and the account that she has just begun."""
    room.press(browser, "room_practice_begin")
    return browser, Submission.objects.get()


def _write(browser, user, submission, text, **more):
    room.press(browser, "room_claim", submission.pk)
    return room.save(browser, user, submission, text=text, title="Nobody rang", place_shown="nothing", force="", **more)


def test_it_opens_as_an_example_and_put_forward_erases_it_with_all_that_was_done(alice, practising):
    browser, submission = practising

    page = room.text_of(room.see(browser, "room_read", submission.pk))

    for name in ("wagtailadmin_home", "room_care"):
        assert reverse("room_practice") in room.text_of(room.see(browser, name))
    assert "This is an example." in page
    assert "Netherbridge" in page
    assert not any(word in page for word in ("/decide/count/", "/decide/urgent/", "/not-this-one/"))
    assert b"Netherbridge" not in b"".join(bytes(box) for box in SealedText.objects.values_list("box", flat=True))
    _write(browser, alice, submission, f"{NEUTRAL} I live in Netherbridge. I am the only woman who referees there.")
    page = room.text_of(room.put_forward(browser, submission))
    missed, met = page.split('id="missed"')[1].split('id="met"')
    assert "Netherbridge" in missed
    assert "only woman who referees" in missed
    assert "07700 900418" in met
    for model in (Submission, WorkingCopy, Event):
        assert not model.objects.exists(), model


def test_it_begins_again_as_the_same_exercise_and_ends_unread_where_nothing_was_done(browser):
    room.press(browser, "room_practice_begin", exercise="welsh")
    first = Submission.objects.get()
    room.press(browser, "room_practice_begin")
    again = Submission.objects.get()

    assert again.pk != first.pk
    assert again.language == "cy"
    assert "Llanheulwen" in room.text_of(room.see(browser, "room_read", again.pk))
    assert room.press(browser, "room_practice_done").url == reverse("room_practice")
    assert not Submission.objects.exists()


def test_new_key_may_finish_an_exercise_in_its_first_two_days(queue_key):
    newcomer = factories.moderator("dora", admitted_days_ago=0)
    submission = practice.begin_practice(newcomer, EXERCISES["plain"])
    browser = factories.client_of(newcomer)
    room.see(browser, "room_read", submission.pk)
    _write(browser, newcomer, submission, NEUTRAL)

    page = room.text_of(room.put_forward(browser, submission))

    assert "You met all of it" in page


def test_nothing_that_reaches_anybody_is_done_to_it_and_no_list_or_record_has_it(alice, bob, practising):
    browser, submission = practising
    room.see(browser, "room_read", submission.pk)
    _write(browser, alice, submission, NEUTRAL)
    assert not any(lanes.lane_rows(lane.slug, alice).exists() for lane in lanes.LISTS)
    assert not any(lanes.lane_counts(alice).values())
    assert submission.short_name not in room.text_of(room.see(browser, "wagtailadmin_home"))
    assert not ReadingDay.objects.exists()
    assert not logged()
    factories.look_first(submission, by=alice)
    vault, day = factories.open_vault(alice), lifecycle.today() + timedelta(days=9)

    for deed in (
        lambda: decisions.ask_contributor(submission, "When?", by=alice),
        lambda: decisions.decline_account(submission, reason="legal", by=alice),
        lambda: decisions.hold_account(submission, look_again_on=day, reason="legal", by=alice),
        lambda: decisions.count_answers(submission, vault=vault),
        lambda: decisions.mark_urgent(submission, by=alice),
        lambda: conflict_of_interest.skip_account(submission, by=alice),
        lambda: conflict_of_interest.declare_conflict(submission, by=alice),
    ):
        with pytest.raises(Refused):
            deed()
    assert why_not_write_to(load_facts(submission, alice), "Hello")
    assert Submission.objects.get().status == "received"


def test_nobody_agrees_to_it_even_if_it_were_put_forward(alice, bob, queue_key):
    submission = practice.begin_practice(alice, EXERCISES["plain"])
    copy = factories.put_forward(submission, by=alice, fields={"place_shown": "nothing", "force": ""})

    for reader in (alice, bob):
        with pytest.raises(Refused):
            factories.say_second_yes(copy, by=reader)
    opened = SimpleNamespace(copy=copy, answers={})
    with pytest.raises(Refused, match="practice account"):
        publishing.write_story(None, opened, first_reader=alice, second_reader=bob)

    assert not Story.objects.exists()


def test_nobody_else_opens_it(alice, bob, practising):
    _browser, submission = practising
    colleague = factories.client_of(bob)
    ours = urls.urlpatterns + urls.room_urlpatterns
    # The addresses that name one submission, and nothing else.
    by_id = [each for each in ours if set(each.pattern.converters) == {"pk"} and "queue/" in str(each.pattern)]

    for pattern in by_id:
        for ask in (colleague.get, colleague.post):
            response = ask(reverse(pattern.name, args=[submission.pk]), room.token(colleague))
            assert "Netherbridge" not in room.text_of(response)
    with pytest.raises(reading.CannotOpen):
        reading.read_account(submission, vault=factories.open_vault(bob))
    assert not Claim.objects.exists()
    assert not WorkingCopy.objects.exists()


def test_it_is_erased_after_seven_days_by_itself(practising):
    retention.run_retention(today=lifecycle.today() + timedelta(days=6))
    assert Submission.objects.exists()

    retention.run_retention(today=lifecycle.today() + timedelta(days=7))

    assert not Submission.objects.exists()
    assert not Event.objects.exists()


def test_it_stands_in_no_urgent_list_and_mails_nobody(alice, browser, settings, tmp_path):
    settings.DUTY_EMAIL, settings.RUN_DIR = ["duty@heard.example"], tmp_path
    room.press(browser, "room_practice_begin", exercise="danger")
    submission = practice.practice_account_of(alice)
    room.press(browser, "room_claim", submission.pk)

    assert not labels.mark_is_left()
    for name, *args in (("room_lane", "urgent"), ("wagtailadmin_home",)):
        assert submission.short_name not in room.text_of(room.see(browser, name, *args)), name


READ = [each for each in EXERCISES.values() if each.account]
SECOND = [each for each in READ if each.second]
FLOODS = [each for each in EXERCISES.values() if each.flood]
TITLE = "Nobody rang"
CALL = {"when": "21:40", "who": "Ruth", "agreed": "She looks in tonight."}
OVER = {"danger-text": "They wrote that it is over."}
# Ofcom keeps these for drama.
FREE = re.compile(r"0(7700 ?900|1632 ?960|20 ?7946 ?0|29 ?2018 ?0)\d{3}")


def _right(sheet):
    """The first good answer to all that a sheet asks for."""
    return {asked: good[0] for line in sheet for asked, good in line.get("said", {}).items()}


def _parts(page):
    """What the reckoning says was missed, and what was met, line by line."""
    lists = (unescape(page).partition(f'id="{name}"')[2].partition("</ul>")[0] for name in ("missed", "met"))
    return [re.findall(r"<bdi>(.*?)</bdi>", each) for each in lists]


def _words(sheet):
    return [line["words"] for line in sheet]


def _walk(browser, alice, exercise, said, text):
    """Read an exercise first; answers with the page that it ends on."""
    room.press(browser, "room_practice_begin", exercise=exercise.slug)
    submission = Submission.objects.get()
    room.press(browser, "room_claim", submission.pk)
    look = factories.NO_RISK | {name: said[name] for name in BY_SLUG if name in said}
    room.press(browser, "room_first_look", submission.pk, **look, **room.token(browser))
    if "rang" in said:
        room.press(browser, "room_rang", submission.pk, **CALL, **room.token(browser))
    decision, _space, reason = said["decision"].partition(" ")
    page = room.text_of(room.see(browser, "room_read", submission.pk))
    if decision in ("hold", "ask", "decline"):
        assert reverse("room_decide", args=[submission.pk, decision]) in page
    if decision == "hold":
        day = lifecycle.today() + timedelta(days=30)
        return room.decide(browser, alice, submission, "hold", reason=reason, look_again_on=day)
    if decision == "decline":
        return room.write_to(browser, alice, submission, "decline", reason=reason)
    if decision == "ask":
        return room.write_to(browser, alice, submission, "ask", question="Does she know?")
    if text:
        room.save(browser, alice, submission, text=text, title=TITLE, place_shown="nothing", force="")
    return room.put_forward(browser, submission, **OVER) if decision else room.press(browser, "room_practice_done")


@pytest.mark.parametrize("exercise", READ, ids=lambda each: each.slug)
def test_who_does_what_the_sheet_says_has_met_all_and_who_sees_nothing_missed_it(browser, alice, exercise):
    right, there = _right(exercise.sheet), [words for line in exercise.sheet for words in line.get("gone", ())]
    wrong = {"decision": "" if right["decision"] == "put forward" else "put forward"}

    done = room.text_of(_walk(browser, alice, exercise, right, exercise.text))

    assert _parts(done) == [[], _words(exercise.sheet)]
    for model in (Submission, SealedText, Event):
        assert not model.objects.exists(), model
    assert f"{exercise.slug} first" in browser.session["practised"]
    missed = room.text_of(_walk(browser, alice, exercise, wrong, ". ".join(["I told them", *there])))
    assert _parts(missed) == [_words(exercise.sheet), []]
    assert exercise.end in unescape(missed)


def _second(browser, exercise, step, **said):
    check = {f"check-{line}": said.get(line, "clear") for line in ANONYMITY_CHECK}
    answers = check | {f"why-{line}": "It says so." for line in said} | {"danger-now": said.get("danger", "no")}
    page = room.press(browser, "room_practice_second", exercise.slug, step=step, **answers)
    return _parts(room.text_of(page))


@pytest.mark.parametrize("exercise", SECOND, ids=lambda each: each.slug)
def test_second_reader_who_sees_what_the_first_missed_has_met_all_of_it(browser, exercise):
    sheet, half = exercise.second["sheet"], room.CHECKED | {"check-names": ""}
    right = _right(sheet)

    shown = unescape(room.text_of(room.see(browser, "room_practice_second", exercise.slug)))
    assert exercise.second["text"] in shown
    assert all(f'value="{step}"' in shown for step in ("agree", "back", "hold", "decline"))
    asked = room.text_of(room.press(browser, "room_practice_second", exercise.slug, step="back", **half))
    assert "Not answered yet." in asked
    assert 'id="met"' not in asked
    assert _second(browser, exercise, right.pop("decision"), **right) == [[], _words(sheet)]
    assert _second(browser, exercise, "agree") == [_words(sheet), []]
    assert browser.session["practised"] == [f"{exercise.slug} second"]
    assert not Submission.objects.exists()


@pytest.mark.parametrize("exercise", FLOODS, ids=lambda each: each.slug)
def test_flood_stands_as_the_tray_groups_it_and_is_reckoned_row_by_row(browser, exercise):
    right = _right(exercise.sheet)
    wrong = {row: {"decline": "real", "real": "decline"}[answer] for row, answer in right.items()}
    shown = room.text_of(room.see(browser, "room_practice_flood", exercise.slug))

    assert re.findall(r'type="radio" name="(\S+)" value="decline"', shown) == list(right)
    assert "5 of nearly the same words" in shown
    assert shown.count("One by itself") == len(right) - 1
    assert "Say of each row" in room.text_of(room.press(browser, "room_practice_flood", exercise.slug, advert="real"))
    for answers, outcome in ((right, [[], _words(exercise.sheet)]), (wrong, [_words(exercise.sheet), []])):
        page = room.press(browser, "room_practice_flood", exercise.slug, **answers)
        assert _parts(room.text_of(page)) == outcome


def test_eight_are_listed_in_their_order_and_ticked_once_done(browser):
    page = room.text_of(room.see(browser, "room_practice"))
    titles = [each.title for each in EXERCISES.values()]

    assert len(titles) == 8
    assert re.findall(r"<h2>(.*?)</h2>", unescape(page)) == titles
    ways = (reverse("room_practice_second", args=["danger"]), reverse("room_practice_flood", args=["flood"]))
    assert [words for words in ('value="plain"', *ways) if words not in page] == []
    assert "#icon-check" not in page
    _second(browser, EXERCISES["danger"], "back")
    assert room.text_of(room.see(browser, "room_practice")).count("#icon-check") == 1
    for name, slug in (("second", "flood"), ("second", "none"), ("flood", "plain"), ("flood", "none")):
        assert room.see(browser, f"room_practice_{name}", slug).status_code == 404, (name, slug)


def test_one_of_several_words_left_is_a_line_missed_as_is_a_text_that_nobody_wrote():
    line = {"words": "Callum Reddy", "why": "", "gone": ["Callum", "Reddy"]}

    texts = {"It was Reddy.": False, "It was him.": True, "": False}
    assert {text: practice.reckon([line], said={}, text=text)[0][1] for text in texts} == texts


def test_accounts_hold_what_their_sheets_name_and_the_marks_show_most_of_it():
    look, shown = Look(), {}
    for exercise in READ:
        account, text = bare_words(exercise.account["account"]), bare_words(exercise.text)
        for line in exercise.sheet:
            gone = line.get("gone", [])
            assert all(bare_words(words) in account for words in gone[:1]), line["words"]
            assert not any(bare_words(words) in text for words in gone), line["words"]
        lines = [line for line in practice.sheet_with_marks(exercise, look) if "gone" in line]
        shown[exercise.slug] = ["The marks show it" in line["why"] for line in lines]

    assert sum(shown["plain"]) >= 7
    assert not all(map(all, shown.values()))


# Words read and words typed or written in a minute; seconds for a click or a key, and for a code's letter on paper.
READ_PACE, WRITE_PACE, PRESS, LETTER = 200, 20, 1.5, 1


def _minutes(read, presses, written="", on_paper=""):
    reading = len(" ".join(read).split()) / READ_PACE
    return reading + len(written.split()) / WRITE_PACE + (presses * PRESS + len(on_paper) * LETTER) / 60


def _read(sheet):
    return [line[part] for line in sheet for part in ("words", "why")]


def _first_minutes(exercise, look, known):
    """Begin, unfold, six answers, keep; then the text, or a call and a decision; then what was met.

    What to do about a risk is read where it first unfolds; `known` has those before.
    """
    said = _right(exercise.sheet)
    flagged = [BY_SLUG[slug].what_to_do for slug in BY_SLUG if slug in said and slug not in known]
    known |= BY_SLUG.keys() & said.keys()
    asked = [risk.question for risk in BY_SLUG.values()]
    lines = [line for line in practice.sheet_with_marks(exercise, look) if "gone" in line]
    marked = sum("The marks show it" in line["why"] for line in lines)
    words = [*exercise.account.values(), *asked, *flagged, *_read(exercise.sheet), exercise.end]
    presses, written = 2 + 6 + 1, " ".join(CALL.values()) if "rang" in said else ""
    if said["decision"] == "put forward":
        # A mark takes two keys, what isn't marked a few words over it; a title, the check, danger, the button.
        presses += 2 * marked + 2 * (len(lines) - marked) + len(ANONYMITY_CHECK) + 2
        written += TITLE + " some other words" * (len(lines) - marked)
        words += ANONYMITY_CHECK.values()
    elif said["decision"]:
        # A button, a reason, a day or a question, the preview and its button.
        presses, written = presses + 5, f"{written} Does she know of it?"
    return _minutes(words, presses + 2 * ("rang" in said) + 1, written)


def _second_minutes(exercise):
    """Open, read both, answer the check and danger, a button; then what was met."""
    second = exercise.second
    account = second.get("account", exercise.account["account"])
    words = [account, second["text"], *ANONYMITY_CHECK.values(), *_read(second["sheet"])]
    return _minutes(words, 1 + len(ANONYMITY_CHECK) + 1 + 1)


def _flood_minutes(exercise):
    rows = exercise.rows
    return _minutes([*(row[0]["text"] for row in rows), *_read(exercise.sheet), exercise.end], 1 + 2 * len(rows) + 1)


def _all_minutes():
    look, known = Look(), set()
    return {
        each.slug: _flood_minutes(each)
        if each.flood
        else _first_minutes(each, look, known) + (_second_minutes(each) if each.second else 0)
        for each in EXERCISES.values()
    }


def test_newcomer_is_ready_in_45_minutes_and_the_page_says_how_many_each_takes(coordinator, browser):
    """The invitation, five steps with what is written on paper, a log-in, the list of exercises, and all of them."""
    found = _all_minutes()
    told = {each.slug: each.minutes for each in EXERCISES.values()}
    assert {slug: round(minutes) for slug, minutes in found.items()} == told, found
    assert f"about {sum(map(round, found.values()))} minutes together" in flat(room.see(browser, "room_practice"))
    link = link_in(invite(coordinator))
    newcomer = begun(link)
    pages = [new_browser().get(link), newcomer.get(reverse(STEP))]
    choose(newcomer)
    pages.append(newcomer.get(reverse(STEP)))
    codes = set_up(newcomer)
    pages += [codes, newcomer.get(reverse(STEP)), room.press(newcomer, STEP, step="words", make="yes", replaces="")]
    words = " ".join(pages[-1].context["words"])
    pages.append(newcomer.get(reverse(STEP)))
    done = type_back(newcomer, words)
    pages += [done, newcomer.get(reverse("wagtailadmin_login")), room.see(browser, "room_practice")]
    codes_and_fingerprint = "".join([*codes.context["codes"], done.context["fingerprint"]])
    # The password twice and to log in, the words on paper, back and to unlock; two codes of six, and a press each.
    come_in = _minutes(map(_main, pages), 2 * 6 + 12, " ".join(3 * (CHOSEN, words)), codes_and_fingerprint)

    # The invitation says ten minutes for all but the log-in and the list.
    assert come_in <= 12, come_in
    assert come_in + sum(found.values()) <= 45, (come_in, found)


def _main(page):
    whole = BeautifulSoup(page.content, "html.parser")
    return (whole.main or whole.body).get_text(" ")


def test_label_speaks_of_danger_where_the_sheet_does_and_nowhere_else():
    """Nobody should learn from an example that the label cries wolf."""
    told = {each.slug: labels.labels_from(each.account, each.answers).danger.is_urgent for each in READ}

    assert told == {each.slug: "life" in _right(each.sheet) for each in READ}


def test_numbers_are_those_that_are_kept_free():
    folder = Path(practice.__file__).with_name("practice_accounts")
    texts = [path.read_text() for path in folder.glob("*.toml")]
    numbers = [number for text in texts for number in re.findall(r"\b0\d[\d ]{8,}\d", text)]

    assert numbers
    assert all(FREE.fullmatch(number) for number in numbers), numbers
