"""Schools, universities, hospitals and employers."""

import re
from collections.abc import Callable, Iterator

from stories.pii import words
from stories.pii.context import institutions, places
from stories.pii.context.institutions import HEADS, LONGEST, is_joined, is_slip
from stories.pii.finding import Finding
from stories.pii.kinds import make_finding
from stories.pii.tokens import Words
from stories.pii.words import read_list, read_words, word_group

# --- Patterns ---------------------------------------------------------------------------------

SAINT = re.compile(
    r"""(?<!\w)(?P<it>(?:st\.?|saint)[ ][a-z]{3,15}(?:['’]s|s['’]?)(?![\w])|(?:St\.?|
        Saint)[ ](?-i:[A-Z])[a-z]{2,15})(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
SONS = re.compile(
    r"""(?<!\w)(?P<it>[A-Za-z][a-z'’]{1,20}(?:,[ ](?-i:[A-Z])[a-z'’]{1,20})?[ ](?:&|and)[ ](?:sons?|co|
        daughters?|partners)(?:[ ](?:fabrics|butchers|builders|bakers|funeral[ ]directors|undertakers|motors|haulage|
            roofing|removals|
        jewellers|plumbing|joinery|ltd|limited|fishmongers|greengrocers|scrap|skips|electrical|printers|tyres))?)
            (?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
SAINT_THING = re.compile(
    r"""(?<!\w)(?P<it>(?:st\.?|saint)[ ][a-z]{3,15}(?:['’]s|s['’])?(?:[ ](?:technical|tech|high|primary|grammar|
            school|college|academy|
        church|hospital|hospice|infants|juniors|rc|ce|catholic|mission|hall|gaa|fc|afc|rfc|choir|scouts|surgery|
            nursery|ambulance|
        sixth[ ]form|infirmary)){1,3})(?!\w|[ ](?:st|street|road|rd|lane|avenue)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
MET = re.compile(r"\bat[ ](?P<it>[A-Z][a-z]{3,15}[ ]Met)(?!\w|[ ][A-Z]|[ ]police)")
_BARWORK = r"""\b(?:work(?:s|ed|ing)?|job|shifts?|chef|cook(?:s|ed|ing)?|barmaid|barman|bar|doorman|bouncer|landlady|
            landlord|pints|waitress|
    pot[ ]wash|porter|manager|glasses|door|quiz|kitchen|karaoke)[ ](?:[a-z]{2,9}[ ]){0,2}?"""
FEATHERS = re.compile(
    rf"""{_BARWORK}(?:at|for)[ ](?P<it>the[ ](?:feathers|crown|plough|fleece|anchor|wheatsheaf|bell|swan|fox|bull|
            griffin|greyhound|
        mitre|bridge|railway|victoria|albert|george|nelson|shakespeare|falcon|unicorn|chequers|woolpack|bay[ ]horse|
        barley[ ]mow|beehive|navigation|cricketers|duke|sportsman|foresters))(?=[ ]?[.,;:!?)\n]|$|
        [ ](?:and|pulling|in|on|where|when|so|as|now|but|with|near|by|we|i|he|she|they|who|til|till|until|every|
            most)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
SHED = re.compile(
    r"""\b(?:work(?:s|ed|ing)?|manager|boss|job|shifts?|supervisor|start(?:s|ed)?|apprentice|till|tills)[ ]
            (?:[a-z]{2,9}[ ])?(?:at|for)[ ]
        (?P<it>the[ ](?!back\b|staff\b|post\b|mail\b|front\b|old\b|new\b|control\b|waiting\b|tool\b|bike\b|garden\b|
            incident\b|stock\b|
        store\b|class\b|engine\b|server\b|plant\b|operating\b|call\b|custody\b|locker\b|break\b|family\b|sitting\b|
            court\b|cow\b|tea\b|door\b|changing\b|chat\b|
        same\b|other\b|lambing\b|tractor\b|whole\b|first\b|second\b|dining\b|living\b|spare\b|big\b|
            wooden\b)[a-z]{3,12}[ ]
        (?:room|shed|barn|pantry|oven|larder|emporium|shack|cabin))(?!\w|[ ](?:door|floor|manager|table)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
UNIVERSITY = re.compile(
    r"""(?<!\w)(?P<it>(?:the[ ])?(?:universi?t?i?y|univeristy|universtiy|unversity|uni|college|bishop)[ ]of[ ]
        (?:the[ ])?(?P<place>(?:(?:east|west|
        north|south|central)[ ])?[a-z]{3,20}(?:[ ]of[ ](?:england|scotland))?))(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
YSGOL = re.compile(
    r"""(?<!\w)(?P<it>(?:ysgol|coleg|prifysgol|ysbyty)(?:[ ](?:[A-Z][a-z]{1,15}|[a-z]{1,15})){1,3}?)(?=[.,;!?)\n]|
        [ ](?:and|in|on|so|but|where|when|he|she|i|with|for|at|to|because|cos|was|is|yn|yng|ym|ac|a|ond|pan|lle|ers|
        oedd|mae|bob|ar|gyda)\b|$)""",
    re.VERBOSE | re.IGNORECASE,
)
WORKS = re.compile(
    r"""\b(?:(?:work(?:s|ed|ing)?|job|jobs|shifts?|employed|manager|nurse|cleaner|porter|teach(?:es|er|ing)?|
        taught|tutor|lecturer|student|stud(?:y|ies|ied|ying)|assistant|supervisor|colleagues?|cashier|
        receptionist|apprentice|intern|course|driver|chef|trained|hr|boss|danc(?:e|es|ed|ing)|sing(?:s|ing)?|sang|play
            (?:s|ed|ing)?[ ](?:netball|football|rugby|hockey|cricket|darts|guitar|bass|drums|tennis)|
        perform(?:s|ed|ing)?|play(?:s|ed|ing)?|volunteer(?:s|ed|ing)?|coach(?:es|ed|ing)?|yoga|(?:tills|checkouts?|
            door|bar)|warden|
        governors?|trustee|clean(?:s|ed|ing)?|caretaker|technician|engineer|consultant|carer|waitress|barmaid|bouncer|
    teach[ ]year[ ]\w{1,6}|year[ ]\w{1,6}|degree|year|placement(?:[ ](?:is|was))?|everyone|everybody|colleagues|staff|
        lads|girls|driv(?:es|ing)|drove|
    deliver(?:s|ed|ing)?|temp(?:s|ed|ing)?|intern(?:s|ed|ing)?|pack(?:s|ed|ing)?|cook(?:s|ed|ing)?|
    (?:does|do|did|doing)[ ](?:the[ ])?(?:reception|nights?|days|shifts?|door|bar|security|cleaning|catering|tills?|
        deliveries|
        admin|accounts|payroll|earlies|lates|weekends|hair|nails|maintenance|it|saturdays|sundays))[ ](?:(?:in|
        on)[ ](?:the[ ])?\w{1,15}[ ](?:ward[ ])?|pe[ ]|maths[ ]|english[ ]|science[ ])?(?:at|for|with|
        in[ ](?=the[ ](?-i:[A-Z])|(?:boots|costa|aldi|argos|greggs|asda|tesco|primark|subway|lidl|morrisons)\b))|
            my[ ]work(?:place)?,|my[ ]work(?:place)?[ ]\(|(?:go(?:es)?|went|
        going)[ ]to|off[ ]work[ ]from|home[ ]from|employer,?|workplace,?)[ ](?=\w)|\b(?:school|college|uni|
        university|work|workplace|employer|hospital|nursery|surgery)[ ]?(?:\(|[ ]called[ ])(?=(?-i:[A-Z]))|
        my[ ]work(?:place)?[ ]\((?=\w)""",
    re.VERBOSE | re.IGNORECASE,
)
PARENTS = re.compile(
    r"""(?<=[ ])(?=parents['’]?[ ](?:evening|night|day)|open[ ](?:day|evening)|sports[ ]day|uniform\b|
        year[ ]\d{1,2}\b|sixth[ ]form\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_PHRASES = tuple(sorted(read_list("employers"), key=len, reverse=True))
EMPLOYER = re.compile(
    r"(?<![\w@])(?<!in[ ])(?<!to[ ])(?<!side[ ])(?<!near[ ])"
    rf"(?:{'|'.join(re.escape(each) for each in _PHRASES)})(?![\w@])",
    re.IGNORECASE,
)
UNIVERSITY_NAMES = re.compile(
    r"""(?<!\w)(?P<it>uclan|ucl|lse|kcl|uwe|uea|umist|qmul|lsbu|mmu|ljmu|bcu|ntu|dmu|soas|
        u?w?trinity[ ]saint[ ]david|
    (?:leeds|manchester|sheffield|birmingham|nottingham|oxford|liverpool|cardiff|london|glasgow|edinburgh|
        southampton|buckinghamshire|staffordshire|canterbury)[ ](?:beckett?|met(?:ropolitan)?\b(?![ ]police)|
        hall?[ae]m|city[ ]uni\w{0,8}|trent|brookes|john[ ]moores|caledonian|napier|solent|new[ ]university|
        christ[ ]church)|
    king['’]?s[ ]college(?:[ ]london)?|queen['’]?s[ ](?:university[ ])?belfast|royal[ ]holloway|goldsmiths|
        imperial[ ]college|de[ ]montfort|heriot[ \-]watt|robert[ ]gordon|edge[ ]hill|harper[ ]adams|
        anglia[ ]ruskin)(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
PARTNERS = re.compile(
    r"(?<!\w)(?P<it>(?P<one>[A-Z][a-z]{2,20})(?:['’]s)?[ ]&[ ][A-Z][a-z]{2,20})"
    r"(?![\w]|[ ](?:Police|Constabulary))"
)
_PUB_WORD = (
    r"(?:Arms|Tavern|Lion|Hart|Hounds|Horses?|Horseshoes|Swan|Bull|Oak|Crown|Anchor|Plough|Fleece|Feathers|Bell|Castle"
    r"|Wheatsheaf|Star|Ship|Griffin|Boar|Fox|Head)"
)
PUB = re.compile(
    r"\b(?:in|at|outside|behind|near|from|runs?)[ ][Tt]he[ ](?P<it>"
    rf"(?:(?-i:[A-Z])[a-z'’]{{2,15}}[ ]){{1,2}}(?-i:{_PUB_WORD})"
    rf"|(?:(?-i:[A-Z])[a-z]{{2,15}}[ ](?:and|&|of)[ ])(?-i:{_PUB_WORD})"
    r"|(?:red|white|black|golden|royal|blue|green|old)[ ](?:lion|hart|swan|bull|horse|oak|boar)"
    r"|(?:king|queen)['’]?s[ ](?:arms|head)|(?:fox|hare)[ ](?:and|n|&)[ ]hounds|coach[ ](?:and|n|&)[ ]horses"
    r"|rose[ ](?:and|n|&)[ ]crown|dog[ ](?:and|n|&)[ ](?:duck|partridge)|crown[ ](?:and|n|&)[ ]anchor)"
    r"(?!\w|[ ](?-i:[A-Z]))",
    re.IGNORECASE,
)
ROYAL = re.compile(
    r"\b(?:at|to|from|in|outside)[ ](?P<it>[Tt]he[ ][Rr]oyal[ ](?P<one>[A-Z]?[a-z]{2,15}))"
    r"(?![\w'’]|[ ](?-i:[A-Z])|[ ](?:road|street|park|hotel|show|society|college|family|mile|yacht)\b)"
)
# "The bakery" says little; with who works there it is one.
WHERE = re.compile(
    r"""\b(?P<it>the[ ](?:[a-z]{3,12}[ ])?(?:school|nursery|college|bakery|salon|garage|pub|caf[eé]|shop|surgery|
        hospital|factory|warehouse|office|restaurant|hotel|gym|church|library|pharmacy|chippy|butchers?|
        barbers?)[ ]where[ ](?:i|he|she|(?:my|his|her|our|their)[ ](?:[a-z]{2,8}[ ])?(?:mum|mam|mother|dad|father|
        sister|brother|wife|husband|partner|ex|friend|mate|aunt|uncle|gran|nan|cousin|
        girlfriend|boyfriend))[ ](?:now[ ]|still[ ])?
        (?:works?|worked|teach(?:es)?|taught|cooks?|cleans?|volunteers?))\b
        (?!,[ ](?:the\b|(?-i:[A-Z]))|[ ]?[(:])""",
    re.VERBOSE | re.IGNORECASE,
)
NAMED = re.compile(
    r"(?<![\w.])(?P<it>(?P<first>[A-Z][a-z'’]{2,15})(?:[ ][A-Z][a-z'’]{2,15}){1,3}?[ ]"
    r"(?:School|Academy|College|Nursery|Hospital|Hospice|Surgery|Infirmary|Clinic))(?!\w)"
)
LEADS = re.compile(
    r"""(?<!\w)(?:(?:the[ ])?(?P<lead>masjid|gurd?u?dwara|jamia|jamea)
        [ ](?:(?:al|ul|e|an|as|us|sri|guru|shri)[ \-]){0,2}
        (?!and\b|in\b|on\b|so\b|is\b|was\b|but\b|where\b|for\b|to\b|when\b)[a-z]{3,15}
    |(?:caf[eé]|hotel|mandir)[ ](?-i:[A-Z][\w'’\-]{1,15})(?:[ ](?-i:[A-Z][\w'’\-]{1,15})){0,2}
    |(?<=[ ]at[ ])(?:club[ ](?!night|house|level|and\b|on\b|in\b|but\b)[a-z]{3,15}|(?:king|queen)[ ][a-z]{4,10}['’]?s|
        (?:hair|nails|beauty|brows|lashes|cakes|flowers|ink)[ ]by[ ][a-z]{2,12})
    |(?-i:King|Queen)[ ](?-i:[A-Z][a-z]{3,10})['’]s(?![ ](?:Counsel|Speech|Guard))
    |(?<=at[ ])the[ ](?:rvi|lgi|bri|qmc|qeh?|jr|lri|dri|uhw|uhcw|rah|gri|qeuh|mater|royal[ ]vic)
    |(?<=[ ]at[ ])(?:notre[ ]dame|sacred[ ]heart|all[ ]saints|all[ ]souls|corpus[ ]christi|holy[ ](?:family|trinity|
            cross|rosary|
        name|child)|
        christ[ ]the[ ]king|our[ ]lady['’]?s?(?:[ ]of[ ](?:the[ ])?[a-z]{4,12}|[ ]and[ ]st[ ][a-z]{3,12})?|
            cardinal[ ][a-z]{4,12}|archbishop[ ][a-z]{4,12}))(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
MINE = re.compile(
    r"""\b(?:my|our|his|her|their)[ ](?:old[ ]|new[ ]|local[ ]|former[ ])?(?:school|college|uni|church|mosque|temple|
        nursery|gym|club|work|workplace|
        employers?|surgery|gp|dentist|salon|firm|company|pub|hospital|choir|office|restaurant|shop)(?:,|[ ]?:|
            [ ][(–-]|[ ]-)[ ]?(?=(?-i:[A-Z])[a-z])
        (?!(?:Dr|Mr|Mrs|Ms|Miss|PC|DC)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
TITLED = re.compile(
    r"""\b[Aa]t[ ](?P<it>[A-Z][a-z'’]{2,15}(?:[ ][A-Z][a-z'’]{2,15}){1,2})(?=[.,;:!?)\n]|[ ](?:and|in|when|for|where|
        because|with|so|but|on|who|as|since|he|she|they|i)\b|$)"""
)
SCOUTS = re.compile(
    r"""(?<!\w)(?P<it>(?:the[ ])?\d{1,3}(?:st|nd|rd|th)[ ](?:[a-z'’\-]{2,15}[ ]){1,3}?(?:scouts?(?:[ ]group)?|cubs|
        brownies|guides|beavers|rainbows|
        (?:boys|girls)['’]?[ ]brigade|squadron)
    |(?-i:(?!Attorney|Director|Secretary|Solicitor|Inspector|Major|Surgeon|Legal|In|The|A|Lieutenant|Brigadier|
        Registrar)[A-Z][a-z]{2,15})[ ](?-i:General)
        (?!\w|[ ](?-i:[A-Z])|[ ](?:public|knowledge|rule|manager)))(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)


# --- Employers --------------------------------------------------------------------------------

_CUED_EMPLOYERS = word_group("employers after a cue")
_LOOK_BACK = 30
# Where people eat, buy and meet is no place of work.
_VISIT = re.compile(
    r"""\b(?:check(?:s|ed|ing)?[ ]in|ate|eat(?:s|ing)?|lunch|dinner|tea|coffee|meal|breakfast|met(?:[ ]\w{2,8})?|meet
        (?:ing)?|date|drinks?|"""
    r"""bought|buy|order(?:s|ed)?|parcels?|shopping|queue|sat|sitting|refund|delivery|card|voucher)[ ](?:(?:up|it|one|
        him|her)[ ])?(?:at|in|from)[ ](?:the[ ]|a[ ])?\Z"""
    r"|\b(?:bought|buy|buying|ordered|returned)\b[^.\n]{0,25}[ ](?:from|at|in)[ ](?:the[ ])?\Z"
    r"""|\b(?:the|our)[ ](?:big|little|local|nearest)[ ]\Z|\b(?:went|popped|nipped|walk(?:ed)?|drove|going)[ ]
        (?:in)?to[ ](?:the[ ])?\Z"""
    r"""|\b(?:an?|the|my|some)[ ](?!man\b|woman\b|girl\b|boy\b|lad\b|lass\b|guy\b|manager\b|driver\b|bloke\b|
            supervisor\b|
        friend\b|mate\b|lady\b|guard\b|worker\b|cashier\b|boss\b|colleague\b|people\b|girls\b|
            lads\b)[a-z]{3,12}[ ]from[ ]\Z"""
    r"|\b(?:at|in)[ ](?:home|work|school|the[ ][a-z]{3,10}),[ ](?:at|in)[ ]\Z"
    r"|\b(?:eating|eat|ate|grab(?:bed)?|had|having|get(?:ting)?)[ ](?:a|some)[ ]\Z",
    re.IGNORECASE,
)
_CHAINS = read_words("employers")
_GOES_SHOPPING = re.compile(r"\b(?:go(?:es)?|went|going)[ ]to[ ]\Z", re.IGNORECASE)
_BOUGHT = re.compile(
    r"""['’]s[ ](?:business|website|fault|job|problem|policy|app|number|tracking)\b|[ ](?:vouchers?|car[ ]park|
            receipt|deliver(?:y|ies)|parcel|app|order|meal|bags?|carrier|gift|sandwich|
        toilets?|queue|driver[ ]came)\b""",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"(?:people|everyone|everybody|staff|lads|girls)[ ]at[ ]\Z", re.IGNORECASE)
_POLICE = re.compile(r"(?:[ \-]\w{2,20}){0,3}[ ](?:cid|police|constabulary|nick|custody)\b", re.IGNORECASE)
_IN_TOWN = re.compile(r"[ ](?:in|at)[ ](?:the[ ])?")


def find_employers(text: Words) -> Iterator[Finding]:
    """What follows "work at" or "my school,", chains by their names, and schools by their evenings."""
    for pattern in (WORKS, MINE):
        for match in pattern.finditer(text.text):
            yield from _employer_from(text, match.end())
    for match in LEADS.finditer(text.text):
        yield make_finding(match.span(), "SCHOOL_EMPLOYER", sure=False)
    for match in EMPLOYER.finditer(text.text):
        if not is_a_visit(text, match.start()) and not _BOUGHT.match(text.text, match.end()):
            yield make_finding((match.start(), _with_town(text, match.end())), "SCHOOL_EMPLOYER", sure=False)
    for match in PARENTS.finditer(text.text):
        at = text.ending(match.start() - 1)
        if at is not None and (_is_capital_or_odd(text, at) or text.tokens[at].low in HEADS):
            yield make_finding(text.span(_first_before(text, at), at), "SCHOOL_EMPLOYER", sure=False)


def is_a_visit(text: Words, place: int) -> bool:
    """ "Bought from", "checked in at": where people eat, buy and meet is no place of work."""
    return _VISIT.search(text.text[max(0, place - _LOOK_BACK) : place]) is not None


def names_the_police(text: Words, end: int) -> bool:
    """ "Works at Derby CID"."""
    return _POLICE.match(text.text, end) is not None


def _first_before(text: Words, at: int) -> int:
    """Back over the words of a name that ends here."""
    first = at
    while at - first < LONGEST - 1 and first and is_joined(text, first - 1):
        if words.is_never_a_name(text.tokens[first - 1].low):
            break
        first -= 1
    return first


def _employer_from(text: Words, place: int) -> Iterator[Finding]:
    at = text.starting(place)
    # Not the "A" of "A&E".
    if at is not None and text.tokens[at].low in {"the", "a"} and text.gap(at) == " ":
        at += 1
    if at is None or at >= len(text.tokens):
        return
    if text.tokens[at].low in _CHAINS and _GOES_SHOPPING.search(text.text, max(0, place - 12), place):
        return
    if _is_odd_after_a_word(text, at, place):
        yield make_finding((text.tokens[at].start, text.tokens[at + 1].end), "SCHOOL_EMPLOYER", sure=False)
        return
    if not _is_capital_or_odd(text, at) or _is_a_journey(text, at, place):
        return
    last = _last_of_employer(text, at)
    if not names_the_police(text, text.tokens[last].end) and not _is_only_a_town(text, at, last, place):
        end = text.tokens[last].end + (2 if text.tokens[last].possessive else 0)
        start = at - 1 if at and text.tokens[at - 1].low == "the" and text.gap(at - 1) == " " else at
        yield make_finding((text.tokens[start].start, _with_town(text, end)), "SCHOOL_EMPLOYER", sure=False)


def _last_of_employer(text: Words, at: int) -> int:
    last = at
    while last - at < LONGEST and is_joined(text, last) and _is_capital_or_odd(text, last + 1):
        last += 1
    after = text.next_to(last)
    if after is None or after.title or text.tokens[last].possessive:
        return last
    return last + 1 if after.low in HEADS or after.low in institutions.TAILS else last


def _is_odd_after_a_word(text: Words, at: int, place: int) -> bool:
    """The "northern powergrid" of "works for northern powergrid"."""
    token, after = text.tokens[at], text.next_to(at)
    if after is None or token.title or not text.text[max(0, place - 5) : place].lower().endswith((" at ", " for ")):
        return False
    if (
        words.is_never_a_name(token.low)
        or token.low in institutions.ORDINARY
        or token.low.endswith(("ing", "ly", "ed"))
    ):
        return False
    return words.is_common(token.low) and words.is_stranger(after.low)


def _is_only_a_town(text: Words, at: int, last: int, place: int) -> bool:
    """ "The lads at Derby" are no firm of that name."""
    return (
        last == at
        and places.is_listed(text.tokens[at].low)
        and _PEOPLE.search(text.text, max(0, place - 16), place) is not None
    )


def _is_a_journey(text: Words, at: int, place: int) -> bool:
    """ "It went to South Wales" is no workplace."""
    return words.is_quiet(text.tokens[at].low) and text.text[max(0, place - 4) : place].lower().endswith(" to ")


def _is_capital_or_odd(text: Words, at: int) -> bool:
    token = text.at(at)
    if token is not None and token.low in _CUED_EMPLOYERS and not token.first:
        return True
    if token is None or words.is_never_a_name(token.low) or token.low in words.MONTHS or token.low in words.WEEKDAYS:
        return False
    return token.title or (not words.is_word(token.low) and len(token.low) > 2 and not is_slip(token.low))


def _with_town(text: Words, end: int) -> int:
    match = _IN_TOWN.match(text.text, end)
    at = text.starting(match.end()) if match else None
    if at is None:
        return end
    last = places.listed_from(text, at)
    if last is None and _is_capital_or_odd(text, at):
        last = at
    return end if last is None else text.tokens[last].end


# --- Workplaces -------------------------------------------------------------------------------

_AT = re.compile(r"\bat[ ](?=\w)", re.IGNORECASE)
_SAINTS_DAY = re.compile(r"[ ](?:day|cross|flag)\b", re.IGNORECASE)
_STOPS = re.compile(r"['’]s\b|[ ]?(?:[.,;:!?)\n]|$)|[ ](?:and|in|when|for|where|because|with|so|but)\b", re.IGNORECASE)
_ROYAL_PLACES = word_group("royal hospitals", of="workplace_groups")
_ROYAL_THINGS = word_group("royal things", of="workplace_groups")


def _has_a_place(match: re.Match[str]) -> bool:
    place = match["place"].lower().split()[-1]
    is_doing = words.is_never_a_name(place) or place.endswith("ing")
    return not is_doing or match["place"].istitle()


def _is_no_force(match: re.Match[str]) -> bool:
    return not words.is_quiet(match["one"].lower())


def _has_a_name(match: re.Match[str]) -> bool:
    first = match["first"].lower()
    return not words.is_never_a_name(first) and first not in institutions.DESCRIBERS


def _is_a_royal_hospital(match: re.Match[str]) -> bool:
    one = match["one"].lower()
    if one in _ROYAL_PLACES or places.is_listed(one):
        return True
    return match["one"][0].isupper() and not words.is_quiet(one) and one not in _ROYAL_THINGS


_PATTERNS: tuple[tuple[re.Pattern[str], bool, Callable[[re.Match[str]], bool] | None], ...] = (
    (SONS, True, None),
    (SAINT_THING, True, None),
    (FEATHERS, False, None),
    (SHED, False, None),
    (MET, False, None),
    (YSGOL, True, None),
    (WHERE, False, None),
    (SCOUTS, True, None),
    (UNIVERSITY_NAMES, True, None),
    (UNIVERSITY, True, _has_a_place),
    (PARTNERS, False, _is_no_force),
    (NAMED, True, _has_a_name),
    (PUB, False, None),
    (ROYAL, False, _is_a_royal_hospital),
)


def find_workplaces(text: Words) -> Iterator[Finding]:
    """Names that end in School, Ltd and the like, and whatever follows "work at"."""
    yield from _patterns(text)
    yield from institutions.find_institutions(text)
    yield from find_employers(text)
    yield from institutions.find_businesses(text)


def find_strangers(text: Words) -> Iterator[Finding]:
    """A word on no list after "at", which is more often a place of work than anything else."""
    for match in _AT.finditer(text.text):
        at = text.starting(match.end())
        if is_a_visit(text, match.end()):
            continue
        if at is not None and words.is_stranger(text.tokens[at].low) and _STOPS.match(text.text, text.tokens[at].end):
            yield make_finding(text.span(at, at), "SCHOOL_EMPLOYER", sure=False)


def find_named(text: Words) -> Iterator[Finding]:
    """Two or three words with capitals after "at", none of them a name we know: "at Parkside Mills"."""
    for match in TITLED.finditer(text.text):
        at = text.starting(match.start("it"))
        if at is None or at + 1 >= len(text.tokens):
            continue
        last = at + len(match["it"].split()) - 1
        low = [token.low for token in text.tokens[at : last + 1]]
        if any(words.is_quiet(word) or words.is_never_a_name(word) for word in low) or words.is_first_name(low[0]):
            continue
        if all(words.is_common(word) for word in low) or names_the_police(text, match.end("it")):
            continue
        yield make_finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)


def find_saints(text: Words) -> Iterator[Finding]:
    """Schools, churches and hospitals called after a saint, where no town has the name."""
    for match in SAINT.finditer(text.text):
        if not _SAINTS_DAY.match(text.text, match.end()):
            yield make_finding(match.span("it"), "SCHOOL_EMPLOYER", sure=False)


def _patterns(text: Words) -> Iterator[Finding]:
    for pattern, sure, check in _PATTERNS:
        for match in pattern.finditer(text.text):
            if check is None or check(match):
                yield make_finding(match.span("it"), "SCHOOL_EMPLOYER", sure=sure)
