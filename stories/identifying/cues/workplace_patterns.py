"""The words around schools and employers, and names told by shape, as patterns."""

import re

from stories.identifying.lists import read_list

SAINT = re.compile(
    r"""(?<!\w)(?P<it>(?:st\.?|saint)[ ][a-z]{3,15}(?:['’]s|s['’]?)(?![\w])|(?:St\.?|
        Saint)[ ](?-i:[A-Z])[a-z]{2,15})(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
SONS = re.compile(
    r"""(?<!\w)(?P<it>[A-Za-z][a-z'’]{1,20}(?:,[ ][A-Za-z][a-z'’]{1,20})?[ ](?:&|and)[ ](?:sons?|co|
        daughters?|partners))(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
UNIVERSITY = re.compile(
    r"""(?<!\w)(?P<it>(?:the[ ])?(?:university|college|bishop)[ ]of[ ](?:the[ ])?(?P<place>(?:(?:east|west|
        north|south|central)[ ])?[a-z]{3,20}))(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
YSGOL = re.compile(
    r"""(?<!\w)(?P<it>(?:ysgol|coleg|prifysgol)(?:[ ](?:[A-Z][a-z]{1,15}|[a-z]{2,15})){1,3}?)(?=[.,;!?)\n]|
        [ ](?:and|in|on|so|but|where|when|he|she|i)\b|$)""",
    re.VERBOSE | re.IGNORECASE,
)
WORKS = re.compile(
    r"""\b(?:(?:work(?:s|ed|ing)?|job|jobs|shifts?|employed|manager|nurse|cleaner|porter|teach(?:es|er|ing)?|
        taught|tutor|lecturer|student|stud(?:y|ies|ied|ying)|assistant|supervisor|colleagues?|cashier|
        receptionist|apprentice|intern|course|driver|chef|trained|hr|boss|danc(?:e|es|ed|ing)|sing(?:s|ing)?|sang|
        perform(?:s|ed|ing)?|play(?:s|ed|ing)?|volunteer(?:s|ed|ing)?|coach(?:es|ed|ing)?|yoga|(?:tills|checkouts?|door|bar)|warden|
        governors?|trustee|clean(?:s|ed|ing)?|caretaker|technician|engineer|consultant|carer|waitress|barmaid|bouncer|
    teach[ ]year[ ]\w{1,6}|year[ ]\w{1,6}|degree|year|placement(?:[ ](?:is|was))?)[ ](?:(?:in|
        on)[ ](?:the[ ])?\w{1,15}[ ](?:ward[ ])?|pe[ ]|maths[ ]|english[ ]|science[ ])?(?:at|for|with|
        in[ ](?=the[ ](?-i:[A-Z])))|my[ ]work(?:place)?,|my[ ]work(?:place)?[ ]\(|(?:go(?:es)?|went|
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
    r"""(?<!\w)(?:uclan|ucl|lse|kcl|uwe|uea|umist|qmul|lsbu|mmu|ljmu|bcu|ntu|dmu|soas|
        u?w?trinity[ ]saint[ ]david|
    (?:leeds|manchester|sheffield|birmingham|nottingham|oxford|liverpool|cardiff|london|glasgow|edinburgh|
        southampton|buckinghamshire|staffordshire|canterbury)[ ](?:beckett|met(?:ropolitan)?\b(?![ ]police)|
        hallam|city[ ]uni\w{0,8}|trent|brookes|john[ ]moores|caledonian|napier|solent|new[ ]university|
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
    r"\bat[ ](?P<it>the[ ]Royal[ ](?P<one>[A-Z][a-z]{2,15}))"
    r"(?=[.,;!?\n]|[ ](?:and|when|where|but|until|in)\b|$)"
)
NAMED = re.compile(
    r"(?<![\w.])(?P<it>(?P<first>[A-Z][a-z'’]{2,15})(?:[ ][A-Z][a-z'’]{2,15}){1,3}?[ ]"
    r"(?:School|Academy|College|Nursery|Hospital|Hospice|Surgery|Infirmary|Clinic))(?!\w)"
)
