"""Names of people and officers that the words beside them announce."""

import re
from collections.abc import Iterator

from stories.pii import words
from stories.pii.context import places
from stories.pii.context.names import Cue, last_of_name
from stories.pii.finding import Finding
from stories.pii.kinds import make_finding
from stories.pii.tokens import Words
from stories.pii.words import word_group

# --- Patterns ---------------------------------------------------------------------------------

_OFFICER = r"(?:off?icc?er|offcier|ofifcer|offier|officr|offcer|offiecr|oficcer|offficer|ossifer|offiser|oficer)"
# As they are misspelt too: "seargent", "inspecter", "detectiv", "constible".
_SERGEANT = r"(?:segreant|sregeant|sergenat|sergeatn|s[aeu]{1,2}r?[gj]{1,2}[aei]{1,3}n?t|serg)"
_INSPECTOR = r"(?:insp[ae]?c?t[aeo]r|insp[ae]tcor|insepctor|inpsector|isnpector|inspecotr|inspectro)"
_DETECTIVE = r"d[ei]c?t[ei]c?t?iv(?:es?)?"
_CONSTABLE = r"(?:con?st[ai]b[el]{1,2}|cosntable|contsable|consatble|constalbe)"
RANK = rf"""(?:(?:[tap]|acting|temp|temporary|trainee)[/ ])?(?:w?pc|w?dc|ds|di|dci|dsu|ps|pcso|pcos|psco|cso|sc|ci|sgt|
    {_SERGEANT}(?:[ -]major)?|sarge|insp|{_INSPECTOR}|(?:chief[ ])?supt|
    (?:police|special|{_DETECTIVE}|chief)[ ]{_CONSTABLE}|{_CONSTABLE}|(?:{_DETECTIVE}[ ])?(?:chief[ ])?(?:super|supt|
    superintendent)|{_DETECTIVE}(?:[ ](?:chief[ ])?(?:{_CONSTABLE}|{_SERGEANT}|{_INSPECTOR}))?|
    det\.?[ ](?:con|sgt|insp|supt|ch[ ]insp)|(?:police|desk|custody)[ ](?:{_SERGEANT}|{_INSPECTOR})|
    {_OFFICER}s?|sio|oic|flo|soit|(?:pc|dc|ds|pcso)s|{_SERGEANT}s|{_INSPECTOR}s|{_CONSTABLE}s)"""
_ROLE = r"""(?:police[ ]?(?:man|woman|lady|lad|lass|girl|fella|bloke|wumman)|copper|bobby|peeler|cop|
    (?:call[ ])?handler|call[ ]taker|dispatcher|(?:civilian[ ])?investigator|(?:family[ ]|victim[ ])?liaison|
    (?:desk|front[ ]desk|control[ ]room|custody)[ ](?:lad|lass|man|woman|girl|lady|bloke|person|clerk|assistant))"""
_CASE = r"""(?:in|on|for|with|handling|running|dealing[ ]with|looking[ ]after)[ ](?:my|the|our|this|it)
    (?:[ ](?:case|file|complaint|report|investigation))?"""
_EVERYONE = (
    r"(?:(?:they|we)(?:['’]ve)?|people|every[ ]?(?:one|body|1)|evr[yi]?(?:one|1|body)|mates|lads|folk|family|friends)"
)
_CALLED = rf"""(?:called|named|name(?:d|[ ]was|[ ]is|['’]s|[ ]=)|first[ ]name|surname|
    kn[eo]wn?(?:[ ](?:him|her|them))?[ ]as|
    by[ ]the[ ]name(?:[ ]of)?|goes[ ]by|went[ ]by|
    {_EVERYONE}(?:[ ]all)?[ ](?:call(?:s|ed)?[ ](?:him|her|me)|calls?)|
    (?:someone|somebody|one|lad|bloke|guy|girl|lass|woman|man)[ ](?:they|we|people)(?:[ ]all)?[ ]call(?:ed)?|nicknamed?|
    kn[eo]wn[ ]to[ ]\w{{2,12}}(?:[ ]\w{{2,12}})?[ ]as|answers[ ]to)"""
