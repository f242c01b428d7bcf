"""The list of what a text still holds: each wording once, what matters most first, with its reason; and neutral words
by one press, without any script.
"""

import json

import pytest
from django.utils import translation
from hypothesis import given, settings, strategies as st

from moderation.forms.room import LONGEST
from moderation.redaction import findings
from moderation.redaction.findings import MOST_LISTED, Remaining, marked_pieces, replaceable_kinds, what_is_seen
from moderation.team.permissions import Refused
from stories.core.publication_gate import WORDS_OF_A_STORY
from stories.core.scanner import Look
from stories.pii import MAX_CHARACTERS, Finding
from stories.pii.replacements import key_of, look_through
from tests import factories, work

PHONE = "07700 900123"
TEXT = f"PC Ravi Holt rang from {PHONE}. I live in Nettlebridge."
KEY = key_of("PHONE", PHONE)


def remaining(text, *, title="", differently="", well="", left=None, language="en", look=None):
    fields = {"title": title, "text": text, "differently": differently, "well": well}
    return Remaining(fields, left or {}, language, Look(look) if look else Look())


def words_of(found):
    return [entry.wording.words for entry in found.entries]


def test_what_needs_a_reason_holds_the_text_back_until_somebody_can_read_one():
    assert words_of(remaining(TEXT)) == [PHONE, "Ravi Holt", "Nettlebridge"]
    for left in ({}, *({KEY: blank} for blank in ("  ", ".", "\u2800", "\u3164\u3164\u3164", "\u200d"))):
        found = remaining(TEXT, left=left)

        assert [entry.wording.words for entry in found.without_reason] == [PHONE], left
        assert "phone number" in found.why_not
        assert PHONE not in found.why_not

    # It stands first with a reason, too.
    found = remaining(TEXT, left={KEY: "It is printed on the force's own page."})
    assert words_of(found) == [PHONE, "Ravi Holt", "Nettlebridge"]
    assert [entry.reason for entry in found.entries if entry.needs_reason] == ["It is printed on the force's own page."]
    assert found.why_not is None


def test_each_field_is_looked_at_and_told_apart():
    def places(found):
        return json.loads(found.places)

    found = remaining(f"Ring {PHONE}.", title=f"I rang {PHONE}", differently="PC Ravi Holt should ring me.")
    [entry, other] = found.entries
    [third] = remaining("", well="PC Ravi Holt rang me.").entries
    [as_a_browser_counts] = remaining(f"😀 {PHONE}").entries

    assert places(as_a_browser_counts) == {"text": [[3, 15]]}
    assert (entry.field, entry.wording.times, entry.before) == ("title", 2, "I rang ")
    assert places(entry) == {"title": [[7, 19]], "text": [[5, 17]]}
    assert (other.field, other.wording.words, other.after) == ("differently", "Ravi Holt", " should ring me.")
    assert places(other) == {"differently": [[3, 12]]}
    assert (third.field, places(third)) == ("well", {"well": [[3, 12]]})


def test_what_goes_with_a_name_is_said_for_each_of_its_places():
    [entry] = remaining("PC Ravi Holt rang. Then Ravi Holt laughed.").entries
    edits = json.loads(entry.edits)
    first, second = (edits["ways"][way] for way in edits["text"])

    assert [first[way] for way in ("[an officer]", "*", "")] == [[3, 0, "[an officer]"], [3, 0], [3, 2, "R"]]
    assert "[an officer]" not in second
    assert second[""] == [0, 1, ""]


def test_few_words_stand_around_the_wording():
    [entry] = remaining("a long way " * 20 + f"to {PHONE} " + "and further on " * 20).entries

    assert (entry.before[0], entry.before[-4:], entry.after[-2:]) == ("…", " to ", " …")
    assert len(entry.before) + len(entry.after) < 90


