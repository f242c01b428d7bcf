"""What the check page spotted, through the real pages: listed, replaced, typed over, kept, and never in the way."""

import re
from html import unescape

import pytest
from django.db import DatabaseError
from django.urls import reverse

from stories.intake import highlights
from stories.models import Submission
from stories.pii.kinds import make_finding
from stories.pii.model import names
from tests.stories.intake.visiting import TOLD, WelshVisitor, raising, sent
from tests.stories.pii.hostile import made_up

pytestmark = pytest.mark.django_db

PLAIN = "They did not listen."
TEXT = "😀 PC Sharma rang me on 07700 900123. My daughter Ellie was there. PC Sharma laughed."
IN_A_HURRY = "We looked at this in a hurry"
LONG = TEXT + " And again." * 3000
# The rules alone take it for a stone.
BY_THE_MODEL = "it was jade who told me, my best mate since primary."
needs_the_model = pytest.mark.skipif(not names.is_here(), reason="the name model is not in var/models")
OWN = "the woman who helped me"


def key(visitor, words):
    """The key under which the page lists these words."""
    found = re.search(rf'name="was-([0-9a-f]{{32}})" value="{re.escape(words)}"', visitor.page)
    assert found, f"{words} is not on the list"
    return found[1]


def listed(visitor):
    return re.findall(r'name="was-[0-9a-f]{32}" value="([^"]*)"', visitor.page)


def offered(visitor, words):
    """Every value of the list beside these words, the empty one first, and the one that it stands at."""
    options = re.search(rf'name="swap-{key(visitor, words)}".*?</select>', visitor.page, re.S)[0]
    found = re.findall(r'<option(?: value="([^"]*)")?( selected)?>([^<]*)</option>', options)
    values = [value or (says if says.startswith("[") else "") for value, _is_chosen, says in found]
    return values, next((value for value, (_, is_chosen, _says) in zip(values, found, strict=True) if is_chosen), "")


def choose(visitor, step="check", account=TEXT, **told):
    """Choose on this check page, by words: {"Sharma": "[an officer]"} or {"Sharma": ("own", "a man")}."""
    choices = told.pop("choices")
    fields = {}
    for words, choice in choices.items():
        name, value = choice if isinstance(choice, tuple) else ("swap", choice)
        fields[f"{name}-{key(visitor, words)}"] = value
    visitor.post("/tell/form/", step=step, **TOLD | {"account": account} | told | fields)


def left_to_copy(visitor):
    """What stands in boxes that are only read: nothing is sent from them."""
    boxes = re.findall(r"<textarea([^>]*)>\n?(.*?)</textarea>", visitor.page, re.S)
    return [unescape(words) for tag, words in boxes if "readonly" in tag and "name=" not in tag]


@pytest.fixture
def checked(queue_key, visitor):
    """Stands on the check page of TEXT."""
    visitor.check(account=TEXT)
    return visitor


@pytest.fixture
def looks(monkeypatch):
    """Each look of the finder: the text, and whether by rules alone."""
    made, find = [], highlights.find_identifying

    def counted(text, *, by_rules_alone=False):
        made.append((text, by_rules_alone))
        return find(text, by_rules_alone=by_rules_alone)

    monkeypatch.setattr(highlights, "find_identifying", counted)
    return made


def test_neutral_words_are_those_of_the_page_s_language(queue_key):
    welsh = WelshVisitor()
    welsh.check(account=TEXT)
    first = offered(welsh, "Sharma")[0][1]

    choose(welsh, choices={"Sharma": first})

    assert first in welsh.box("account")
    assert "Sharma" not in welsh.box("account")