_KIN = r"""(?:ex[\- ]?(?:husband|wife|partner|boyfriend|girlfriend|bf|gf|fianc[eé]{1,2}|mate|colleague|boss)|ex|
    exes|husband|wife|partner|boyfriend|girlfriend|bf|gf|hubby|fianc[eé]{1,2}|mum|dad|mother|father|
    step[ \-]?(?:dad|mum|son|daughter|father|mother|brother|sister)|sister|brother|son|daughter|cousin|
    aunt(?:ie|y)?|uncle|niece|nephew|nan|gran|grandma|grandad|(?:best[ ])?(?:friend|mate)|friends|
    flat[ ]?mate|house[ ]?mate|
    neighbour|boss|manager|supervisor|solicitor|lawyer|barrister|therapist|counsellor|(?:support|social|
    key)[ ]worker|advis[eo]r|advocate|isva|idva|teacher|tutor|lecturer|head[ ]?teacher|doctor|gp|nurse|
    landlord|colleague|
    bro|sis|kids?|children|child|boy|girl|lad|baby|twins?|man|woman|bloke|guy|stalker|abuser|perpetrator|
    suspect|offender|someone|girl|mate|pal|caller|handler|call[ ]handler)"""
_TRADE = r"""(?:bouncer|doorman|barman|barmaid|chairman|chairwoman|chairperson|treasurer|(?:social|support|key|case|
    youth|outreach)[ ]?worker|health[ ]visitor|midwife|caseworker|foreman|bossman|(?:taxi|bus|van)[ ]driver|paramedic|
    (?:football|boxing|rugby|gym)[ ]coach|pharmacist|receptionist|(?:head|form)[ ]?teacher|probation[ ]officer)"""
# As they are after "fy" and "ei".
WELSH_CHILD = r"merch|ferch|mab|fab|mhlentyn|phlentyn|plentyn|blentyn|mabi|babi|efeilliaid"
WELSH_EX = r"(?:ng?h|ch|g|c)yn[ \-]?(?:g?[wŵ]r|w?r?aig|wraig|gariad|bartner)"
WELSH_PARTNER = (
    r"gŵr|ngŵr|gwr|ngwr|gwraig|ngwraig|wraig|cariad|nghariad|chariad|gariad|partner|mhartner|phartner|bartner"
)
WELSH_RELATIVE = (
    r"mam|fam|tad|nhad|thad|dad|chwaer|brawd|mrawd|frawd|nain|taid|nhaid|mam-gu|tad-cu|modryb|fodryb|ewythr|cefnder|"
    r"cyfnither|nghefnder|nghyfnither"
)
WELSH_FRIEND = r"ffrind|ffrindiau|cymydog|nghymydog|chymydog|gymydog"
WELSH_KIN = f"{WELSH_EX}|{WELSH_CHILD}|{WELSH_PARTNER}|{WELSH_RELATIVE}|{WELSH_FRIEND}"
_OWNER = r"(?:my|his|her|our|their|your|the|a|an|this|that|some|another|ur|me)"
_ADJECTIVES = r"(?:[ ](?!will|may)[a-z\-]{2,14}){0,2}?"
_BREAK = r"(?:,?[ ](?:is|was|['’]s)?[ ]?(?:called|named)?|,[ ]|[ ]|[ ]?[:(\-–][ ]?|[ ](?:is|was)[ ])"


def _cue(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)


