"""The word lists, read once, and the questions we ask of them; every word comes in lower case."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

# --- Lists ------------------------------------------------------------------------------------

_DATA = Path(__file__).parent / "data"


def read_list(name: str) -> list[str]:
    """The lines of one data file in order, comments left out."""
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def read_words(name: str) -> frozenset[str]:
    """Every word of one data file."""
    return frozenset(word for line in read_list(name) for word in line.split())


def word_group(name: str, *, of: str = "groups") -> frozenset[str]:
    """One small set of words from groups.txt, or from another file written like it."""
    return _groups(of)[name]


@cache
def _groups(of: str) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    name = ""
    for line in read_list(of):
        head, colon, words = line.rpartition(":")
        name = head if colon else name
        found[name] = found.get(name, frozenset()) | frozenset(words.split())
    return found


# --- Words ------------------------------------------------------------------------------------

_TOP_SURNAMES = 3_000
_LONGEST_TYPO = 16
_REMEMBERED = 8_192
_EDGE = 4
_SHORTENED = ("'m", "'d", "'ll", "'re", "'ve", "n't")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

MONTHS = word_group("months")
WEEKDAYS = word_group("weekdays")


def _two_swapped(low: Iterable[str]) -> frozenset[str]:
    """What comes of typing two neighbouring letters the wrong way round ("teh", "adn")."""
    return frozenset(
        word[:at] + word[at + 1] + word[at] + word[at + 2 :] for word in low for at in range(len(word) - 1)
    )


_COMMON = read_words("words_common")
_WORDS = _COMMON | read_words("words_rare") | read_words("words_seldom")
_INFORMAL = read_words("informal")
_STOP = read_words("never_names") | _INFORMAL
_OWN_FIRST = read_words("more_first_names")
_FIRST = read_words("first_names") | _OWN_FIRST
_SURNAMES_BY_USE = read_list("surnames")
_OWN_SURNAMES = read_words("more_surnames")
_SURNAMES = frozenset(_SURNAMES_BY_USE) | _OWN_SURNAMES
_TOP = frozenset(_SURNAMES_BY_USE[:_TOP_SURNAMES]) | _OWN_SURNAMES
_SYLLABLES = word_group("chinese syllables")
_VIRTUES = word_group("virtues")
_ALWAYS = word_group("always names")
_QUIET_NAMES = read_words("quiet_names")
_QUIET = _QUIET_NAMES | MONTHS | WEEKDAYS
_SCRAMBLED = _two_swapped(word for word in _STOP if 2 < len(word) < 5) - _WORDS - _FIRST - _TOP
_PROPER = read_words("proper_nouns") | _QUIET


def is_word(low: str) -> bool:
    """An English word, common or rare."""
    return low in _WORDS or low in _STOP


def is_common(low: str) -> bool:
    """A word many people use."""
    return low in _COMMON or low in _STOP


def is_never_a_name(low: str) -> bool:
    """Small words, verbs and the nouns of these stories: no cue makes a name of them."""
    return low in _STOP or low in _SCRAMBLED or low.endswith(_SHORTENED)


def is_quiet(low: str) -> bool:
    """Written with a capital but nobody's name: countries, platforms, forces, months, laws."""
    return low in _QUIET


def is_proper(low: str) -> bool:
    """Quiet, or a capitalised word that is seldom a person's name: it takes a cue to make it one."""
    return low in _PROPER


def is_first_name(low: str) -> bool:
    """Somebody's first name, even if it is a word too."""
    return low in _FIRST and low not in _STOP


def is_plain_first_name(low: str) -> bool:
    """A first name that is no common word, so that it needs no cue."""
    if low in _ALWAYS:
        return True
    if len(low) == 3 and (low not in _OWN_FIRST or low in _WORDS):
        return False
    if len(low) < 3 or low in _COMMON or low in _STOP or low in _PROPER:
        return False
    return low in _OWN_FIRST or (low in _FIRST and low not in _WORDS)


def is_surname(low: str) -> bool:
    """A surname that is no English word."""
    return low in _SURNAMES and low not in _COMMON and low not in _STOP


def is_top_surname(low: str) -> bool:
    """Among the most frequent surnames, whatever else the word is."""
    return low in _TOP


def is_plain_surname(low: str) -> bool:
    """A frequent surname that is no word at all, so that it needs no cue."""
    return len(low) > 4 and low in _TOP and low not in _WORDS and low not in _STOP and low not in _PROPER


def is_common_surname(low: str) -> bool:
    """A frequent surname, even if it is a word too ("butler", "reed")."""
    return low in _TOP and low not in _STOP


def is_name(low: str) -> bool:
    """A first name or a surname of any sort."""
    return is_first_name(low) or is_surname(low) or is_common_surname(low)


def is_known(low: str) -> bool:
    """Any word, name or proper noun of our lists."""
    return low in _WORDS or low in _STOP or low in _FIRST or low in _SURNAMES or low in _PROPER


