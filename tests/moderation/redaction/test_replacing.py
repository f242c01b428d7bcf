"""Neutral words by one press, without any script: everywhere in what was typed, or a reason why not."""

import pytest

from moderation.forms.room import LONGEST
from moderation.redaction.findings import replace_findings, replaceable_kinds
from moderation.team.permissions import Refused
from stories.pii.replacements import key_of
from tests import factories

PHONE = "07700 900123"
KEY = key_of("PHONE", PHONE)


def asked(number, *, key=KEY, language="en", **fields):
    return replace_findings(factories.FIELDS | fields, f"{key}:{number}", language=language, longest=LONGEST)


def test_words_are_replaced_in_every_field():
    words = {"text": f"Ring {PHONE}.\r\n\r\nRing {PHONE}!", "differently": f"Ring me on {PHONE}.", "well": PHONE}
    done = asked(1, title=f"😀 I rang {PHONE}", **words)

    assert done.fields["title"] == "😀 I rang [my number]"
    assert done.fields["text"] == "Ring [my number].\n\nRing [my number]!"
    assert (done.fields["differently"], done.fields["well"]) == ("Ring me on [my number].", "[my number]")
    assert done.fields["force"] == "kent"


def test_what_is_said_of_it_never_holds_the_words_taken_out():
    said = asked(0, text=f"Ring {PHONE}.").said

    assert said == "[a phone number] stands there now, once."


@pytest.mark.parametrize("number", ["2", "-1", "", "x", "٠", "0" * 5_000, "0:1"])
def test_words_that_arent_offered_replace_nothing(number):
    with pytest.raises(Refused, match="Choose the neutral words"):
        asked(number, text=f"Ring {PHONE}.")


def test_words_are_taken_out_with_their_comma_and_title():
    done = asked("out", key=key_of("OFFICER_NAME", "Ravi Holt"), text="I spoke to PC Ravi Holt about it.")

    assert done.fields["text"] == "I spoke about it."
    assert done.said == "Taken out, in one place."


def test_ones_own_words_are_put_in_with_the_rank_gone():
    key = key_of("OFFICER_NAME", "Ravi Holt")
    fields = factories.FIELDS | {"text": "PC Ravi Holt rang."}

    done = replace_findings(fields, f"{key}:own", language="en", longest=LONGEST, own="  the  first\nofficer ")

    assert done.fields["text"] == "The first officer rang."
    with pytest.raises(Refused, match="your own words first"):
        replace_findings(fields, f"{key}:own", language="en", longest=LONGEST, own=" ")


def test_first_words_of_a_name_accuse_nobody():
    done = asked(0, key=key_of("PERSON", "Mr Gill"), text="you are the victim here, Mr Gill")

    assert done.fields["text"] == "you are the victim here, [somebody]"


@pytest.mark.parametrize("kind", ["job", "group or chat", "club", "faith or nationality"])
def test_what_no_machine_looks_for_can_be_chosen_by_hand(kind):
    offered = dict(replaceable_kinds("en"))[kind]

    assert offered[0].startswith("[a ")


def test_wording_that_isnt_there_any_more_replaces_nothing():
    with pytest.raises(Refused, match="any more"):
        asked(0, text="Nobody rang.")


def test_title_that_would_be_too_long_replaces_nothing():
    with pytest.raises(Refused, match="title would be too long"):
        asked(0, title=f"{PHONE} {'a' * 107}", text="Nobody rang.")


@pytest.mark.parametrize("field", ["text", "differently", "well"])
def test_text_that_would_be_too_long_replaces_nothing(field):
    with pytest.raises(Refused, match="text would be too long"):
        replace_findings(factories.FIELDS | {field: PHONE}, f"{KEY}:0", language="en", longest=LONGEST | {field: 13})
