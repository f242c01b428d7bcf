"""What could identify somebody: marked and listed once in groups, replaced wherever it stands, and never in the way."""

import re
from html import unescape

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from stories.intake import highlights
from stories.intake.highlights import Spotted, look_once
from stories.models import Submission
from stories.pii import KINDS, MAX_CHARACTERS, Finding
from stories.pii.kinds import kinds_together, make_finding
from stories.pii.model import names
from stories.pii.replacements import key_of
from tests.stories.intake.visiting import TOLD, WelshVisitor, raising, sent
from tests.stories.pii.hostile import made_up

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
    assert not Submission.objects.filter(is_flood=True).exists()

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


OF_HOLT = "My ex Jamie Holt rang me on 07700 900123. Jamie Holt said he would ring again."
BOXES = {"account": OF_HOLT, "differently": "", "well": "", "giveaways": "Call me on 07700 900123"}


def look_at(account, **more):
    return Spotted({**BOXES, "account": account, **more}, look_once())


def on_list(found):
    return [each for group in found.groups for each in group.listed]


def test_what_gives_somebody_away_is_not_looked_at_because_it_is_never_published():
    found = look_at("They listened.", giveaways="Call me on 07700 900123")

    assert (found.groups, set(found.looked)) == ([], {"account"})


def test_wording_that_is_sure_at_one_place_is_marked_as_sure_at_each():
    found = look_at("My ex Jamie Holt rang. I saw the man was called Jamie Holt.")

    assert len(found.groups) == 1
    assert "maybe" not in found.marked("account")


def test_sure_comes_before_unsure_and_combinations_and_quotations_come_last():
    found = look_at(
        'He posted "nobody would ever want you with a face like that you stupid cow" on Facebook. On 3 May 2024 I was '
        "in Bakewell. my daughter ellie rang 07700 900123."
    )

    assert [group.label for group in found.groups] == [
        "a phone number",
        "maybe a place",
        "maybe a child's name",
        "maybe an exact date and a small place",
        "maybe words that could be searched for",
    ]
    assert on_list(found)[3].wording.others == "Bakewell"


def test_long_list_is_cut_and_what_is_left_out_is_counted_and_still_marked(monkeypatch):
    names = [first + second for first in "ABCDEF" for second in "abcdef"]
    findings = [make_finding((at, at + 2), "PERSON") for at in range(0, 3 * len(names), 3)]
    monkeypatch.setattr(highlights, "find_identifying", lambda text, **_: findings)

    found = look_at(" ".join(names))

    assert len(on_list(found)) == highlights.MOST_LISTED == 30
    assert found.more == 6
    assert found.marked("account").count("<mark") == 36


def test_first_place_of_a_wording_is_counted_as_a_browser_counts():
    text = "😀👩‍👧 PC Sharma, and PC Sharma again."

    (each,) = on_list(look_at("", well=text))

    in_utf16 = text.encode("utf-16-le")
    assert in_utf16[2 * each.first.start : 2 * each.first.end].decode("utf-16-le") == "Sharma"
    assert each.first.field == "well"
    assert each.first.start != text.index("Sharma")


def test_mark_says_in_words_what_it_is_and_only_the_first_leads_to_its_choices():
    html = look_at("PC Sharma rang. PC Sharma rang again.").marked("account")

    label = '<span class="visually-hidden"> (an officer&#x27;s name)</span>'
    assert html == (
        f'PC <mark id="mark-1"><a href="#spotted-1">Sharma{label}</a></mark> rang. '
        f"PC <mark>Sharma{label}</mark> rang again."
    )


def test_marked_words_are_all_the_words_and_cannot_become_markup():
    html = re.sub(r"<span.*?</span>", "", look_at(f"😀 {OF_HOLT}\n\nThe end.").marked("account"))

    words = re.sub(r"</?(?:mark|a)\b[^>]*>", "", html).replace("<br>", "\n")
    assert unescape(words) == f"😀 {OF_HOLT}\n\nThe end."
    html = look_at('<script>x</script> "PC Sharma" & <b>').marked("account")
    assert not re.search("<(script|b)>", html)
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_marked_and_listed(kind, monkeypatch):
    each = kinds_together(Finding(0, 4, kind, "", False), "job and place", "Bakewell") if kind == "TOGETHER" else None
    monkeypatch.setattr(highlights, "find_identifying", lambda text, **_: [each or make_finding((0, 4), kind)])

    found = look_at("Some words.")

    assert "<mark" in found.marked("account")
    assert found.groups[0].why.endswith(".")
    assert on_list(found)[0].neutral


