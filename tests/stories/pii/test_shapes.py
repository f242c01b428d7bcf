"""Details told by their shape, each found whole, in the case people type it."""

import pytest

from stories.pii import find_identifying

WHOLE = [
    (
        "PHONE",
        "call me on {} please",
        ["07700 900123", "07700900123", "+44 7700 900 123", "0044 1632 960001", "(0161) 496 0000"],
    ),
    ("PHONE", "ring {} after six", ["020 7946 0999", "07700-900-123", "+353 1 496 0000"]),
    (
        "PHONE",
        "it was {} they rang",
        [
            *("07700/900/123", "07700_900_123", "07700,900,123", "07700/900123", "07700;900;123", "07700 / 900 / 123"),
            *("07700\n900\n123", "07700=900=123", "(07700)/900/123", "0770/090/0123", "020/7946/0018", "0114,496,0123"),
            *("+44/7700/900/123", "0044,7700,900,123", "447700900123", "44 7700 900123", "07,70,09,00,12,3"),
            *("0,7,7,0,0,9,0,0,1,2,3", "0_7_7_0_0_9_0_0_1_2_3", "+33/6/12/34/56/78", "０７７００／９００／１２３"),
        ],
    ),
    (
        "EMAIL",
        "I asked {} about it",
        [
            *("jo @ example . com", "jo@ example . co . uk", "jo [at] example [dot] com", "jo(at)example(dot)com"),
            *("jo\n@\nexample.com", "jo ＠ example．com", "jo @ gmail", "jo@example. com"),
        ],
    ),
    (
        "POSTCODE",
        "I live at {} now",
        ["SW1A-1AA", "sw1a-1aa", "SW1A.1AA", "SW1A_1AA", "SW1A/1AA", "SW1A\n1AA", "S W 1 A 1 A A", "ＳＷ１Ａ－１ＡＡ"],
    ),
    ("EMAIL", "write to {} please", ["alice.b@example.co.uk", "ALICE_B@EXAMPLE.COM", "alice at example dot com"]),
    (
        "URL",
        "it is on {} still",
        ["https://example.com/v/123?x=1", "www.example.org/leaks/alice", "example.xyz/u/alice", "reddit.com/r/alice"],
    ),
    ("HANDLE", "his snap is {} and", ["@alice_b", "alice.b99", "xx_alice_xx", "the.real.alice"]),
    ("HANDLE", "he posts as {} on Reddit", ["bigbob79", "u/bob_bob", "bob.b"]),
    ("POSTCODE", "I live at {} now", ["LE11 3AA", "le113aa", "M1 1AE", "SW1A 2AA", "B33 8TH"]),
    (
        "ADDRESS",
        "he came to {} again",
        ["12 Acacia Road", "flat 3, 14b elm grove", "Flat 3b Albion Court", "2/1 Hope Street"],
    ),
    ("ADDRESS", "we met on {} twice", ["Acacia Avenue", "acacia avenue", "Station Road", "Mill Way"]),
    ("NI_NUMBER", "my NI is {} ok", ["JK 12 34 56 C", "jk123456c", "JK 123456 C"]),
    ("NHS_NUMBER", "NHS number {} on it", ["943 476 5919", "9434765919", "943-476-5919"]),
    ("VRM", "his car, {}, was there", ["FN19 KLO", "fn19klo", "A123 BCD", "ABC 123D", "JXZ 4677"]),
    ("BANK", "my card {} was used", ["4111 1111 1111 1111", "4111111111111111", "4111-1111-1111-1111"]),
    ("BANK", "sort code {} it went to", ["20-45-11", "204511", "20 45 11"]),
    (
        "CRIME_REF",
        "my crime ref is {} they said",
        ["22*118834*21", "01/445566/23", "CR/2023/00451", "13180877317", "198 of 7th March"],
    ),
    ("CRIME_REF", "they gave me {} and", ["46/47017/25", "5654974/22", "G953656-22", "4300-220921", "0542/02FEB24"]),
    ("COLLAR_NUMBER", "her collar number was {} I think", ["4521", "CF150", "384JM", "V1601"]),
    ("COLLAR_NUMBER", "PC {} came round", ["57965", "141ah", "2299"]),
    (
        "EXACT_DATE",
        "it was {} when",
        [
            "3rd Feb",
            "the 12th of May 2025",
            "12/02/2005",
            "2022-01-23",
            "Tuesday 16 June 2023",
            "August 14th",
            "the third of May",
        ],
    ),
    ("AGE", "I was {} when we met", ["19", "nineteen", "twenty-three"]),
    ("AGE", "my {} son saw", ["7 year old", "12-year-old", "9yo"]),
]


@pytest.mark.parametrize(
    ("kind", "frame", "detail"), [(kind, frame, one) for kind, frame, many in WHOLE for one in many]
)
def test_detail_is_found_whole(kind, frame, detail):
    text = frame.format(detail)

    found = [(one.kind, text[one.start : one.end]) for one in find_identifying(text)]

    assert (kind, detail) in found


QUIET = """
It was on 12/05/2023 and again on 07/08/2023, 09:30, or 07/08/2023 9:30.
From 07:30:15 to 08:45:10, between 09:00-17:30, at 0730, 0815, 0900 and 1030.
They spent £1,200,000 of 447,700,900,123, in steps of 10,000, 12,000 and 15,000.
We met @ the station. I was @ home. me and my mum went. It was 20 @ 5 each.
Numbers 01, 02, 03, 04, 05 and 06, years 2019, 2020, 2021, a scale of 0,1,2,3,4,5,6,7,8,9,10.
Flat B4, 2nd floor, unit L1/5ft wide, section 33(1)(a), version 1.2.3.4, ISO 27001:2013.
Call 101 or 0345/6000/459 or 0300/123/1234 to talk.
"""


@pytest.mark.parametrize("line", QUIET.strip().splitlines())
def test_days_amounts_and_lists_of_numbers_lead_to_nobody(line):
    ways = {"PHONE", "EMAIL", "POSTCODE", "HANDLE", "CRIME_REF"}

    assert [
        (each.kind, line[each.start : each.end]) for each in find_identifying(line) if each.kind in ways and each.sure
    ] == []
