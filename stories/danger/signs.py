"""Signs that say little alone and much together: a weapon and "tonight", an age and a school."""

import re
from collections.abc import Mapping

from stories.danger.child_cues import NO_UNIT
from stories.danger.cues import compiled

_LIFE: Mapping[str, re.Pattern[str]] = {
    "death": compiled(r"""
die|dead|dying|death|kill|kills|killed|killing|suicid\w+|alive|living|murder\w*|my life|wake up|waking up|marw|farw|
    lladd|ladd|byw|fywyd
"""),
    "means": compiled(r"""
TABLETS|overdose\w*|rope|noose|bridge|train|tracks|river|cliff|roof|knife|knives|razors?|blades?|cut|cuts|
    cutting|bleed\w*|blood|gas|petrol|acid|gun|bat|machete|hammer|weapon|wrists?|bleach|vodka|tabledi|dabledi|
    nhabledi|cyllell|gyllell|bont|afon|gwn|rhaff|llafn|gwaed\w*|petrol|asid
"""),
    "peril": compiled(r"""
outside my|at the door|hiding|looking for me|following me|found me|neck|throat|strangl\w+|chok\w+|beat me|
    stab\w*|shoot|burn|smash\w*|break in|refuge|my address|find me|after me|drws|tu allan|tu fas|
    ffordd|allwedd|goriad|bygwth|llosgi|cuddio
"""),
    "time": compiled(r"""
tonight|tomorrow|by the morning|soon|right now|this weekend|today|by (?:monday|friday|sunday)|minutes?|any minute|now|
    heno|fory|yfory|nawr|heddiw|bore
"""),
    "end": compiled(r"""
end|ends|ending|over|gone|finish\w*|last|goodbye|ready|decided|final|peace|rest|forever|do it|done|plan|planned|
    letters?|note|sorry|will|diwedd|ben|drosodd|ffarwel|llythyr\w*|nodyn|barod|penderfynu|olaf
"""),
    "despair": compiled(r"""
cant|wont|no point|nothing|nobody|hopeless|burden|tired|anymore|scared|alone|way out|terrified|frightened|without me|
    better off|worthless|hate my ?self|give up|ashamed|methu|alla i ddim|dim byd|neb|ofn|blino|hebdda|rhagor|ddim mwy
"""),
}
_SELF = compiled(r"i|im|ive|ill|id|me|my|dwi|dw|fi|rwy\w*|fy|hes|hell|he|theyre|mae|maen|shes|she")
_LEAST_SIGNS = 2
_HEAVY = frozenset({"death", "means", "peril"})
_CHILD: Mapping[str, re.Pattern[str]] = {
    "age": compiled(rf"(?<!\d )(?<!on )(?<!the )(?<!by )(?<!at )(?<!unit )(?<!number )1[0-7]{NO_UNIT}"),
    "school": compiled(r"""
school|schools|class|teachers?|tutor|maths|pe|gcse|exams?|mocks|homework|assembly|lesson|lessons|sixth form|
    year (?:[5-9]|1[0-3])|form|playground|prom|canteen|ysgol|athrawes|athro|dosbarth|nosbarth|mlwyddyn|
    flwyddyn|blwyddyn
"""),
    "kin": compiled(r"""
sons?|daughters?|girls?|boys?|lads?|kids?|child|children|niece|nephew|brother|sister|granddaughter|grandson|pupils?|
    students?|young|little|wee|teenager|merch|mab|ferch|bachgen|chwaer|brawd|mrawd|plentyn|fach|bach|wyres
"""),
    "years": compiled(r"under 18|over 18|im 18|my age|too young|birthday|an adult|years old|oed|oedolyn|ifanc"),
    "home": compiled(
        r"my mum|my dad|my parents|mum and dad|my nan|mums|foster|grounded|my mam|my phone off|carers?|"
        r"my bedroom|fy mam|fy nhad"
    ),
}


def speak_of_life(sentence: str) -> bool:
    """Say whether enough signs of danger stand together, one of them of death, means or peril."""
    if not _SELF.search(sentence):
        return False
    found = {name for name, sign in _LIFE.items() if sign.search(sentence)}
    return len(found) >= _LEAST_SIGNS and bool(found & _HEAVY)


def speak_of_a_child(sentence: str) -> bool:
    """Say whether an age stands beside another sign of a child, or a school beside a home or too few years."""
    found = {name for name, sign in _CHILD.items() if sign.search(sentence)}
    return len(found) > 1 and (found >= {"age"} or (found >= {"school"} and bool(found & {"home", "years"})))
