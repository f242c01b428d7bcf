"""Days without a month, misspelt months and ages said in passing, beside the counts and marks that look like them."""

import pytest

from stories.pii import find_identifying

FOUND = [
    ("EXACT_DATE", "• 1 Feb reported\n• {Thurs 9th} call from the desk"),
    ("EXACT_DATE", "Sat 1st July, threat received. {Sun 2nd}, threat reported."),
    ("EXACT_DATE", "they rang {thrusday 12th} and never again"),
    ("EXACT_DATE", "03.04.23 – attended. Waited.\n{3/5} – no contact."),
    ("EXACT_DATE", "{7/3} i report and on the survey they ring, then 21/3 they close it"),
    ("EXACT_DATE", "18.08.23, 22:40: I rang 999. {19.08}: told to ring 101."),
    ("EXACT_DATE", "On 2 June I rang.\n{the fourteenth} – they phone."),
    ("EXACT_DATE", "and nobody at all on {the thirtieth}, which was written down"),
    ("EXACT_DATE", "i was told they would ring by {the 20th}"),
    ("EXACT_DATE", "{14th}: nothing."),
    ("EXACT_DATE", "on {the 12th of Janaury} he posted it"),
    ("EXACT_DATE", "i went in {3 febuary} and cried"),
    ("EXACT_DATE", "it was {the third of may twenty twenty three} full stop"),
    ("EXACT_DATE", "your letter of {the 9th inst}. is no answer"),
    ("EXACT_DATE", "the form says {Mon 14/10} at noon"),
    ("AGE", "i am {ninteen} and i study"),
    ("AGE", "i tunred {18} and it began"),
    ("AGE", "my daughter, she has {12 years}, and she translated"),
    ("AGE", "my son was {3 months} then"),
    ("AGE", "yes it happens to blokes. {44}. wagon driver."),
    ("AGE", "I was {14/15} when he took it"),
    ("AGE", "my eldest ({sixteen}) saw it"),
    ("AGE", "kids aged {4, 7 and 9} were upstairs"),
    ("AGE", "Divorced, {52}, new to this."),
    ("AGE", "my mate kayleigh was {19} and he knew"),
]
QUIET = [
    "I have telephoned on eleven occasions. On the ninth I was told he was away. On the tenth, that there was nobody.",
    "On the second call I was number four in the queue.",
    "i sat 3rd in the queue on sunday",
    "By the second hour I had read every poster. By the fourth I could recite them.",
    "First: he lied. 2nd: they lied. 3rd: nobody rang.",
    "i gave it 3/5 and my sister 4/5, 9/10 would not ring again, they are there 24/7",
    "9/10 – would not recommend.",
    "The line opens 10.30: busy.",
    "Monday first thing I rang, and on the 4th floor nobody knew.",
    "the bill was 40. the queue was 30.",
    "my case was 3 months waiting and is 9 months old",
    "he has 12 years of experience, he was 20 minutes late and i am 50/50 about it",
    "You must be over 18. They had 12 when I arrived and 15 when I left.",
    "on the shoulder of the m60 for 45 minutes",
]


@pytest.mark.parametrize(("kind", "marked"), FOUND)
def test_day_or_age_is_found_whole(kind, marked):
    start, end = marked.index("{"), marked.index("}") - 1

    found = [(one.kind, one.start, one.end) for one in find_identifying(marked.replace("{", "").replace("}", ""))]

    assert (kind, start, end) in found


@pytest.mark.parametrize("text", QUIET)
def test_count_or_mark_stays_quiet(text):
    assert [one.kind for one in find_identifying(text) if one.kind in {"EXACT_DATE", "AGE"}] == []
