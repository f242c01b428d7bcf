"""The words of an age as patterns: numbers, whose age it is, what a person does."""

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
