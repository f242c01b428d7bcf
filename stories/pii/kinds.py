"""The one table of what we look for: its words for people, and the neutral words to put instead."""

from dataclasses import dataclass, replace

from stories.pii.finding import Finding


@dataclass(frozen=True, slots=True)
class Kind:
    """`contributor` and `moderator` name it on their screens; `why` says how it could identify."""

    contributor: str
    moderator: str
    why: str
    replacements: tuple[str, ...]


# The first of each kind says nothing of anybody: it may go in unread. `neutral.py` picks from these what fits an age.
AGES = (
    *("[an age]", "[a baby]", "[a young child]", "[a child]", "[young children]", "[children]", "[a year]"),
    *("[in my late teens]", "[in my twenties]", "[in my thirties]", "[in my forties]", "[in my fifties]"),
    *("[in my sixties]", "[in my seventies]", "[in my eighties]", "[in my nineties]"),
    *("[in their late teens]", "[in their twenties]", "[in their thirties]", "[in their forties]"),
    *("[in their fifties]", "[in their sixties]", "[in their seventies]", "[in their eighties]"),
    "[in their nineties]",
)
WORKPLACES = (
    *("[a workplace]", "[a school]", "[a college]", "[a university]", "[a hospital]", "[a surgery]", "[a club]"),
    *("[a pub]", "[a shop]", "[a place of worship]", "[a police station]", "[a court]", "[my workplace]"),
    *("[my school]", "[my university]"),
)

KINDS: dict[str, Kind] = {
    "PERSON": Kind(
        "a name",
        "person's name",
        "a name points straight at somebody",
        (
            *("[somebody]", "[me]", "[my ex]", "[a friend]", "[a relative]", "[my child]", "[an officer]"),
            *("[the person who did it]", "[a name]"),
        ),
    ),
    "OFFICER_NAME": Kind(
        "an officer's name",
        "officer's name",
        "an officer's name shows which case this is",
        ("[an officer]", "[the officer in charge]", "[a sergeant]", "[a detective]", "[somebody]"),
    ),
    "PHONE": Kind(
        "a phone number",
        "phone number",
        "a phone number belongs to one person",
        ("[a phone number]", "[my number]"),
    ),
    "EMAIL": Kind(
        "an email address",
        "email address",
        "an email address belongs to one person",
        ("[an email address]", "[my email]"),
    ),
    "POSTCODE": Kind(
        "a postcode",
        "postcode",
        "a postcode is only a few front doors",
        ("[a postcode]", "[my postcode]"),
    ),
    "ADDRESS": Kind(
        "an address",
        "address or street",
        "a street can lead to a front door",
        ("[an address]", "[a street]", "[my address]", "[my street]"),
    ),
    "URL": Kind(
        "a web link",
        "web link",
        "a link can lead to a person or to the pictures",
        ("[a link]", "[a web page]"),
    ),
    "HANDLE": Kind(
        "a username",
        "username",
        "a username can be searched for",
        ("[a username]", "[his account]", "[her account]", "[my account]"),
    ),
    "NI_NUMBER": Kind(
        "a National Insurance number",
        "National Insurance number",
        "this number belongs to one person",
        ("[a National Insurance number]", "[my National Insurance number]"),
    ),
    "NHS_NUMBER": Kind(
        "an NHS number",
        "NHS number",
        "this number belongs to one person",
        ("[an NHS number]", "[my NHS number]"),
    ),
    "VRM": Kind(
        "a car registration",
        "vehicle registration",
        "a number plate leads to the owner",
        ("[a number plate]", "[his car]", "[my car]"),
    ),
    "CRIME_REF": Kind(
        "a crime or case number",
        "crime or case reference",
        "the police can find your case by this number",
        ("[a case number]", "[my crime number]"),
    ),
    "COLLAR_NUMBER": Kind(
        "an officer's number",
        "collar or warrant number",
        "this number belongs to one officer",
        ("[an officer's number]",),
    ),
    "EXACT_DATE": Kind(
        "an exact date",
        "exact date",
        "a day can be matched with records or with what somebody remembers",
        ("[that day]", "[a day that month]", "[my date of birth]"),
    ),
    "AGE": Kind(
        "an age",
        "exact age",
        "an exact age narrows down who you are",
        AGES,
    ),
    "PLACE": Kind(
        "a place",
        "town or place",
        "a place narrows down who you are",
        ("[a place]", "[my town]", "[a nearby town]"),
    ),
    "SCHOOL_EMPLOYER": Kind(
        "a school or workplace",
        "school or workplace",
        "the people there could recognise you",
        WORKPLACES,
    ),
    "BANK": Kind(
        "a bank or card number",
        "bank or card number",
        "this number belongs to one account",
        ("[a bank number]", "[a card number]"),
    ),
    "NUMBER": Kind(
        "a number that may identify someone",
        "number that may identify",
        "a long number often belongs to one person or one case",
        ("[a number]",),
    ),
    "TOGETHER": Kind(
        "details that together could identify someone",
        "identifies together",
        "each says little alone, but together they can point at one person",
        ("[one of a few]", "[someone like me]", "[where I live]"),
    ),
    "SEARCHABLE": Kind(
        "words that could be searched for",
        "searchable quotation",
        "these exact words could be typed into a search engine",
        ("[what the post said, in other words]", "[a message]"),
    ),
}

