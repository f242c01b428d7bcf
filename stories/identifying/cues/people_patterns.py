"""The words around people's names, as patterns; where a name would begin, or end, a match ends or begins."""

import re

from stories.identifying.cues.names import Cue

_OFFICER = r"(?:off?icc?er|offcier|ofifcer|offier|officr|offcer|offiecr|oficcer|offficer)"
RANK = rf"""(?:(?:[tap]|acting|temp|temporary|trainee)[/ ])?(?:w?pc|w?dc|ds|di|dci|dsu|ps|pcso|cso|sc|ci|sgt|
    serg[ea]{{1,3}}nt|sarge|insp(?:ector)?|(?:chief[ ])?supt|
    (?:police|special|detective|chief)[ ]constable|constable|(?:detective[ ])?(?:chief[ ])?(?:super|supt|
    superintendent)|detective(?:[ ](?:constable|sergeant|inspector))?|
    det\.?[ ](?:con|sgt|insp|supt|ch[ ]insp)|(?:police[ ]|desk[ ]|custody[ ])?(?:sergeant|inspector)|
    {_OFFICER}s?|sio|oic|(?:pc|dc|ds|pcso)s|sergeants|inspectors|constables)"""
_CALLED = r"""(?:called|named|name(?:d|[ ]was|[ ]is|['’]s|[ ]=)|first[ ]name|surname|
    kn[eo]wn?(?:[ ](?:him|her|them))?[ ]as|
    by[ ]the[ ]name(?:[ ]of)?|goes[ ]by|went[ ]by)"""
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
            rf"""\b(?:{_OFFICER}s?|oic|sergeant|inspector|detective|pcso)
                (?:[ ]in[ ](?:charge|the[ ]case)|[ ]on[ ](?:the|my)[ ]case|[ ]dealing|[ ]who[ ]came)
                (?:,|:|[ ](?:is|was|were|are|called|named))[ ](?:called[ ]|named[ ]|a[ ])?"""
        ),
        Cue.STRONG,
    ),
    (
        _cue(
            rf"""\b(?:{_OFFICER}s?|oic|sergeant|inspector|detective|pcso|himself|herself)
                (?:,|:|[ ]?\((?:i[ ]think)?|(?<=self))[ ](?:(?:i[ ]think|called|named|an?)[ ])?"""
        ),
        Cue.STRONG,
    ),
    (_cue(rf"(?<![\w'’]){RANK}[ ](?:is|was|were|are)[ ]"), Cue.WEAK),
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
        _cue(r"(?<!\w)(?:mr|mrs|ms|miss|mx|dr|prof(?:essor)?|rev(?:erend)?|father|cllr|sir|judge|nurse|doctor)\.?[ ]"),
        Cue.STRONG,
    ),
    (_cue(r"(?<!\w)(?:mr|mrs|ms)\.?[ ]"), Cue.CERTAIN),
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
            r"""(?:(?:kind|best|warm|many)?[ ]?(?:regards|wishes)|yours(?:[ ](?:sincerely|faithfully|truly))?|
                sincerely|thank(?:s|[ ]you)(?:[ ]for[ ]reading)?|cheers|love|signed|
                (?<![^\n])from)[,.!]{0,2}\s{1,3}(?=[^\s]{2,30}(?:[ ][^\s]{2,30}){0,2}(?:[ ]x{1,3}(?!\w)|
                [ ]?[.!]?[ ]?(?:\n|$)))"""
        ),
        Cue.STRONG,
    ),
    (
        _cue(
            r"""\b(?:told|tell|telling|met|dating|interviewed|arrested|charged|cautioned|blocked|messaged|
                texted|rang|asked|ruin|blamed)[ ]"""
        ),
        Cue.OBJECT,
    ),
    (_cue(r"\b(?:with|dear|hi|hey)[ ]"), Cue.WEAK),
)
AFTER_OFFICER = re.compile(
    r"""[ ,]{1,2}(?:(?:was|is|were)[ ](?:also[ ])?)?(?:the|my|our|a|an|her|
        his)[ ](?:\w{1,12}[ ]){0,2}?(?:pcso|pc|sergeant|sgt|inspector|detective|oic|officer|constable|copper|
        liaison|dc)\b|[ ]\(?(?:the[ ])?(?:oic|pcso|desk)\b""",
    re.VERBOSE | re.IGNORECASE,
)
AFTER_PERSON = re.compile(
    r"""['’]s[ ](?:mum|mam|mom|dad|mother|father|sister|brother|house|phone|car|name|life|wife|husband|
        girlfriend|boyfriend|partner|ex|friends?|mates?|son|daughter|family|parents|account|flat|work|place|
        case|side|story|profile|new)\b
    |[ ](?:from|at|in)[ ](?:work|school|college|uni|hr|next[ ]door|church|the[ ]gym|reception|accounts|sales|
        it|admin|payroll|security)\b|[ ]next[ ]door|,?[ ](?:my|his|her|our)[ ](?:best[ ])?(?:friend|mate|
        (?:room|flat|house)[ ]?mate|colleague|
        sister|brother|mum|mother|dad|ex|cousin|partner|husband|wife|boss|manager|neighbour|son|daughter)\b
    |[ ]x{1,3}(?![\w'’])
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
        found|threatened|laughed|admitted|denied|took|kept|started|put|used|made|went|works|lives|has|had|
        thinks|knows)\b""",
    re.VERBOSE | re.IGNORECASE,
)
ACTS = re.compile(
    r"""[ ](?:told|said|rang|messaged|texted|sent|shared|posted|phoned|denied|admitted|laughed|threatened|
        thinks|knows|uploaded|blocked|lied|cried|filmed|swore|punched|strangled|dumped)\b""",
    re.VERBOSE | re.IGNORECASE,
)
LIST = re.compile(r",? (?:and|&|or) |, |/| ?& ?", re.IGNORECASE)
