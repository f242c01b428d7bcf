"""Each exercise walked through the real pages by its answer sheet: all of it is met, or all of it missed."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from moderation import practice
from moderation.policies.danger import BY_SLUG
from moderation.practice import EXERCISES
from moderation.redaction.anonymity_check import ANONYMITY_CHECK
from moderation.redaction.findings import bare_words
from stories.core import lifecycle
from stories.core.scanner import Look
from stories.intake import labels
from stories.models import Event, SealedText, Submission
from tests import factories
from tests.moderation import room
from tests.moderation.team.newcomers import CHOSEN, STEP, begun, choose, flat, invite, link_in, set_up, type_back
from tests.moderation.team.second_step import new_browser

pytestmark = pytest.mark.django_db

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