def test_chosen_words_are_put_in_everywhere_and_the_page_says_how_many(queue_key, visitor):
    visitor.check(account=TEXT, well="PC Sharma rang back.")
    check, (values, _chosen) = visitor.page, offered(visitor, "Sharma")
    assert values[0] == ""
    assert {"[an officer]", "[the officer in charge]", "take-out", "own", "keep"} <= set(values)
    choices = {"Sharma": "[an officer]", "07700 900123": ("own", "my work phone"), "Ellie": "keep"}
    changed = "😀 [an officer] rang me on my work phone. My daughter Ellie was there. [an officer] laughed."

    choose(visitor, well="PC Sharma rang back.", choices=choices)

    assert visitor.box("account") == changed
    assert visitor.box("well") == "[an officer] rang back."
    assert "We put in 2 of your choices." in re.search(r'role="status"><p>(.*?)</p>', visitor.page)[1]
    assert not Submission.objects.exists()
    # Sending puts them in as well.
    visitor.page = check
    choose(visitor, step="send", well="PC Sharma rang back.", choices=choices)
    assert sent(visitor.code()).account["account"] == changed


def test_one_press_puts_in_the_first_suggestion_for_all_listed_that_is_still_open(checked):
    choose(checked, step="first-for-all", account=f"{TEXT} PC Ahmed too.", choices={"Ellie": "keep"})

    assert "Sharma" not in checked.box("account")
    assert "07700" not in checked.box("account")
    assert checked.box("account").count("[an officer]") == 2
    assert (sorted(listed(checked)), offered(checked, "Ellie")[1]) == (["Ahmed", "Ellie"], "keep")
    assert "We put in 2 of your choices." in checked.text()
    assert not Submission.objects.exists()


def test_first_suggestion_for_all_never_takes_a_whole_sentence(queue_key, visitor, monkeypatch):
    quoted = "so you all should know what she is like"
    found = [make_finding((0, len(quoted)), "SEARCHABLE", sure=False)]
    monkeypatch.setattr(highlights, "find_identifying", lambda text, **_: found if text == quoted else [])
    visitor.check(account=quoted)

    choose(visitor, step="first-for-all", account=quoted, choices={})

    assert visitor.box("account") == quoted
    assert "We put in" not in visitor.text()


def test_own_words_that_were_chosen_and_not_typed_open_their_boxes(checked):
    assert '<details class="disclosure check__own">' in checked.page

    choose(checked, choices={"Sharma": "own"})

    assert '<details class="disclosure check__own" open>' in checked.page
    assert offered(checked, "Sharma")[1] == "own"
    assert checked.box("account") == TEXT


def test_fault_in_the_finder_leaves_the_page_and_the_choices_working(checked, monkeypatch):
    monkeypatch.setattr(highlights, "find_identifying", raising(ZeroDivisionError))
    choose(checked, choices={"Sharma": "[an officer]"})

    assert checked.response.status_code == 200
    assert "We could not look through all of your words this time." in checked.text()
    assert "We did not spot any names or details" not in checked.text()
    assert "Sharma" not in checked.box("account")


def test_own_words_come_back_with_a_too_long_account_and_go_in_once_it_is_shorter(checked):
    check, own = checked.page, f"own-{key(checked, 'Sharma')}"

    choose(checked, account=LONG, choices={"Sharma": ("own", OWN)})
    assert checked.box(own) == OWN
    assert "In place of “Sharma”" in checked.text()

    checked.post("/tell/form/", step="check", **TOLD | {"account": TEXT, own: checked.box(own)})
    assert checked.box("account").lower().count(OWN) == 2
    assert checked.box(own) is None
    # A draft can't take them: they are shown beside its code.
    checked.page = check
    choose(checked, step="later", account=LONG, choices={"Sharma": ("own", OWN)})
    assert sent(checked.code()).account["account"] == LONG
    assert left_to_copy(checked) == [OWN]


def test_sending_shows_such_words_once_and_then_holds_nobody_up(checked):
    choose(checked, step="send", account=PLAIN, choices={"Sharma": ("own", OWN)})
    assert left_to_copy(checked) == [OWN]
    assert not Submission.objects.exists()

    checked.post("/tell/form/", step="send", **TOLD | {"account": checked.box("account")})
    assert sent(checked.code()).account["account"] == PLAIN