def test_where_the_model_fails_the_rules_still_look(monkeypatch, caplog):
    monkeypatch.setattr("stories.pii.model.names.likely_names", raising(MemoryError))

    found = look_at(OF_HOLT)

    assert [each.wording.words for each in on_list(found)] == ["Jamie Holt", "07700 900123"]
    assert found.hurried
    assert "MemoryError" in caplog.text


def test_text_that_is_too_long_for_a_look_is_shown_as_it_is(caplog):
    text = "PC Sharma. " * (MAX_CHARACTERS // 10)

    found = look_at(text)

    assert found.groups == []
    assert found.missed
    assert found.marked("account") == text
    assert caplog.records == []

    # The form refuses it, and no choice goes in.
    long, fields = "Jamie Holt " * (MAX_CHARACTERS // 10), {f"was_{NAME}": "Jamie Holt", f"swap_{NAME}": "[my ex]"}
    assert with_choices(FORM | {"account": long}, **fields) == (FORM | {"account": long}, 0)


FORM = {"account": OF_HOLT, "differently": "", "well": "I rang 07700 900123.", "giveaways": "It is 07700 900123."}
NAME, PHONE = key_of("PERSON", "Jamie Holt"), key_of("PHONE", "07700 900123")


def with_choices(texts=FORM, **fields):
    """Put in what a form with these fields chose: the texts, and how many wordings gave way."""
    given = MultiValueDict({name.replace("_", "-"): [value] for name, value in fields.items()})
    changed, gone = highlights.put_in(texts, highlights.choice_fields(given), look_once())
    return changed, len(gone)


def account(**fields):
    return with_choices(**fields)[0]["account"]


@pytest.fixture
def blind(monkeypatch):
    """The finder finds nothing."""
    monkeypatch.setattr(highlights, "find_identifying", lambda text, **_: [])


def test_chosen_words_go_in_wherever_it_stands_and_what_is_taken_out_goes_whole():
    changed, how_many = with_choices(**{f"swap_{PHONE}": "[my number]", f"swap_{NAME}": "[my ex]"})

    assert changed == {
        "account": "[my ex] rang me on [my number]. [my ex] said he would ring again.",
        "differently": "",
        "well": "I rang [my number].",
        "giveaways": "It is 07700 900123.",
    }
    assert how_many == 2
    changed, how_many = with_choices(**{f"swap_{PHONE}": "take-out"})
    assert changed["account"] == "My ex Jamie Holt rang me. Jamie Holt said he would ring again."
    assert how_many == 1


def test_own_words_win_over_the_list_blank_ones_are_none_and_endless_ones_are_cut():
    for chosen in ("[my ex]", "keep", ""):
        text = account(**{f"swap_{NAME}": chosen, f"own_{NAME}": "the man who  did it\n"})
        assert text.casefold().count("the man who did it") == 2
        assert "Jamie" not in text
    for own in ("", " ", " \n "):
        assert account(**{f"own_{NAME}": own}) == OF_HOLT
        assert "[my ex]" in account(**{f"own_{NAME}": own, f"swap_{NAME}": "[my ex]"})
    text = account(**{f"own_{NAME}": "x" * 5000})
    assert max(map(len, re.findall("x+", text))) == highlights.LONGEST_OWN
    # Those that are kept, unknown or empty change nothing.
    unknown = {f"swap_{'0' * 32}": "[a name]"}
    for fields in ({f"swap_{NAME}": "keep"}, {f"swap_{NAME}": ""}, unknown, {"swap_": "x"}, {}):
        assert with_choices(**fields) == (FORM, 0)


def test_listed_words_go_out_even_if_not_spotted_this_time_and_of_another_key_none(blind):
    fields = {f"was_{NAME}": "Jamie Holt", f"swap_{NAME}": "[my ex]", f"was_{PHONE}": "07700 900123"}

    changed, how_many = with_choices(FORM | {"well": "JAMIE HOLT, and Jamie Holton."}, **fields)

    assert changed["account"] == "[my ex] rang me on 07700 900123. [my ex] said he would ring again."
    assert changed["well"] == "[my ex], and Jamie Holton."
    assert how_many == 1
    for found, words in ((NAME, "rang"), (key_of("PERSON", ""), "")):
        assert account(**{f"was_{found}": words, f"swap_{found}": "[x]"}) == OF_HOLT


def test_forged_choices_cannot_make_a_text_grow_without_bound(blind):
    fields = {}
    for number in range(500):
        words = f"w{number}"
        key = key_of("PERSON", words)
        fields |= {f"was_{key}": words, f"own_{key}": " ".join([f"w{number + 1}"] * 60)}

    changed, how_many = with_choices(FORM | {"account": "w0 w1 w2 " * 100}, **fields)

    assert how_many <= highlights.MOST_LISTED
    assert len(changed["account"]) <= 300 * highlights.LONGEST_OWN + 300
