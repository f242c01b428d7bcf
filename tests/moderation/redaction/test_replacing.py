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
    done, _said = asked(1, title=f"😀 I rang {PHONE}", **words)

    assert done["title"] == "😀 I rang [my number]"
    assert done["text"] == "Ring [my number].\n\nRing [my number]!"
    assert (done["differently"], done["well"]) == ("Ring me on [my number].", "[my number]")
    assert done["force"] == "kent"


def test_words_are_taken_out_with_their_comma_and_title():
    done, said = asked("out", key=key_of("OFFICER_NAME", "Ravi Holt"), text="I spoke to PC Ravi Holt about it.")

    assert (done["text"], said) == ("I spoke about it.", "Taken out, in one place.")


def test_ones_own_words_are_put_in_with_the_rank_gone():
    key = key_of("OFFICER_NAME", "Ravi Holt")
    fields = factories.FIELDS | {"text": "PC Ravi Holt rang."}

    done, _said = replace_findings(fields, f"{key}:own", language="en", longest=LONGEST, own="  the  first\nofficer ")

    assert done["text"] == "The first officer rang."
    with pytest.raises(Refused, match="your own words first"):
        replace_findings(fields, f"{key}:own", language="en", longest=LONGEST, own=" ")


def test_what_is_said_of_it_never_holds_the_words_taken_out_and_accuses_nobody():
    assert asked(0, text=f"Ring {PHONE}.")[1] == "[a phone number] stands there now, once."
    done, _said = asked(0, key=key_of("PERSON", "Mr Gill"), text="you are the victim here, Mr Gill")
    assert done["text"] == "you are the victim here, [somebody]"


def test_what_no_machine_looks_for_can_be_chosen_by_hand():
    offered = dict(replaceable_kinds("en"))

    assert all(offered[kind][0].startswith("[a ") for kind in ("job", "group or chat", "club", "faith or nationality"))


def test_what_is_not_offered_not_there_or_too_long_replaces_nothing():
    for number in ("2", "-1", "", "x", "٠", "0" * 5_000, "0:1"):
        with pytest.raises(Refused, match="Choose the neutral words"):
            asked(number, text=f"Ring {PHONE}.")
    with pytest.raises(Refused, match="any more"):
        asked(0, text="Nobody rang.")
    with pytest.raises(Refused, match="title would be too long"):
        asked(0, title=f"{PHONE} {'a' * 107}", text="Nobody rang.")
    for field in ("text", "differently", "well"):
        with pytest.raises(Refused, match="text would be too long"):
            replace_findings(
                factories.FIELDS | {field: PHONE}, f"{KEY}:0", language="en", longest=LONGEST | {field: 13}
            )
