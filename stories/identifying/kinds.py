"""The one table of what we look for: its words for people, and the neutral words to put instead."""

from dataclasses import dataclass

from stories.identifying.finding import Finding


@dataclass(frozen=True, slots=True)
class Kind:
    """`contributor` and `moderator` name it on their screens; `why` says how it could identify."""

    contributor: str
    moderator: str
    why: str
    replacements: tuple[str, ...]


KINDS: dict[str, Kind] = {
    "PERSON": Kind(
        "a name",
        "person's name",
        "a name points straight at somebody",
        ("[the person who did it]", "[my ex]", "[a friend]", "[a relative]", "[my child]", "[a name]"),
    ),
    "OFFICER_NAME": Kind(
        "an officer's name",
        "officer's name",
        "an officer's name shows which case this is",
        ("[an officer]", "[the officer in charge]", "[a sergeant]", "[a detective]"),
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
        ("[my postcode]", "[a postcode]"),
    ),
    "ADDRESS": Kind(
        "an address or street",
        "address or street",
        "a street can lead to a front door",
        ("[my address]", "[my street]", "[an address]"),
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
        ("[my National Insurance number]",),
    ),
    "NHS_NUMBER": Kind(
        "an NHS number",
        "NHS number",
        "this number belongs to one person",
        ("[my NHS number]",),
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
        ("[my crime number]", "[a case number]"),
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
        ("[in my twenties]", "[in my thirties]", "[an age]"),
    ),
    "PLACE": Kind(
        "a town or place",
        "town or place",
        "a place narrows down who you are",
        ("[my town]", "[a nearby town]", "[a place]"),
    ),
    "SCHOOL_EMPLOYER": Kind(
        "a school or workplace",
        "school or workplace",
        "the people there could recognise you",
        ("[my workplace]", "[my school]", "[my university]", "[a hospital]"),
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
}


def finding(span: tuple[int, int], kind: str, *, sure: bool = True) -> Finding:
    """Make a finding of this kind, with its plain reason."""
    return Finding(span[0], span[1], kind, KINDS[kind].why, sure)