def is_any_surname(low: str) -> bool:
    """On a surname list, however unlikely."""
    return low in _SURNAMES


def is_chinese_syllable(low: str) -> bool:
    """A syllable that Chinese names are made of; many are words too, so that it takes two of them."""
    return low in _SYLLABLES


def is_virtue(low: str) -> bool:
    """A first name that people speak of as a thing: "with patience"."""
    return low in _VIRTUES


def is_stranger(low: str) -> bool:
    """On no list and no slip of the pen: likely a name we have not met."""
    return len(low) > 3 and not is_known(low) and not is_slip(low)


class Near:
    """Words, and whether one of them is one slip away: a letter left out, put in, changed, or two swapped."""

    def __init__(self, near: Iterable[str]) -> None:
        self._words = frozenset(word for word in near if len(word) >= _EDGE)
        # Most slips leave the head or the tail as it was, so that strange words are ruled out at once.
        self._heads = frozenset(word[:_EDGE] for word in self._words)
        self._tails = frozenset(word[-_EDGE:] for word in self._words)

    def has_a_slip_to(self, low: str) -> bool:
        return any(self._is_met_at(low[:at], low[at:]) for at in range(len(low) + 1))

    def _is_met_at(self, a: str, b: str) -> bool:
        if (len(a) >= _EDGE and a[:_EDGE] not in self._heads) or (len(b) > _EDGE + 1 and b[-_EDGE:] not in self._tails):
            return False
        if b and a + b[1:] in self._words:
            return True
        if len(b) > 1 and a + b[1] + b[0] + b[2:] in self._words:
            return True
        return any(a + letter + b in self._words or a + letter + b[1:] in self._words for letter in _LETTERS)


@cache
def _near_small_words() -> Near:
    return Near(_STOP)


@cache
def _near_words() -> Near:
    return Near(_COMMON | _INFORMAL | _QUIET_NAMES)


@lru_cache(_REMEMBERED)
def is_slip_of_small_word(low: str) -> bool:
    """One letter away from a word that is never a name ("wroe", "himelf")."""
    if not 4 <= len(low) <= _LONGEST_TYPO or low in _FIRST or low in _TOP:
        return False
    return _near_small_words().has_a_slip_to(low)


@lru_cache(_REMEMBERED)
def is_slip(low: str) -> bool:
    """No word we know, but one letter away from a common one: a typing slip."""
    if not 4 <= len(low) <= _LONGEST_TYPO or low in _FIRST or low in _WORDS:
        return False
    return _near_words().has_a_slip_to(low)


def forget_strangers() -> None:
    """Drop what was remembered of the text just read: its words are not ours to keep."""
    is_slip.cache_clear()
    is_slip_of_small_word.cache_clear()


# --- Slips of the thumb -----------------------------------------------------------------------

_SLIP_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def slips_of(low: Iterable[str]) -> frozenset[str]:
    """Every string one slip away from one of these words, less the words and names of the language."""
    found = {slip for word in low for slip in _slips(word)}
    return frozenset(slip for slip in found if not is_word(slip) and not is_name(slip))