OFFICER_CUES = (
    (
        _cue(
            rf"""(?<![\w'’]){RANK}\.?(?:[ ]?[:(]|,)?[ ](?:\(?i[ ]think[ ])?
                (?:(?:is[ ]|was[ ])?(?:called|named)[ ]|\w{{0,3}}\d{{2,5}}\w{{0,3}}[ ,]{{1,2}})?[\"'“‘]?"""
        ),
        Cue.STRONG,
    ),
    (
        _cue(
            rf"""\b(?:{_OFFICER}s?|oic|{_SERGEANT}|{_INSPECTOR}|{_DETECTIVE}|pcso|{_ROLE})
                (?:[ ]in[ ](?:charge|the[ ]case)(?:[ ]of[ ]\w{{2,6}}[ ]\w{{2,12}})?|[ ]{_CASE}|[ ]dealing|
                [ ]who[ ](?:came|rang|called|answered|turned[ ]up)(?:[ ]out)?)
                (?:,|:|[ ]?\(|[ ](?:is|was|were|are|called|named))[ ]?(?:called[ ]|named[ ]|now[ ]|an?[ ])?
                (?:somebody[ ]|someone[ ])?(?:called[ ]|named[ ])?(?<=[ (])"""
        ),
        Cue.STRONG,
    ),
    (
        _cue(
            rf"""\b(?:{_OFFICER}s?|oic|{_SERGEANT}|{_INSPECTOR}|{_DETECTIVE}|pcso)
                (?:,|:|[ ]?\((?:i[ ]think)?)[ ](?:(?:i[ ]think|called|named|an?)[ ])?"""
        ),
        Cue.STRONG,
    ),
    (_cue(rf"(?<![\w'’])(?:{RANK}|{_ROLE}|police)\b[^.!?\n]{{1,60}}?\b(?:himself|herself)[ ](?:an?[ ])?"), Cue.STRONG),
    (_cue(rf"(?<![\w'’]){RANK}(?:[ ]{_CASE})?[ ](?:now[ ])?(?:is|was|were|are)[ ](?:now[ ])?"), Cue.WEAK),
    (_cue(rf"(?<![\w'’]){RANK}['’]?s[ ](?:first[ ])?name[ ]?(?:[:=?]|is|was)[ ]"), Cue.STRONG),
    (_cue(rf"\b{_ROLE}(?:[ ]{_CASE})?(?:,|[ ]?[:(]|[ ](?:is|was))?[ ]?(?<=[ (])[\"'“‘]?"), Cue.WEAK),
    (_cue(r"\bask(?:ed|ing|s)?[ ]for[ ]"), Cue.WEAK),
    (_cue(r"\b(?:badge|lanyard|name[ ]?tag|card|uniform)[ ](?:said|says|read|had|reads)[ ]"), Cue.STRONG),
    (
        _cue(r"\b(?:spoke|speak|speaking|talked|talking)[ ](?:to|with)[ ][a-z]{0,3}\d{2,6}[a-z]{0,3}[ ,]{1,2}"),
        Cue.STRONG,
    ),
    (_cue(r"\b(?:\d{2,5}[a-z]{2}|[a-z]{1,3}\d{3,5})[ ]"), Cue.WEAK),
    (
        _cue(
            r"""\b(?:was|were|been|got|am)[ ](?:given|assigned|allocated|passed[ ](?:on[ ])?to|
                handed[ ](?:over[ ])?to|seen[ ]by|interviewed[ ]by)(?:[ ]to)?[ ]"""
        ),
        Cue.WEAK,
    ),
)
PEOPLE_CUES = (
    (
        _cue(
            r"""(?<!\w)(?:mr|mrs|ms|miss|mx|dr|prof(?:essor)?|rev(?:erend)?|father|cllr|sir|judge|nurse|doctor|imam|
                pastor|rabbi|canon|maulana|mufti|sheikh|gaffer|matron|dame|lady|lord|coach)\.?[ ]"""
        ),
        Cue.STRONG,
    ),
    (_cue(r"(?<!\w)(?:mr|mrs|ms)\.?[ ]"), Cue.CERTAIN),
    (_cue(r"\b(?:himself|herself|themselves)[ ](?:an?[ ])?"), Cue.STRONG),
    (_cue(rf"\b(?:fy|dy|ei|ein|eich|eu|[’'][imw])[ ](?:{WELSH_KIN}){_BREAK}(?=(?-i:[A-Z]))"), Cue.STRONG),
    (_cue(rf"\b{_CALLED}[ :]{{1,2}}[\"'“‘]?"), Cue.STRONG),
    (
        _cue(
            r"""\b(?:call(?:s|ed)?[ ](?:me|him|her|them)|my[ ]name['’]?s?|i['’]?m|i[ ]am|it['’]?s[ ]me,?|
                this[ ]is|it['’]?s|she[ ]is|he[ ]is|name[ ]?:)[ ][\"'“‘]?"""
        ),
        Cue.WEAK,
    ),
    (_cue(rf"\b{_OWNER}{_ADJECTIVES}[ ]{_KIN}{_BREAK}[\"'“‘]?"), Cue.WEAK),
    (
        _cue(
            r"""\b(?:names|girls|women|others|victims|friends|mates|lads|men|boys|officers|pair|two|three|
                four)(?:[ ](?:on|in|of)[ ](?:the|his|it|my)(?:[ ]\w{1,12}){0,2})?[ ](?:were|are|was)[ ]"""
        ),
        Cue.WEAK,
    ),
    (_cue(r"\b(?:real|full|own|maiden|married|legal)[ ]name,?[ ](?:is[ ]|was[ ]|as[ ])?"), Cue.STRONG),
    (
        _cue(
            r"""(?<!\w)(?:(?:kind|best|warm|many)?[ ]?(?:regards|rgds|wishes)|k\.?r\.?|
                yours(?:[ ](?:sincerely|faithfully|truly|aye|etc|gratefully|respectfully|in[ ]\w{2,8}[ ]\w{2,10}))?|
                sincerely|respectfully|thank(?:s|[ ]you)(?:[ ]for[ ](?:reading|listening|your[ ]help))?|thx|
                cheers|love|ta|signed|all[ ]the[ ]best|best|
                (?<![^\n])from)[,.!]{0,2}\s{1,3}(?=[^\s]{2,30}(?:[ ][^\s]{2,30}){0,2}(?:[ ]x{1,3}(?!\w)|
                [ ]?[.!]?[ ]?(?:\n|$)))"""
        ),
        Cue.SIGNED,
    ),
    (
        _cue(
            r"""(?:(?<=\n)|(?<=[a-z][.!?][ ])|(?<=\s[-–—])|(?<=\s[-–—][ ]))(?=[A-Z][^\W\d_]{1,15}
                (?:[ ][A-Z][^\W\d_]{1,15})?(?:[ ]?x{1,3})?(?:["”]|[ ]?(?:\n|$)))"""
        ),
        Cue.SIGNED,
    ),
    (
        _cue(
            r"""\b(?:(?:put|wrote|typed|spelt|spell(?:ed)?|recorded)(?:[ ](?:me|him|her|it))?(?:[ ]down)?
                (?:[ ]as)?|has[ ](?:me|him|her)[ ]as)[ ][\"'“‘]?"""
        ),
        Cue.WEAK,
    ),
    (
        _cue(
            r"""\b(?:told|tell|telling|met|dating|interviewed|arrested|charged|cautioned|blocked|messaged|
                texted|rang|asked|ruin|blamed)[ ]"""
        ),
        Cue.OBJECT,
    ),
    (_cue(r"\b(?:with|dear|hi|hey)[ ]"), Cue.WEAK),
    (_cue(rf"\b{_TRADE}(?:,[ ]?|[ ])(?:called[ ])?"), Cue.WEAK),
    (
        _cue(
            r"""\b(?:me|him|her|us|them),[ ](?=[a-z]{2,14}[ ](?:and|&|n)[ ][a-z]{2,14}
                (?:[ ]?(?:[.,;!?)\n]|$)|[ ](?:had|were|was|all|did|made|sent|got)\b))"""
        ),
        Cue.WEAK,
    ),
    (_cue(rf"\b(?:my|his|her|the|a)[ ]{_KIN}[ ](?:at|from)[ ](?:the[ ])?[a-z]{{3,12}},[ ]"), Cue.WEAK),
    (_cue(r"\bme[ ](?:and|&|n)[ ]"), Cue.WEAK),
    (_cue(r"\b(?:my|his|her|their)[ ](?:\w{2,8}[ ])?name(?:['’]?s|[ ]is|[ ]was)[ ]"), Cue.WEAK),
    (_cue(r"(?<=:[ ])(?=[a-z]{2,14},?[ ](?:on[ ])?07\d{3})"), Cue.STRONG),
)
_WHOSE = r"(?:my|his|her|our|their|your|the)"
_RELATION = r"""(?:(?:best|good|old|new|ex|little|big|eldest|oldest|youngest)[ -])?(?:friend|mate|pal|
        (?:room|flat|house)[ ]?mate|colleague|sister|brother|mum|mam|mother|dad|father|ex|cousin|partner|husband|wife|
        boss|manager|supervisor|neighbour|son|daughter|lad|lass|lassie|eldest|oldest|youngest|boyfriend|girlfriend|bf|gf|
        fianc[eé]{1,2}|solicitor|lawyer|advocate|isva|idva|(?:support|social|key)[ ]worker|counsellor|therapist|
        aunt(?:ie|y)?|uncle|niece|nephew|nan|gran|nana|landlord|landlady|tutor|
        teacher|gp|step[ -]?(?:dad|mum|son|daughter))"""