# Whose name it is, where the words before it say so: the name is found as PERSON, and these words fit it better.
RELATIONS: dict[str, Kind] = {
    "child": Kind(
        "a child's name",
        "child's name",
        "a child's name leads to the whole family, and the child did not choose to be told of",
        ("[a child]", "[my child]", "[my son]", "[my daughter]", "[the baby]"),
    ),
    "new partner": Kind(
        "a partner's name",
        "partner's name",
        "a partner did not choose to be told of, and their name leads to the two others",
        (
            *("[a partner]", "[my partner]", "[my husband]", "[my wife]"),
            *("[his new partner]", "[her new partner]"),
        ),
    ),
    "relative": Kind(
        "a relative's name",
        "relative's name",
        "a relative's name leads to the whole family",
        ("[a relative]", "[my mother]", "[my father]", "[my sister]", "[my brother]"),
    ),
    "ex": Kind(
        "a name",
        "person's name",
        "the name of an ex points at you as well",
        ("[somebody]", "[my ex]", "[the person who did it]", "[a name]"),
    ),
    "friend": Kind(
        "a friend's name",
        "friend's name",
        "people who know a friend of yours can work out who you are",
        ("[a friend]", "[someone I know]", "[someone at work]"),
    ),
    "supporter": Kind(
        "a supporter's name",
        "supporter's name",
        "a supporter's name shows who they helped",
        ("[someone who helped]", "[my solicitor]", "[a support worker]", "[a teacher]", "[a doctor]"),
    ),
}

# A HANDLE within a link.
PROFILE = Kind(
    "a link to somebody's profile",
    "link to a person's profile",
    "a profile leads straight to one person",
    ("[a link]", *KINDS["HANDLE"].replacements),
)

# What makes a TOGETHER finding up, with the neutral words that fit it.
COMBINATIONS: dict[str, Kind] = {
    "day and place": Kind(
        "an exact date and a small place",
        "exact date with a small place",
        "a day and a small place together can be matched with one report",
        KINDS["EXACT_DATE"].replacements,
    ),
    "age and school": Kind(
        "an age and a school",
        "age with a school",
        "an age and a school together leave only a few people",
        ("[an age]", "[a teenager]", "[a child]"),
    ),
    "only one": Kind(
        "the only one somewhere",
        "the only one in a place",
        "where there is only one, everybody there knows who it is",
        ("[one of a few]", "[someone like me]", "[an officer]"),
    ),
    "job and place": Kind(
        "a rare job and a small place",
        "rare job with a small place",
        "few people in one place have this job",
        ("[a job]", "[my job]", "[their job]"),
    ),
    "people and force": Kind(
        "a nationality or faith and a small force",
        "nationality or faith with a small force",
        "a small force takes few reports from people with this background",
        ("[a background]", "[my background]", "[my faith]"),
    ),
    "disability and force": Kind(
        "a disability or identity and a small force",
        "disability or identity with a small force",
        "a small force takes few reports from people like this",
        ("[someone like me]", "[disabled]"),
    ),
}
# What the finder does not look for: a moderator chooses one of these for words that they select.
BY_HAND: dict[str, tuple[str, ...]] = {
    "job": ("[a job]", "[my job]", "[their job]", "[a colleague]"),
    "group or chat": ("[a group]", "[a chat]", "[a page]", "[my group]"),
    "club": ("[a club]", "[a team]", "[my club]", "[my team]"),
    "faith or nationality": ("[a background]", "[a faith]", "[my background]", "[my faith]"),
}
ALL_KINDS = (*KINDS.values(), *RELATIONS.values(), PROFILE, *COMBINATIONS.values())
NEUTRAL_WORDS = frozenset(
    words for some in (*(kind.replacements for kind in ALL_KINDS), *BY_HAND.values()) for words in some
)
_SPECIAL = {kind.why: kind for kind in (*RELATIONS.values(), PROFILE, *COMBINATIONS.values())}
_TOGETHER_WITH = " Together with: "


def make_finding(span: tuple[int, int], kind: str, *, sure: bool = True) -> Finding:
    """Make a finding of this kind, with its plain reason."""
    return Finding(span[0], span[1], kind, KINDS[kind].why, sure)


def related_kinds(found: Finding, relation: str) -> Finding:
    """Give a PERSON the reason that fits whose name it is: a key of RELATIONS."""
    return replace(found, why=RELATIONS[relation].why)


def kinds_together(found: Finding, combination: str, others: str) -> Finding:
    """Make a finding part of a combination, a key of COMBINATIONS, with the `others` of it in their own words."""
    why = f"{COMBINATIONS[combination].why}.{_TOGETHER_WITH}{others}"
    return Finding(found.start, found.end, "TOGETHER", why, sure=False)


def words_for(found: Finding) -> tuple[Kind, str]:
    """Return the words that fit this finding best, and the words it goes with ("" for none).

    Screens show these rather than `KINDS[found.kind]`: they tell a child's name from an officer's, and a day beside
    a small place from any other combination. All but the second are strings of these tables, to be translated.
    """
    why, _, others = found.why.partition(f".{_TOGETHER_WITH}")
    return _SPECIAL.get(why, KINDS[found.kind]), others