def _slips(word: str) -> Iterator[str]:
    """A letter left out, typed twice, put in or changed, or two of them swapped; the first one stays."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
            yield head + tail[0] + tail
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _SLIP_LETTERS if at else "":
            yield head + letter + tail
            yield head + letter + tail[1:]


# --- Words of age -----------------------------------------------------------------------------

ONES = "one|two|three|four|five|six|seven|eight|nine"
TEENS = r"""eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|ten|
    elven|elevn|elevan|twelv|tweleve|twleve|thirten|thriteen|fourten|forteen|fiften|fiveteen|fivteen|sixten|sixeen|
            seventen|sevnteen|sevneteen|
    eighten|eightteen|eigteen|eigthteen|ninteen|nineten|ninetten|ninteeen"""
TENS = r"""twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|fourty|twnety|tweny|twenny|twety|thrity|thirthy|thirdy|
    fivty|fify|sixy|sevnty|eigthy|ninty"""
AGE_WORD = rf"(?:(?:{TENS})(?:[ \-]?(?:{ONES}))?|{TEENS})"
NUMBER = rf"(?:[1-9]\d(?!\d)|{AGE_WORD})"
ANY_AGE = rf"(?:[1-9](?!\d)|{NUMBER}|{ONES})"
YEARS = r"(?:years?|yrs?|yr|y|yeras?|yaers?|yers?|yesrs?|eyars?)"
YEARS_OLD = rf"(?:[ \-]?{YEARS}[ \-]?(?:old|odl|ol|o|of[ ](?:age|old)|young)\b|[ ]?y[/.]?[ ]?o\b|[ ]?yo\b)"
SOMEONE = r"""(?:(?:i|he|she|they)(?:['’]?ll|[ ]will)[ ]be|
    i['’ ]?m|i[ ]?am|i[ ]was|i[ ]were|im|(?:ah|a|i)[ ]wis|ah['’]?m|he['’]?s|she['’]?s|they['’]?re|they[ ]are|
        they[ ]were|
    you['’]?re|we['’]re|we[ ]are|we[ ]were|are[ ]both|were[ ]both|both[ ]of[ ]us|me[ ]being|
    acts?|would[ ]have[ ]been|would[ ]of[ ]been|would['’]?ve[ ]been|(?:i|he|she)['’]?d[ ](?:just|be|have[ ]been|
            of[ ]been|ha[ ]been)|(?:he|
    she)[ ](?:is|was|were|wis)|who['’]?s|who[ ]is|who[ ]was|(?:i|he|she)['’]?d[ ]been|
    (?:son|daughter|brother|sister|mum|mam|dad|mother|father|child|girl|boy|kid|niece|nephew|friend|ex|partner|lad|
    wife|husband|boyfriend|girlfriend|baby|bairn|wean|eldest|youngest|oldest|cousin|gran|grandma|nan|nana|granny|
        grandad|aunt|aunty|auntie|uncle|(?-i:(?!There|That|This|What|Here|Those|These|Which|Where|It|Wait|
        Queue)[A-Z][a-z]{1,20}))
    (?:['’]s|[ ]is|[ ]was|[ ]wis|[ ]were))"""
SOFTENER = r"""(?:[ ](?:only|just|now|both|all|not|gone|about|around|nearly|almost|barely|still|then|turning|
    also|already|roughly|approx|like|aged?|coming|up|pushing|bloody|literally|actually|at|least|cirka|yet|going|on|
    probably|maybe)){0,2}"""
BABY = r"""(?:baby|babies|bairn|wean|newborn|infant|twins|little[ ](?:one|girl|boy|lad|man)|youngest|son|daughter|boy|
    girl|grandson|granddaughter|puppy)"""
MONTHS_OF_LIFE = rf"(?:[1-9]\d?|{ONES}|ten|eleven|twelve|eighteen)[ \-]?(?:months?|mths?|mnths?|weeks?|wks?|days?)"
WORK = r"""(?:(?:\w{2,15}[ ]){0,2}(?:driver|teacher|nurse|student|mum|mam|dad|mother|father|carer|cleaner|chef|farmer|
    builder|joiner|plumber|electrician|mechanic|hairdresser|barber|waitress|barmaid|cook|accountant|solicitor|single|
        married|
    divorced|widowed|unemployed|retired|gay|lesbian|bi|straight|female|male|woman|man|lad|girl|engineer|labourer|roofer|
    welder|fitter|receptionist|manager|worker|apprentice|pensioner|grandmother|gran|nan|postman|postie|midwife|
        scaffolder|
    doctor|trucker|hgv|soldier|veteran)\b)"""
# Where years are no age: "26 years in conveyancing", "12 years a nurse", "two years later".
LIVED = r"""[ ](?:of[ ](?!age)|in|into|on|as|with|for|at|an?|the|there|here|service|experience|left|to|more|since|ago|
            late|later|
    early|waiting|without|behind|off|away|from|married|clean|sober|together|after|before|inside|working|apart|
            running)\b"""
HALF = r"(?:[ ]and[ ]an?[ ](?:half|bit|quarter)|½)"
PERSON = r"""(?:mum|mam|mom|mother|dad|father|girl|boy|lad|lass|lassie|laddie|bairn|wean|child|kid|baby|toddler|
    son|daughter|brother|sister|niece|nephew|cousin|eldest|oldest|youngest|grandson|granddaughter|stepson|stepdaughter|
    gran|granny|grandma|grandmother|grandad|grandpa|grandfather|nan|nana|nanny|aunt|auntie|aunty|uncle|wife|husband|
    partner|ex|friend|mate|flat[ ]?mate?|house[ ]?mate|neighbour|lodger|man|woman|little[ ]one|middle[ ]one)"""
# As they are counted, and as the words before them change their first letter ("yn ddeg oed").
WELSH_NUMBERS = {
    **{"un": 1, "dau": 2, "ddau": 2, "dwy": 2, "ddwy": 2, "tri": 3, "dri": 3, "tair": 3, "dair": 3, "pedwar": 4},
    **{"bedwar": 4, "pedair": 4, "bedair": 4, "pump": 5, "bump": 5, "pum": 5, "bum": 5, "chwech": 6, "chwe": 6},
    **{"saith": 7, "wyth": 8, "naw": 9, "deg": 10, "ddeg": 10, "deuddeg": 12, "ddeuddeg": 12, "pymtheg": 15},
    **{"bymtheg": 15, "deunaw": 18, "ddeunaw": 18, "ugain": 20, "hugain": 20},
}
_WELSH = "|".join(sorted(WELSH_NUMBERS, key=len, reverse=True))
WELSH_AGE = rf"(?:\d{{1,2}}|(?:{_WELSH})(?:[ ](?:ar[ ])?(?:{_WELSH})){{0,2}})(?:[ ][mbf]lwydd)?[ ]oed"