AFTER_OFFICER = re.compile(
    r"""[ ,]{1,2}(?:(?:was|is|were)[ ](?:also[ ])?)?(?:the|my|our|a|an|her|
        his)[ ](?:\w{1,12}[ ]){0,2}?(?:pcso|pc|sergeant|sgt|inspector|detective|oic|officer|constable|copper|
        liaison|dc|ds|bobby|cop|peeler|call[ ]handler)\b|[ ]\(?(?:the[ ])?(?:oic|pcso|desk)\b
    |[ ](?:from|at|in|on)[ ](?:the[ ])?(?:police|cid|polis|control[ ]room|front[ ]desk|front[ ]counter|desk|
        (?:victim|witness|safeguarding|domestic|dv|crime|cyber|investigation|public[ ]protection|response|custody|
        sexual[ ]offences|complaints)(?:[ ]\w{2,12}){0,2}[ ](?:team|unit|hub|desk|line|centre))\b""",
    re.VERBOSE | re.IGNORECASE,
)
AFTER_PERSON = re.compile(
    rf"""['’]s[ ](?:mum|mam|mom|dad|mother|father|sister|brother|house|phone|car|name|life|wife|husband|
        girlfriend|boyfriend|partner|ex|friends?|mates?|son|daughter|family|parents|account|flat|work|place|
        case|side|story|profile|new|cousin|nan|mother|boss|auntie|uncle|laptop|bedroom|kitchen)\b
    |[ ](?:from|at|in)[ ](?:work|school|college|uni|hr|next[ ]door|church|the[ ]gym|reception|accounts|sales|
        it|admin|payroll|security|the[ ](?:post[ ]office|shop|chippy|pub|library|caf[eé]|office|bank|bakery|
        corner[ ]shop|takeaway|salon|hairdressers?|chemist))\b|[ ]next[ ]door|,?[ ]{_WHOSE}[ ]{_RELATION}\b
    |[ ](?:and|&|n)[ ]me\b|,[ ]short[ ]for\b
    |[ ](?:is|was)[ ]the[ ](?:girl|lad|bloke|man|woman|guy|lass|mate|friend|one)[ ](?:he|she|they|who|i|that)\b
    |[ ](?:is|was)[ ](?:me(?=[ ]?(?:[.,;!?)\n]|$))|
        (?:my|his|her|their)[ ](?:real[ ]|full[ ]|actual[ ]|proper[ ])?name\b|{_WHOSE}[ ]{_RELATION}\b)
    |[ ](?:here[ ](?:again|from)|speaking\b)
    |[ ]x{{1,3}}(?![\w'’])
    |[ ](?:was|is|has[ ]been)[ ](?:so[ ]|really[ ]|very[ ]|absolutely[ ])?(?:lovely|brilliant|kind|nice|
        horrible|supportive|amazing|great|fantastic|arrested|interviewed|charged|cautioned|convicted|abusive|
        the[ ]only[ ]one)\b""",
    re.VERBOSE | re.IGNORECASE,
)
OWNED = re.compile(
    r"""s(?=[ ](?:mum|mam|mom|dad|mother|father|sister|brother|house|phone|life|wife|husband|girlfriend|
        boyfriend|partner|mates?|son|daughter|family|parents|account)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
SPEECH = re.compile(
    r"""[ ](?:told|said|says|rang|called|messaged|texted|sent|shared|posted|came|phoned|asked|helped|knew|saw|
        found|threatened|laughed|admitted|denied|took|kept|started|put|used|made|went|works|lives|runs|has|had|
        thinks|knows)\b""",
    re.VERBOSE | re.IGNORECASE,
)
ACTS = re.compile(
    r"""[ ](?:told|said|rang|messaged|texted|sent|shared|posted|phoned|denied|admitted|laughed|threatened|
        thinks|knows|works|lives|runs[ ](?:it|the|this|that|our)|reckons|
        uploaded|forwarded|blocked|lied|cried|filmed|swore|punched|strangled|dumped)\b""",
    re.VERBOSE | re.IGNORECASE,
)
PUTS = re.compile(r"[ ](?:put|seen|done)[ ](?:it|me|my|them|the|that|him|her|us)\b", re.IGNORECASE)
LIST = re.compile(r",? (?:and|&|or) |, |/| ?& ?", re.IGNORECASE)
OR_MAYBE = re.compile(
    r",?[ ](?:i[ ]think,?[ ]|maybe,?[ ]|possibly,?[ ])?or[ ](?:(?:it[ ]was|maybe|possibly|was[ ]it)[ ])?", re.IGNORECASE
)


# --- People -----------------------------------------------------------------------------------

_NO_NAME_AFTER = word_group("before no name")
_MODAL_NAMES = frozenset({"guy", "may", "will"})
_IS = re.compile(r"[ ](?:is|was)[ ](?:me|my|his|her|the|our)\b", re.IGNORECASE)
_FROM = re.compile(r"[ ](?:from|is|was|next)[ ]", re.IGNORECASE)
_IS_SAID = frozenset({"it", "that", "this"})
_LONGEST_LIST = 8
_LOOK_BACK = 40
_GROUP = re.compile(
    r"\b(?:group|chat|page|channel|server|forum)[ ](?:(?:that[ ])?(?:is|was)[ ])?(?:called|named)[ ][\"'“‘]?\Z",
    re.IGNORECASE,
)


def find_officers(text: Words) -> Iterator[Finding]:
    """Names after a rank or the like, and names said to be an officer's."""
    yield from _after_cues(text, OFFICER_CUES, "OFFICER_NAME")
    yield from _before_cue(text, AFTER_OFFICER, "OFFICER_NAME")


def find_people(text: Words) -> Iterator[Finding]:
    """Names beside a word that promises one."""
    yield from _after_cues(text, PEOPLE_CUES, "PERSON")
    yield from _before_cue(text, AFTER_PERSON, "PERSON")
    yield from _owners(text)


def _after_cues(text: Words, cues: tuple[tuple[re.Pattern[str], Cue], ...], kind: str) -> Iterator[Finding]:
    for pattern, cue in cues:
        for match in pattern.finditer(text.text):
            if _names_a_group(text, match.end()):
                continue
            yield from _read_list(text, text.starting(match.end()), cue, kind)


def _names_a_group(text: Words, place: int) -> bool:
    """ "A group called Tiverton Girls": a town in the name of a group is a town."""
    at = text.starting(place)
    if at is None or not _GROUP.search(text.text, max(0, place - _LOOK_BACK), place):
        return False
    return places.is_listed(text.tokens[at].low)


def _read_list(text: Words, at: int | None, cue: Cue, kind: str) -> Iterator[Finding]:
    """The name at this token and those joined to it by commas or "and"."""
    for _ in range(_LONGEST_LIST):
        last = last_of_name(text, at, cue)
        if at is None or last is None:
            return
        yield make_finding(text.span(at, last), kind, sure=cue >= Cue.STRONG and cue is not Cue.SIGNED)
        is_one_of_two = text.gap(last) in (" ", ", ") and _is_or(text, last + 1)
        at, cue = _next_in_list(text, last), cue if is_one_of_two else Cue.LISTED


def _is_or(text: Words, at: int) -> bool:
    token = text.at(at)
    return token is not None and token.low == "or"


def _next_in_list(text: Words, last: int) -> int | None:
    if LIST.fullmatch(text.gap(last)):
        return last + 1
    thought = OR_MAYBE.match(text.text, text.tokens[last].end)
    if thought is not None:
        return text.starting(thought.end())
    if _is_passed_on(text, last):
        return last + 2
    after = text.at(last + 1)
    joined = after is not None and after.low in {"and", "or"} and text.gap(last) in (" ", ", ")
    return last + 2 if joined else None


def _is_passed_on(text: Words, last: int) -> bool:
    """ "From Sykes to Qureshi", where the second is no town."""
    to, after = text.at(last + 1), text.at(last + 2)
    if to is None or after is None or to.low != "to" or text.gap(last) != " " or text.gap(last + 1) != " ":
        return False
    return after.title and not places.is_listed(after.low) and not words.is_quiet(after.low)


def _before_cue(text: Words, pattern: re.Pattern[str], kind: str) -> Iterator[Finding]:
    for match in pattern.finditer(text.text):
        at = text.ending(match.start())
        if at is not None and _is_a_name_before(text, at, kind, said=match[0]):
            yield make_finding(text.span(_first_of_name(text, at), at), kind, sure=False)


def _is_a_name_before(text: Words, at: int, kind: str, *, said: str) -> bool:
    token = text.tokens[at]
    if token.low in _MODAL_NAMES:
        return token.first and (_IS.match(said) is not None or (token.title and said.startswith(", my ")))
    if words.is_quiet(token.low) and (not words.is_first_name(token.low) or _FROM.match(said) is None):
        return False
    if words.is_never_a_name(token.low) or _is_the_thing(text, at):
        return False
    if words.is_stranger(token.low) or words.is_first_name(token.low):
        return True
    if token.title and not token.first:
        return words.is_name(token.low) or not words.is_word(token.low)
    if token.title and kind == "OFFICER_NAME" and words.is_common_surname(token.low):
        return True
    return words.is_surname(token.low) and not words.is_word(token.low)


def _is_the_thing(text: Words, at: int) -> bool:
    """The "hope" of "I hope the inspector …": a word that something before it claims."""
    token, before = text.tokens[at], text.at(at - 1)
    if before is None or token.first or (before.possessive and before.low in _IS_SAID):
        return False
    return words.is_word(token.low) and before.low in _NO_NAME_AFTER


def _first_of_name(text: Words, at: int) -> int:
    before = text.at(at - 1)
    gap = text.gap(at - 1) if before else ""
    if before is None or gap not in (" ", "-", ". "):
        return at
    both = before.title and text.tokens[at].title
    if gap != " ":
        return at - 1 if both and (gap == "-" or len(before.low) == 1) else at
    same_case = before.title or not text.tokens[at].title
    named = words.is_stranger(before.low) or (same_case and words.is_plain_first_name(before.low))
    return at - 1 if named or (both and words.is_first_name(before.low)) else at


def _owners(text: Words) -> Iterator[Finding]:
    """The "dorotas mum" of people who leave the apostrophe out."""
    for match in OWNED.finditer(text.text):
        at = text.ending(match.start() + 1)
        if at is not None and _may_own(text.tokens[at].low):
            yield make_finding((text.tokens[at].start, match.start()), "PERSON", sure=False)


def _may_own(low: str) -> bool:
    name = low.removesuffix("s")
    if words.is_word(low):
        return False
    return words.is_plain_first_name(name) or (words.is_stranger(name) and words.is_stranger(low))
