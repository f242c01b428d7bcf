"""What stays quiet, each beside the real thing that must not be hidden by it."""

import pytest

from stories.pii import find_identifying

QUIET = [
    "I rang the Revenge Porn Helpline on 0345 6000 459 and Victim Support on 0808 16 89 111.",
    "Samaritans are on 116 123, the police on 101 or 999.",
    "Section 33 of the Criminal Justice and Courts Act 2015 and section 66B of the Sexual Offences Act 2003.",
    "Kent Police, West Yorkshire Police and the Met passed it around.",
    "It happened in March 2023, in summer, last Tuesday, two weeks later.",
    "It was on Facebook, Snapchat, Telegram and OnlyFans, on my iPhone 13.",
    "I called 24/7. It was 50/50. I give them 0/10. It cost £300 and took 14 months.",
    "I'm 34 weeks pregnant, I was 1 of 9, he was 20 minutes late, I am over 18.",
    "May was the worst month. Will anyone call me? I hope the inspector reads this. Mark my words.",
    "Reading the letter made me sick. Sale of the images went on.",
    "Clare's Law did not help, and it was never near the Old Bailey.",
    "the officer said it was a civil matter. the pc never rang. the sergeant laughed",
    "it was at leeds crown court",
    "see you b4 2nd half",
    "the pcso was sweet, bless him, the officer was young",
    "i was in asda when she rang",
    "I LIVE ALONE WITH A CAT, AND A DOG",
    "It went to South Wales, then to Devon and Cornwall.",
    "My ex said he would send them. My mum came with me. My partner left.",
    'The letter said "Dear Miss Blank". Mr and Mrs Average get a visit.',
    "by dinner time it was out. Ward sister on nights, ward manager on days.",
    "I have a login for a portal called Track My Crime.",
    "well done sherlock, and she's a right karen, happy as larry",
    "mibbe they are, mibbe no, ah dinnae ken, they were aw staunin aboot gawpin",
    "we have not seen eachother since, atleast not properly, and its my mum writin cos im dislexic",
    "i gave it all to acton fraud",
    "Cheers, thanks a bunch.\nNot yours,\nA Taxpayer",
    "Signed, Fed Up.",
    "my name will be known, my name is mud, the pc will ring, the sergeant may call, it will mark me",
    "the pc guy was rude, some guy at the desk said no, it was a long day for the pc",
    "a big rose on my arm, big deal, old news, young people, little faith",
    "the other side of the estate, the housing estate, the council estate, over the other way, out of the way",
    "asked for help, asked for an update, put pressure on me, they put conditions on him",
    "in limbo, in bits, from heaven to hell, in theory, in practice",
]
REAL = [
    "0345 6000 459 is the helpline, mine is {07700 900123}",
    "section 33, and mine's {943 476 5919}",
    "section 33 did not help in {SS3 0ZP}",
    "Kent Police sent PC {Kent}",
    "Durham Police said no but I live in {Durham}",
    "{Mrs Derbyshire} wrote to Derbyshire Police",
    "In March I moved to {March}",
    "Reading the letter in {Reading}",
    "Will anyone help? They interviewed {Will} again.",
    "I hope PC {Hope} reads this",
    "after 34 weeks, when I was {34}, it ended",
    "I called 24/7 until {24/7/21}",
    "see you b4 2nd half, at {B4 2ND}",
    "facebook.com has {facebook.com/alice.b.99}",
    "Clare's Law is no help to {Clare Smith}",
    "the pcso was sweet, the pcso was {hussein}",
    "i was in asda, i work at {asda}",
    "I CAME WITH A CAT AND WITH {A. TURNER}",
    "South Wales Police never came to {Swansea}",
    "at leeds crown court, far from {leeds}",
    "my iphone13, his snap {kinglogan59}",
    "the officer rang, then officer {Wilkes}",
    "the {Okonedo} family came to leeds family court",
    "Operation Yewtree was on the news, and {Yewtree} rang",
    "to be frank, {Frank} rang me",
    "after my operation {Dave} rang me",
    "the Queen wrote, then {Queenie} rang",
    "https://www.police.uk/ has nothing on {https://example.com/a/b}",
    "number 42 is the bus, he lives at {number 42}, and",
    "I was 1 in 4, she turns {13} in June",
    "he listened with patience, then my mum {Patience} rang",
    "the college of policing told {Keele University}",
    "the Crown said no, so we met in the {Rose and Crown}",
    'the letter said "Dear Miss Blank", it was for {Miss Blankley}',
    "the ward sister came, {Sister Philomena} came too",
    "Track My Crime says open, {Tracey Osei} says closed",
    "ok sherlock, who's faking that, ok {Sherrill}",
    "mibbe he kens, ah dinnae ken, but {Kenneth} kens",
    "acton fraud is no help in {acton}",
    "it was long, and pc {long} was short with me",
    "they will not ring, my names {will}",
    "the guy at the desk, then dc {guy}",
    "the council estate, then off the {raffles} estate",
    "out of the way, up {easington} way",
    "fe deimlais yn ddrwg wrth ddweud, ond mae {Siân Puw} yn garedig ac yn fy helpu",
]


@pytest.mark.parametrize("text", QUIET)
def test_what_identifies_nobody_stays_quiet(text):
    assert [text[one.start : one.end] for one in find_identifying(text)] == []


@pytest.mark.parametrize("marked", REAL)
def test_the_real_thing_beside_it_is_found(marked):
    start, end = marked.index("{"), marked.index("}") - 1

    found = [(one.start, one.end) for one in find_identifying(marked.replace("{", "").replace("}", ""))]

    assert found == [(start, end)]
