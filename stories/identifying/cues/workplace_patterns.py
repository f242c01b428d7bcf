"""The words around schools and employers, and names told by shape, as patterns."""

import re

from stories.identifying.lists import read_list

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
