"""Ages, numbers, links and workplaces told by little around them, beside what looks alike."""

import pytest

from stories.pii import find_identifying

FOUND = [
    ("AGE", "he rang while I was at work and spoke to my girl {14} instead"),
    ("AGE", "it was our youngest, {six}, who answered the door"),
    ("AGE", "grandad here, {71}, two fingers and a pencil"),
    ("AGE", "our kieran's {16} and he cannot sleep"),
    ("AGE", "Lottie, my youngest, was {four and a half} when this began"),
    ("AGE", "so it was odd for me, at {53}, to be told off like that"),
    ("AGE", "i am {38 yrs} and come from far"),
    ("AGE", "it was the week of my {thirtieth} and nobody came"),
    ("AGE", "she got it on her {fifteenth birthday}"),
    ("AGE", "{17} ah wis, and naebody telt ma mam"),
    ("AGE", "the lad concerned is {19} and lives at home"),
    ("AGE", "My sons twelv. {TWELVE}. And they said wait."),
    ("COLLAR_NUMBER", "i asked for his number and he said {2094} and walked off"),
    ("COLLAR_NUMBER", "There were figures on her shoulder. {6120}, they said, in silver."),
    ("COLLAR_NUMBER", "Collar {41 07}, tall, never smiled"),
    ("COLLAR_NUMBER", 'he gave his shoulder number as if bored: "{four-four-one-nine}."'),
    ("COLLAR_NUMBER", "I kept the card with {33104} and her name on it"),
    ("COLLAR_NUMBER", "detective lowri evans, nubmer {5521 k}, front desk"),
    ("CRIME_REF", "my ref {gmp 22 4410 118} is dead"),
    ("CRIME_REF", "your log's {77 of the 14/03}, they said"),
    ("CRIME_REF", "Incident {88-140322} was closed"),
    ("CRIME_REF", "he wrote {52 k 0113 22} on a napkin"),
    ("URL", "it is on {myexfiles.example} and they will not look"),
    ("URL", "the thread was {pics-of-her.club} last I looked"),
    ("EXACT_DATE", "I am the one born {14 02 1991}, not my sister"),
    ("EXACT_DATE", "Received {17/6}, a letter with the wrong name"),
    ("BANK", "it went to sotr {402462} in the end"),
    ("HANDLE", "it was {xxchaosgoblinxx} who sent it"),
    ("ADDRESS", "they sent it to {no. 12 heol y bryn} not us"),
    ("ADDRESS", "write to me at {Flat B, The Granary}, thanks"),
    ("ADDRESS", "he lives up on {quarry brae} now"),
    ("SCHOOL_EMPLOYER", "she runs the tills at {bridge street superstore} and cried"),
    ("SCHOOL_EMPLOYER", "I am a carer at {Larch House Nursing Home} in town"),
    ("SCHOOL_EMPLOYER", "i work at {the feathers} pulling pints"),
    ("SCHOOL_EMPLOYER", "he works at {the carpet shed} now"),
    ("SCHOOL_EMPLOYER", "i phoned {hodders garage} where he works"),
    ("SCHOOL_EMPLOYER", "all of {hexham wheelers} saw it"),
    ("SCHOOL_EMPLOYER", "I had to tell the bank and {nortek windows} myself"),
    ("SCHOOL_EMPLOYER", "he was a year above me at {our lady of the angels}"),
    ("SCHOOL_EMPLOYER", "everyone at {blessed hope church} was told"),
]
QUIET = [
    "I was twenty-six years in banking. He was 12 years with the force, she was nine years a nurse.",
    "my girl 14 times rang them and 14 times they said tomorrow",
    "our youngest, six weeks later, still would not sleep",
    "my sister, two of my friends and I went down, and my mum, three streets away, heard it",
    "at ten, he rang. at eleven, she rang. by twelve, I was asleep.",
    "It was our third call, my thirtieth in all. She was on her fourteenth call that day.",
    "the sergeant said there were 40 in the queue before me",
    "my laptop is 8 years old and the station is 40 years old",
    "I asked for his number and he said no. He said 2019 was a bad year.",
    "he was 1500 miles away. he said 1000 times sorry",
    "I cried on her shoulder and counted one two three four and breathed",
    "ref my last email, still nothing. re the 2019 act",
    "I clicked on the link.it was gone. it's live.it's there",
    "i received 3/5 stars for it, and they come 09.30",
    "on garden gate. on the bank. on his way. flat c was empty",
    "my garage and the hospital and the church all rang",
    "i was on nights at the parcel depot, she works in a nursing home",
    "I went to Currys and bought a memory stick, a binder from Wilko too. Royal Mail's business is not mine.",
    "he told the bank and the home insurance, he sells insurance and fits windows",
    "Special Constable St John was kind to me",
]
SHAPED = {kind for kind, _ in FOUND}


@pytest.mark.parametrize(("kind", "marked"), FOUND)
def test_detail_is_found_whole(kind, marked):
    start, end = marked.index("{"), marked.index("}") - 1

    found = [(one.kind, one.start, one.end) for one in find_identifying(marked.replace("{", "").replace("}", ""))]

    assert (kind, start, end) in found


@pytest.mark.parametrize("text", QUIET)
def test_what_looks_alike_stays_quiet(text):
    assert [(one.kind, text[one.start : one.end]) for one in find_identifying(text) if one.kind in SHAPED] == []