def test_neutral_words_are_in_the_language_of_the_account(monkeypatch):
    monkeypatch.setattr("moderation.redaction.findings._", lambda words: f"{translation.get_language()}: {words}")

    [entry] = remaining(f"Ffoniwch {PHONE}.", language="cy").entries

    assert entry.neutral[0] == "cy: [a phone number]"
    assert entry.kind == "en-gb: phone number"


# Measured at 25; what compares each with every other is past thousands.
MOST_CALLS_A_WORDING = 100


def many(text, **options):
    """Every line of it a handle."""
    found, start = [], 0
    for line in text.split("\n") if text else ():
        found.append(Finding(start, start + len(line), "HANDLE", "a username can be searched for", sure=True))
        start += len(line) + 1
    return found


def test_thousands_of_wordings_are_compared_with_little_work_for_each():
    account = "\n".join(f"@some{number}" for number in range(6_000))
    fields = dict.fromkeys(WORDS_OF_A_STORY, "") | {"text": "I waited and waited. " * 950}
    seen = []

    calls = work.calls_made(lambda: seen.append(what_is_seen(fields, {"account": account}, look=Look(many))))

    [(_held_back, counts)] = seen
    assert counts["replaced"] == {"HANDLE": 6_000}
    assert calls < 6_000 * MOST_CALLS_A_WORDING


def test_thousands_of_places_are_listed_in_no_time():
    text = "\n".join(f"@someone{number % 50}" for number in range(5_000))
    found = remaining(text, look=many)

    assert sum(entry.wording.times for entry in found.entries) == 5_000
    assert sum(len(entry.places) for entry in found.entries) < 100_000


def test_long_list_is_cut_but_for_entries_with_a_reason_and_keeps_lone_reasons():
    text, gone = "\n".join(f"@someone{number}" for number in range(300)), {"0123abcd" * 4: "Of words that are gone."}
    left = {key_of("HANDLE", f"@someone{number}"): "A force's own." for number in range(200, 300)}

    cut, found = (remaining(text, left=reasons, look=many) for reasons in (gone, left))

    assert len(cut.entries) == MOST_LISTED
    assert cut.unlisted == 300 - MOST_LISTED
    assert dict(cut.unlisted_fields) == {f"left-{key}": why for key, why in gone.items()}
    assert {entry.wording.key for entry in found.entries} >= set(left)
    assert [entry.number for entry in found.entries] == list(range(1, len(found.entries) + 1))
    assert found.unlisted == 300 - len(found.entries)


def marked(text):
    return marked_pieces((text, look_through(text)))


def test_finding_carries_the_words_that_fit_it_best_and_why():
    [finding] = [piece for piece in marked(f"Ring me on {PHONE}, please.") if piece.key]
    assert (finding.text, finding.kind, finding.is_sure, finding.key) == (PHONE, "phone number", True, KEY)
    assert finding.why
    [child] = [piece for piece in marked("My daughter Amy saw it.") if piece.key]
    assert (child.text, child.kind) == ("Amy", "child's name")
    [combined] = [piece for piece in marked("I am the only Polish PCSO in Bakewell.") if piece.others]
    assert (combined.others, combined.is_sure) == ("Bakewell", False)
    assert [piece.text for piece in marked("I waited and waited.")] == ["I waited and waited."]