def test_own_words_come_back_with_the_rest_when_saving_fails(checked, monkeypatch):
    own = f"own-{key(checked, 'Sharma')}"
    monkeypatch.setattr("stories.intake.receive.receive_account", raising(DatabaseError))
    choose(checked, step="send", choices={"Sharma": ("own", "a man at the desk")})
    assert checked.response.status_code == 503
    assert checked.box("account") == TEXT
    assert checked.box(own) == "a man at the desk"
    assert "Other words that you chose" in checked.text()

    monkeypatch.undo()
    fields = {"account": checked.box("account"), own: checked.box(own)}
    checked.post("/tell/form/", step="send", **fields)
    assert "a man at the desk rang" in sent(checked.code()).account["account"]


def test_no_word_of_it_is_in_an_address_a_title_or_the_log(checked, caplog):
    choose(checked, choices={"Sharma": ("own", "a tall man"), "Ellie": "keep"})

    title = re.search(r"<title>(.*?)</title>", checked.page, re.S)[1]
    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', checked.page)
    assert title == "Form: check"
    assert reverse("tell-form") in addresses
    for words in ("Sharma", "tall", "Ellie", "07700", key(checked, "Ellie")):
        assert not [each for each in addresses if words in each]
        assert words not in caplog.text


def test_sending_costs_a_look_for_chosen_words_alone_and_a_look_no_send(queue_key, visitor, looks, settings, unhurried):
    settings.LIMITS = settings.LIMITS_FOR_ALL = {"look": ["4/h"], "send": ["3/h"], "other": ["60/h"]}
    for choices, cost in (({}, []), ({"Sharma": "keep"}, []), ({"Sharma": "[an officer]"}, [(TEXT, False)])):
        visitor.check(account=TEXT)
        looks.clear()
        choose(visitor, step="send", choices=choices)
        assert looks == cost, choices
    assert [*Submission.objects.values_list("is_flood", flat=True)] == [False] * 3

    visitor.check(account=TEXT)
    assert looks[-1] == (TEXT, True)


def test_machine_gets_a_look_by_rules_alone(queue_key, visitor, looks):
    visitor.check(account=TEXT, leave_empty="https://spam.example")
    assert looks == [(TEXT, True)]
    assert "Sharma" in listed(visitor)

    looks.clear()
    choose(visitor, leave_empty="https://spam.example", choices={"Sharma": "[an officer]"})
    assert looks == [(TEXT, True), (visitor.box("account"), True)]


def test_in_a_flood_of_looks_we_look_by_rules_alone_and_each_request_counts_once(queue_key, visitor, looks, settings):
    settings.LIMITS = settings.LIMITS_FOR_ALL = {"look": ["2/h"], "send": ["60/h"], "other": ["60/h"]}

    for _ in range(3):
        visitor.check(account=TEXT, well="PC Ahmed rang.")

    assert [is_quick for _, is_quick in looks] == [False, False, False, False, True, True]
    assert IN_A_HURRY in visitor.text()


@needs_the_model
def test_second_of_two_long_texts_is_looked_at_by_rules_alone_and_the_page_says_so(queue_key, visitor, costly_look):
    long = f"{BY_THE_MODEL} PC Sharma rang. {made_up(4, 9)[:15_000]}"

    visitor.check(account=long)

    assert IN_A_HURRY in visitor.text()
    assert "Sharma" in listed(visitor)
    assert ">jade<" not in visitor.page


@needs_the_model
def test_ordinary_account_is_looked_at_whole_while_a_long_text_is(queue_key, visitor, costly_look):
    visitor.check(account=f"{BY_THE_MODEL} {PLAIN * 60}")

    assert IN_A_HURRY not in visitor.text()
    assert listed(visitor) == ["jade"]