def test_text_longer_than_one_look_is_looked_through_to_its_end():
    long = ("I waited and waited.\n" * (MAX_CHARACTERS // 20 + 10)) + f"Ring {PHONE}."

    pieces = marked(long)

    assert "".join(piece.text for piece in pieces) == long
    assert [piece.text for piece in pieces if piece.key] == [PHONE]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_pieces_joined_are_the_text(text):
    assert "".join(piece.text for piece in marked(text)) == text


def replaced(fields, asked, *, longest=LONGEST, **own):
    return findings.replace_findings(factories.FIELDS | fields, asked, language="en", longest=longest, **own)


def asked(number, *, key=KEY, **fields):
    done, _put, said = replaced(fields, f"{key}:{number}")
    return done, said


def test_one_press_is_for_every_wording_of_a_person_or_number_and_is_remembered():
    fields = {"text": "PC Ravi Holt rang from 01632 960456. PC Holt rang again from 01632960456."}
    key = key_of("OFFICER_NAME", "Holt")

    done, put, said = replaced(fields, f"{key}:0")
    done, _put, _said = replaced(done, f"{key_of('PHONE', '01632960456')}:0")

    assert done["text"].count("Holt") == 0
    assert not any(letter.isdigit() for letter in done["text"])
    assert "2 times" in said
    assert set(put) == {key, key_of("OFFICER_NAME", "Ravi Holt")}
    again = Remaining(factories.FIELDS | fields, {}, "en", Look(), dict.fromkeys(put, "[my neighbour]"))
    assert {entry.neutral[0] for entry in again.entries if entry.wording.key in put} == {"[my neighbour]"}


def test_part_that_two_whole_names_have_is_nobodys():
    found = remaining("PC Ravi Holt rang. PC Anna Holt rang too. Then PC Holt wrote.")

    keys = {key_of("OFFICER_NAME", words) for words in ("Ravi Holt", "Anna Holt", "Holt")}
    assert not keys & set(found.same)


def test_words_are_replaced_in_every_field():
    words = {"text": f"Ring {PHONE}.\r\n\r\nRing {PHONE}!", "differently": f"Ring me on {PHONE}.", "well": PHONE}
    done, _said = asked(1, title=f"😀 I rang {PHONE}", **words)

    assert {name: done[name] for name in (*words, "title", "force")} == {
        "title": "😀 I rang [my number]",
        "text": "Ring [my number].\n\nRing [my number]!",
        "differently": "Ring me on [my number].",
        "well": "[my number]",
        "force": "kent",
    }


def test_words_are_taken_out_or_give_way_to_ones_own_with_their_comma_and_title():
    key = key_of("OFFICER_NAME", "Ravi Holt")
    done, said = asked("out", key=key, text="I spoke to PC Ravi Holt about it.")
    assert (done["text"], said) == ("I spoke about it.", "Taken out, in one place.")

    fields = {"text": "PC Ravi Holt rang."}
    done, _put, _said = replaced(fields, f"{key}:own", own="  the  first\nofficer ")
    assert done["text"] == "The first officer rang."
    with pytest.raises(Refused, match="your own words first"):
        replaced(fields, f"{key}:own", own=" ")
    # What is said of it never holds the words taken out, and accuses nobody.
    assert asked(0, text=f"Ring {PHONE}.")[1] == "[a phone number] stands there now, once."
    done, _said = asked(0, key=key_of("PERSON", "Mr Gill"), text="you are the victim here, Mr Gill")
    assert done["text"] == "you are the victim here, [somebody]"


def test_every_kind_can_be_chosen_by_hand_that_no_machine_looks_for_too():
    offered = dict(replaceable_kinds("en"))

    for kind in ("job or rank", "group or chat", "faith or place of worship"):
        assert offered[kind][0].startswith("[a "), kind


def test_what_is_not_offered_not_there_or_too_long_replaces_nothing():
    rings = {"text": f"Ring {PHONE}."}
    for number, fields, why in (
        *((number, rings, "Choose the neutral words") for number in ("2", "-1", "", "x", "٠", "0" * 5_000, "0:1")),
        (0, {"text": "Nobody rang."}, "any more"),
        (0, {"title": f"{PHONE} {'a' * 107}", "text": "Nobody rang."}, "title would be too long"),
    ):
        with pytest.raises(Refused, match=why):
            asked(number, **fields)
    for field in ("text", "differently", "well"):
        with pytest.raises(Refused, match="text would be too long"):
            replaced({field: PHONE}, f"{KEY}:0", longest=LONGEST | {field: 13})
