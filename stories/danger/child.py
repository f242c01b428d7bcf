"""A child in sentences of one spelling: the writer, or the person it happened to, is under 18 today."""

import re
from collections.abc import Sequence

from stories.danger.cues import compiled

_AGE = r"(?:9|1[0-7])"
# What a number counts when it is nobody's age.
_NO_UNIT = (
    r"(?! (?:weeks?|months?|miles?|minutes?|hours?|days?|pounds?|quid|times?|people|percent|per|stones?|calls?|emails?|pages?|"
    r"in (?:the|a|line)|of|nd|rd|years?(?! (?:old|of age|young))|grand|k|down|out|kilos?|messages?|pictures?|officers?|"
    r"different|other|seconds?|yards|metres|feet|ft|inches|am|pm|o clock|in all|more|missed|accounts?|videos?|lots|visits|"
    r"letters?|statements?|and a half (?:years|hours|months|weeks)|munud|mlynedd|flynedd|wythnos|mis|awr|milltir|diwrnod|"
    r"sections?|charges?|counts?|stops|houses|doors|boxes|sites|links|nights?|sessions?|rings|other|different|\d))"
)
_SOFT = r"(?:(?:only|just|nearly|almost|about|now|still|not|a|an|aged|age|both|f|m|girl|boy|turning|all|coming up|barely|going on|at|year|yet|the|hi|and|wee|dim ond|bron yn|newydd droi n|yn|n|in|m) ){0,3}"
_KIN = (
    r"(?:sons?|daughters?|boys?|girls?|lads?|kids?|child|childs|children|nieces?|nephews?|brothers?|sisters?|granddaughters?|"
    r"grandsons?|grandchild|grandkids?|cousins?|stepsons?|stepdaughters?|friends?|mates?|pupils?|students?|young person|person|"
    r"youngest|eldest|oldest|twins|teenager|teen|bairn|wean|godson|goddaughter|lass|lassie|laddie|bro|sis|besties?|bestie|"
    r"foster child|step son|step daughter|step kid|little one|baby girl|victim|one i support|i support|client|somebody|someone)"
)
_PARENT_OF = r"(?:my|our|her|his|the|a|their|this|that|who|whose)"

# The writer, said of now.
_I_AM = compiled(rf"""
(?:im|i am|m|me being|me im|and im|hi im|me) {_SOFT}{_AGE}{_NO_UNIT}
i (?:turn|will turn|am turning|only turned|just turned|turned) {_AGE}{_NO_UNIT}
(?:ill be|id be|going to be|turning|not till im|not turned|im turning) {_AGE} (?:next|in|on|this|soon|tomorrow|end|after|at)
im (?:a |an )?(?:GAP3)?{_AGE} (?:year old|years old|yr old)
{_AGE} ?[fm]|[fm] ?{_AGE}(?= |$)|{_AGE} (?:f|m|female|male|girl|boy|lad|lass)(?= |$)
(?:we are|were|we re|both|are both|both of us) (?:both |all |only |are |of us are |just )*{_AGE}{_NO_UNIT}
me and (?:my )?(?:GAP3)?are (?:both )?{_AGE}{_NO_UNIT}
(?:im|am|we are|still|currently|i go to|now|just|in|started|about to start|going into|moved into|hi im|me) (?:GAP2)?(?:in|into)? ?(?:year|yr|y) ?(?:[7-9]|1[0-3])(?! (?:of|and i|teacher|head|tutor|at the time|when|pupils?|girls?|boys?|students?|parents))
im (?:GAP2)?in (?:the )?(?:lower|upper|6th|sixth|sixthform|lower 6th|lower sixth|upper sixth|6th form|sixth form|s[1-6]|p[4-7]|first year at school|[1-6](?:st|nd|rd|th) year at school)
(?:im|am|still|we are) (?:GAP2)?in (?:s[1-6]|p[4-7]|primary [1-7]|secondary|high school|primary school|school|comp|the juniors|middle school|my last year (?:at|of) school|set \d)
(?:im|am|still|we are|i) (?:GAP2)?(?:at|go to|goes to|attend) (?:a |an |the |my )?(?:GAP3)?(?:school|secondary|academy|high school|comprehensive|grammar|comp)(?! (?:gate|run|office|reunion|teacher|nurse|as a|to (?:pick|collect|drop|work|teach)|and i teach|uniform shop))
(?:my|doing|got|have|sitting|taking|revising for|before|during|sit|resitting|after|studying for|start|starting|about|predicted) (?:my |the |our )?(?:gcse|mocks|mock exams|nat 5s?|nat5s?|nationals|national 5s?|highers|sats|11 plus|a levels|as levels|btec|prelims|advanced highers|standard grades)
(?:mocks|gcse|prelims|nat 5s?|highers|exams) (?:are|start|is|coming|next|this|in) (?:GAP2)?(?:summer|soon|up|january|may|june|week|month|now|year|december|november|february|april|term|are|weeks)
(?:in|at|from|round|of|across|all over|to) my (?:whole |entire |own |old )?(?:school|class|form|tutor group|year group|year|maths class|lessons?|sixth form)(?! (?:teacher|days|of|at university|at uni|at work|teach|i teach|as a teacher|abroad|out|with))
my (?:head of year|form tutor|head teacher|headteacher|headmaster|headmistress|teachers?|school|school counsellor|head of house|year head|guidance teacher|year group|pastoral|maths teacher|english teacher|tutor at school|school nurse|schools|senco|sixth form|classmates?|class mates?|form|school friends)(?! (?:days|of|is where i work|where i (?:work|teach)|friends (?:from|and i are)|training|reunion))
(?:everyone|everybody|people|boys|girls|kids|all|someone|lads|somebody|whole|half|ppl|they) (?:GAP3)?(?:at|in|round|from) (?:school|my year|my class|the school|our school|our year|my form|class)(?! (?:run|gates?|where i|i (?:work|teach)|with))
(?:in|at|from) our (?:school|class|year)(?! (?:of|where))
(?:go|going|back|come|coming|been|get|late|walk|walking|get to) (?:back )?(?:to|into|in|for) school(?! (?:run|to (?:pick|collect|drop|get him|get her)|gates?|with him|with her|meeting|for him|for her|in the (?:80s|90s|70s)))
(?:at|after|in|off|before|bunk\w*|skip\w*|skiving|missing|missed|leave|left|leaving) school (?:today|tomorrow|on monday|next|this|yesterday|now|since|because|again|until|toilets|bus|in the summer|last week|every)
(?:suspended|excluded|expelled|isolated|in isolation|detention|kicked out) (?:GAP2)?(?:from|at|of|off|in)? ?(?:school|isolation|detention)
(?:in|got|get|getting|had) (?:detention|isolation|my school uniform|school uniform)
(?:im|i am|am|are|being|because im|that im|were|only|still) (?:GAP2)?(?:under ?18|under 16|underage|under age|a minor|not 18|not over 18|not an adult|under the age|not legally|below 18|too young|a child(?! of)|a kid|just a kid|a teenager|a teen|a schoolgirl|a schoolboy|school age|a pupil|a young person|a young carer|a looked after|not old enough|too young|not an adult)
(?:not|isnt|arent|wasnt) (?:GAP2)?18 (?:yet|til|till|until)|not yet 18|not 18
(?:tick|ticked|click|clicked|put|said|say|lied|pretended|pressed|selected|chose|chosen|had to put|have to say|saying|told it|picked|entered|marked) (?:GAP5)?(?:over |im |i was |above |being )?(?:18|adult|yes to the age)(?:s| or over| plus)? (?:GAP2)?(?:because|but|so|to get|it wouldnt|or it|otherwise|even though|only so|just to|or i|as it|when im)
(?:lied|lie|lying|fibbed) about (?:my|how old|the) (?:age|date of birth|birthday|i am|im)?
(?:its|this is|says|site is|website is|you have to be|meant to be|supposed to be|only) (?:GAP2)?(?:for |be )?(?:over |above )18 (?:GAP2)?but
(?:know|knew|knows|aware) (?:GAP3)?im (?:a |only a |just a |clearly a )?(?:{_AGE}|kid|child|minor|underage|young)
(?:when|till|until|til|before|once) (?:im|i am|i turn|ill be|i m) (?:{_AGE}|18)(?! i (?:had|was))
(?:people|ppl|kids|someone|girls|boys) my age
born in 20(?:09|1\d|2\d)|born 20(?:09|1\d|2\d)
(?:mum|dad|parents|nan|foster carers?|carer|mum and dad|grandparents|social worker) (?:GAP3)?(?:ground me|grounded me|take my phone|took my phone|confiscate\w*|tell me off|wont let me have|will take my|find out im on here|checks my phone|goes through my phone)
(?:im|get|got|am) grounded
(?:ask|asking|tell|told) (?:a|my) (?:teacher|form tutor)
childline said|rang childline|called childline|phoned childline
(?:foster|care) (?:home|placement|carers?) (?:GAP2)?(?:and im|i live|im in|says|said|took|found)
(?:im|i live) in (?:a )?(?:care home|childrens home|foster care|care(?= and| |$))(?! (?:of|worker|staff|assistant))
(?:at|in) (?:lunch|break|registration|assembly|pe|maths|tutor time|form time|the playground|the changing rooms at school|school toilets)(?= |$)
year (?:7|8|9|10|11) here
homeschooled|home schooled|home educated
""")
# Somebody else, said of now.
_THEY_ARE = compiled(rf"""
(?:{_PARENT_OF}|friends?|mates?) (?:\w+ ){{0,3}}{_KIN} (?:\w+ )?(?:who |whos |whose |is |are |s |theyre |has |will be |she is |shes |hes |he is |was |and shes |and hes )*(?:just )?(?:turned |turns |turning |be )?{_SOFT}(?P<age>\d|1[0-7]){_NO_UNIT}
(?:shes|hes|theyre|they are|shell be|hell be|she|he|whos|who is|who are|is|are|them are|she turns|he turns|she turned|he turned|who turned|turned|sons|daughters|daughter|son) {_SOFT}(?P<age2>\d|1[0-7]){_NO_UNIT}
(?P<age3>\d|1[0-7]) (?:year old|years old|years of age|yr old|y o)(?:s)?
(?:girl|boy|lad|child|daughter|son|lass|pupil|kid|student|teenager|niece|nephew|sister|brother) (?:of|aged|age) (?P<age4>\d|1[0-7]){_NO_UNIT}
(?:aged|age of) (?:just |only )?(?P<age5>\d|1[0-7]){_NO_UNIT}
{_PARENT_OF} (?:\w+ )?(?P<age6>\d|1[0-7]) year old
(?:my|our|her|his|two|both|of my) (?:GAP2)?{_KIN} (?P<age7>\d|1[0-7]) and (?:\d|1[0-7])
""")
# A child by the word for it, told as the one it happened to.
_CHILD_BY_NAME = compiled(rf"""
(?:shes|hes|theyre|is|are|was|daughter|son|sister|brother|niece|nephew|who|whos|girl|boy|they are) (?:GAP2)?(?:in|into) (?:year|yr|y|primary|p|s) ?(?:\d|1[0-3])(?! (?:of|teacher))
(?:shes|hes|theyre|is|daughters|sons|sisters|daughter|son) (?:GAP2)?in (?:the )?(?:lower|upper|6th|sixth|primary|secondary|reception|junior|infant|nursery|high school)(?: school| sixth| 6th| form)?
(?:shes|hes|theyre|is|are|daughter|son|sister|brother) (?:GAP2)?(?:still |only |just |under |clearly |a )*(?:a child|a minor|a kid|a schoolgirl|a schoolboy|under 18|under 16|underage|under age|not 18|at school|in school|at primary|a teenager|a schoolkid|at secondary|not even 18|a baby|a young person|school age|still at school|so young|a little girl|a little boy|children|minors|kids)
(?:goes|go|going|gone) (?:back )?to (?:\w+ )?(?:primary|secondary|high|junior|infant|middle)? ?school(?! (?:run|with))
(?:victim|person|girl|boy|child|young person|pupil|student|one|survivor) (?:GAP3)?(?:is|was|are) (?:GAP2)?(?:under 18|a minor|underage|under age|a child|under 16|at school|not 18)
(?:boys?|girls?|kids?|lads?|children|someone|pupils|people|everyone|friends?|pupil|classmates?) (?:in|at|from) (?:her|his|their|my daughters|my sons|my sisters|my brothers) (?:class|year|school|form|year group|primary|tutor group)
(?:her|his|their|daughters|sons|childs|kids|sisters|brothers|nieces) (?:school|head teacher|headteacher|head of year|teachers?|form tutor|school friends|gcse|mocks|class|classmates|school bag|school uniform|primary school|form|school blazer|sixth form)(?! (?:run|fees|gates|in the (?:80s|90s)))
(?:school ?girls?|school ?boys?|school ?children|school ?kids|pupils|primary school children|under ?18s|under ?16s)(?= |$)
(?:my|our|her|his) (?:\w+ )?(?:little|wee|baby|young|youngest|small) (?:girl|boy|lad|one|daughter|son|sister|brother|bro|sis|cousin|man)
(?:my|our|a|the|this) (?:own |young |foster |only |poor |lovely |eldest |teenage )*(?:child|kid|kids|children|pupil|pupils|bairn|wean|stepchild|grandchild|teenager|teenage \w+|foster child|young person)
(?:groom\w+|sextort\w+) (?:GAP3)?(?:daughter|son|girl|boy|her|him|granddaughter|grandson|niece|nephew|sister|brother|kid|children)
(?:daughter|son|granddaughter|grandson|niece|nephew|sister|brother|boy|girl|grandchild)s? (?:GAP5)?(?:groomed|grooming|sextort\w*|on roblox|on fortnite|report remove|on a game|school)
""")
# What happened to the child of that sentence or the one beside it, and not to the writer.
_HARM_TO_CHILD = compiled(r"""
(?:ask|asked|asking|sent|send|sends|sending|messag\w+|blackmail\w*|groom\w*|threaten\w*|pressur\w+|film\w+|made|making|forc\w+|touch\w*|trick\w*|persuad\w+|show\w*|contact\w*|bully\w*|bullied|demand\w*|record\w*|sextort\w*|told|telling|hound\w*|abus\w*|target\w*|pester\w*|exploit\w*|rap\w+|assault\w*|meet|film) (?:\w+ ){0,2}(?:her|him|them|my (?:\w+ )?(?:son|daughter|boy|girl|child|sister|brother|niece|nephew|grandson|granddaughter|kid|kids))
(?:pictures?|videos?|footage|deepfakes?|fakes?|screenshots?|stuff|nudes?|clips?|selfies?|things) (?:\w+ ){0,2}(?:of|with|from|about) (?:\w+ ){0,2}(?:her(?! ex| dad)|him|them|my (?:\w+ )?(?:son|daughter|boy|girl|child|sister|brother|niece|nephew|twins|grandson|granddaughter|kid)|our|children|both|a girl|the girl|these girls)
(?:her|his|their|daughters|sons|sisters|brothers|childs|nieces|nephews|girls|boys|grandsons|granddaughters|whose|friends) (?:\w+ ){0,2}(?:pictures?|videos?|body|underwear|face|clothes|bra|snap|phone|account|instagram|images|privates|ex)
(?:shes|hes|she|he|they|theyre|being|got|been|get|was|were|is|who|lad|boy|girl|son|daughter|sister|brother|niece|pupil|kid|child|one) (?:\w+ ){0,2}(?:blackmail\w*|groom\w*|sextort\w*|film\w*|sent|sending|undress\w*|naked|targeted|being asked|asked (?:for|to)|tricked|exploited|coerced|bullied|raped|assaulted|touched|abused|too ashamed|wont come out|is being made|got pictures|has had|threatened|scared|shared|victim|forced|photographed|wants to die|hurt(?:ing)? (?:her|him)self|self harm\w*|cut(?:ting)? (?:her|him)self)
(?:her|his|their) ex (?:is|has|shar\w+|post\w+|sent|put)
(?:happened|happening|done|did this|doing this|sent|happen) (?:\w+ ){0,2}to (?:my|our|her|him|a|the|them|both)
(?:came|come|coming|disclosed|told|turned) (?:\w+ )?(?:to )?(?:me|us) (?:with|about|in|that|what)
(?:im|i am|we are) (?:her|his|their|the) (?:\w+ )?(?:mum|dad|mother|father|nan|nana|gran|grandad|aunt|auntie|uncle|carer|foster \w+|guardian|teacher|social worker|youth worker|stepmum|stepdad|sister|brother|parent|parents|tutor|big sister|key worker)
(?:i (?:help|support|care for|look after|am helping|work with|teach|tutor|foster)|im helping|im supporting|im writing for|on behalf of|writing for|am helping)
""")
# A child who is only there while somebody else's story is told.
_ONLY_THERE = compiled(r"""
asleep|upstairs|nursery|answered the door|on my lap|in my arms|with me|with us|explain|why mum|weekends?|custody|contact order|family court|look after|babysit\w*|child ?minder|liv\w+ with|i have|ive (?:got )?|got|have|had to pick|pick\w* up|saw me|seen me|watched|born|breakfast|dinner|bath|in the car|in the (?:next )?room|next door|was there|were there|pushchair|pram|cot|heard (?:it|me|us|him|the)|my mum had|use\w* (?:it|him|her|them) to|single (?:mum|dad|parent)|mum of|dad of|mother of|father of|parent of|keep (?:him|her|them) safe|lost custody|for the sake|for my|because of my|together|school run|drop\w* (?:him|her|them)|by my side|held my hand|hugged me|found (?:the|it|them|my)|their dad|his dad|her dad|childcare|worried about (?:him|her|them) (?:growing|seeing)|one day|grow\w* up|the father of|came with me|was with|cried|playing|watching|our (?:son|daughter) every|his son|his daughter|his kids|his own|visits?|maintenance|pregnant
""")
# An adult tells of being a child, or an adult is spoken of.
_RECALLED = re.compile(
    r"\b(?:when (?:i|we|he|she|they)(?: was| were| had)?|was|were|back (?:when|in)|at|since|from|aged|ago|as an?|used to|had|"
    r"until|id|i was only|before|did|roeddwn|oeddwn|on i|pan oeddwn|pan on|pan o n|pan|roedd|oedd|ers|been|when|that|years)"
    r"(?: \w+){0,3} ?\Z"
)
_RECALLED_SOFTLY = re.compile(
    r"\b(?:when i|when we|i was|we were|was|back in|back when|used to|did|had|roeddwn|oeddwn|on i|pan|went|went to|were|id)"
    r"(?: \w+){0,3} ?\Z"
)
_AGO = compiled(r"""
(?:\d+|twenty|many|some|few) years (?:ago|back|later)|years ago|years back|at the time|decades ago|back then|in the (?:80s|90s|70s|eighties|nineties|seventies|noughties)|in (?:19\d\d|200\d|201\d)|growing up|as a child|as a kid|as a teenager|grown up|adult now|flynedd yn ol|mlynedd yn ol|blynyddoedd yn ol|long ago|a lifetime
""")
_GROWN = re.compile(
    r"\b(?:im|i am|am|now|shes|hes|is|she is|he is|turned|aged|dwin|rwyn|dw in|ydw in) (?:now |a |an |nearly |almost )?"
    r"(?P<age>18|19|[2-9]\d)(?! (?:weeks?|months?|miles?|minutes?|hours?|days?|pounds?|times?|percent|next|in|soon|yet|calls))\b"
)
_GREW = compiled(r"""
im (?:\w+ )?(?:grandmother|grandfather|grandma|grandad|pensioner|retired|married|divorced|a mother|a mum of)|my (?:husband|wife)|at uni|university|my career
""")
_TEACHES = compiled(r"""
i (?:teach|taught|work|worked|am a teacher|run|coach)|im a (?:teacher|teaching assistant|school nurse|head ?teacher|lecturer|governor|cook|cleaner|caretaker)|teacher of|work (?:at|in|for) a|works? (?:at|in) (?:a|the)
""")
_NOT_A_PERSON = compiled(r"""
dog|cat|horse|car|phone|laptop|house|marriage|officer|copper|pc|sergeant|constable|looked|like|girlfriend|boyfriend|caution|he was|case|complaint|relationship|file|law|page|number|channel|flat|building|computer|camera|policeman|policewoman|they look|felt
""")

_WELSH_I_AM = compiled(rf"""
(?:dw i n|dw in|dwi n|dwin|rwyn|rwy n|rydw in|dwi|dw i|wyf|fi n|fin|finnau n|bod i n|mod in|mod i n) (?:\w+ ){{0,2}}?{_AGE}(?: oed| mlwydd oed)?{_NO_UNIT}
(?:bachgen|merch|hogan|hogyn|crwt|rhoces) {_AGE}(?: oed)?
(?:dwi|dw i|dwin|rwyn|rwy|yn|ym|i|n|hi|e|o|ni|rydw i|mewn) (?:yn |ym |n |mewn )?(?:m?lwyddyn|blwyddyn|flwyddyn|mlwyddyn|bl) (?:[5-9]|1[0-3])(?! (?:or|o|on|y berthynas))
tgau|nhgau|lefel a yr haf
(?:dan|o dan|danodd) (?:18|16|oed)|ddim (?:yn |dros )?18(?: eto)?|ddim yn oedolyn
(?:ticiais|dicio|ticio|diciais|rhoi|rhois|dweud|cliciais|glicio|ddweud|deud) (?:\w+ ){{0,4}}(?:dros |yn )?18
(?:dweud|deud|ddweud) celwydd am fy oed\w*
(?:dal|o hyd|dwi|dw i|rwyn|mae hi|mae o|mae e|maen|hin|on|en) (?:\w+ )?(?:yn |n |dal yn )?(?:yr ysgol|ysgol uwchradd|yr ysgol gynradd|ysgol gynradd|mynd ir ysgol|mynd i r ysgol)
(?:yn|o|ir|i) (?:fy ysgol|ein hysgol|fy nosbarth|fy mlwyddyn|nosbarth|ein blwyddyn)|ysgol ni|fy athrawes|fy athro|fy mhennaeth blwyddyn
(?:dwin|dwi n|dw in|rwyn|mod in) (?:blentyn|plentyn|ddisgybl|rhy ifanc)
(?:pawb|bechgyn|merched|bachgen|plant|rhywun|hogia|criw|merch) (?:\w+ ){{0,2}}yn (?:yr |fy |ei )?(?:ysgol|blwyddyn|dosbarth|mlwyddyn|nosbarth)
""")
_WELSH_THEY_ARE = compiled(rf"""
(?:mae|maer|ma|mai|bod) (?:\w+ ){{0,5}}?(?:yn |n |in |hin |on |en |fon |dim ond |ond )(?:dim ond |ond |bron yn )?(?P<age>\d|1[0-7])(?: oed| mlwydd oed)?{_NO_UNIT}
(?:hin|mae hin|maen|mae on|mae en|fon|mae fon|ydi hin|mae hi n) (?:dim ond |ond )?(?P<age2>\d|1[0-7])(?: oed)?{_NO_UNIT}
(?:dim ond|ond) (?P<age3>\d|1[0-7])(?: oed)? (?:ydi|yw|ydy|oedd|ydw|oed)
(?P<age4>9|1[0-7]) (?:oed|mlwydd oed)
(?:ferch|merch|bachgen|mab|fab|hogan|hogyn|plentyn|wyres|wyr) (?P<age5>\d|1[0-7])(?: oed)?
""")
_WELSH_CHILD_BY_NAME = compiled(r"""
(?:fy|ein|fy n) (?:merch|mab|ferch|mhlentyn|plentyn|mhlant|hogyn|hogan|chwaer|mrawd|wyres|wyr|bachgen|mechgyn|nith|nai|merch i|machgen) (?:i )?(?:fach|bach|ifanc|fechan)
(?:fy mhlentyn|ein plentyn|fy nisgybl|disgyblion|fy wyres|fy ŵyr)
(?:plentyn|blentyn) (?:ydi|yw|ydy|o hyd|bach)
""")
_WELSH_HARM = compiled(r"""
(?:lluniau|luniau|llun|fideo|fideos|flacmel\w*|blacmel\w*|gofyn\w*|negeseuon|anfon\w*|hanfon\w*|bygwth|fygwth|dynnu ei|tynnu ei|noeth|groom\w*|digwydd\w*|ddigwydd\w*|rhannu|gan ddyn|helpu|dioddef|twyllo|gorfodi)
""")
_LEAST_THEIRS = 10
_ADULT = 18


def is_spoken_of(sentences: Sequence[str]) -> bool:
    """Say whether somebody under 18 is the one it happened to, as far as rules can tell."""
    is_grown = any(_is_grown(sentence) for sentence in sentences)
    return any(
        _is_the_writer(sentence, is_grown=is_grown) or _is_somebody(sentences, at, is_grown=is_grown)
        for at, sentence in enumerate(sentences)
    )


def _is_grown(sentence: str) -> bool:
    """ "I am 31 now", "she's grown up": somebody in this text is an adult today."""
    return any(int(match["age"]) >= _ADULT for match in _GROWN.finditer(sentence)) or bool(_GREW.search(sentence))


def _is_the_writer(sentence: str, *, is_grown: bool) -> bool:
    if _TEACHES.search(sentence):
        return False
    for match in (*_I_AM.finditer(sentence), *_WELSH_I_AM.finditer(sentence)):
        before = sentence[max(0, match.start() - 40) : match.start()]
        names_itself = match[0].startswith(("im ", "i am ", "we are ", "dw", "rw", "ryd", "ill "))
        if names_itself and not re.search(r"\b(?:said|was|when|like|that) \Z", before):
            if not (is_grown and not re.search(r"\d", match[0])):
                return True
        elif not is_grown and not _RECALLED_SOFTLY.search(before) and not _AGO.search(sentence):
            return True
    return False


def _is_somebody(sentences: Sequence[str], at: int, *, is_grown: bool) -> bool:
    sentence = sentences[at]
    beside = " ".join(sentences[max(0, at - 1) : at + 2])
    is_harmed = bool(_HARM_TO_CHILD.search(beside) or _WELSH_HARM.search(beside))
    for match in (*_THEY_ARE.finditer(sentence), *_WELSH_THEY_ARE.finditer(sentence)):
        if _is_their_age(match, is_harmed=is_harmed, is_grown=is_grown):
            return True
    named = (*_CHILD_BY_NAME.finditer(sentence), *_WELSH_CHILD_BY_NAME.finditer(sentence))
    if not named or is_grown or not is_harmed or _AGO.search(sentence):
        return False
    return not _ONLY_THERE.search(sentence) or bool(_HARM_TO_CHILD.search(sentence))


def _is_their_age(match: re.Match[str], *, is_harmed: bool, is_grown: bool) -> bool:
    """Weigh an age that is somebody else's: whether it is of today, and of the one it happened to."""
    sentence = match.string
    before = sentence[max(0, match.start() - 40) : match.start()]
    age = next(int(found) for found in match.groupdict().values() if found)
    if _NOT_A_PERSON.search(f"{before[-25:]} {match[0]}") or _AGO.search(sentence):
        return False
    is_told = re.search(r"\b(?:was|were|when|i|at|had|roedd|oedd|pan|roeddwn|oeddwn)\b", f"{before[-12:]} {match[0]}") is not None
    if is_told:
        return not is_grown and is_harmed and re.search(r"\b(?:my|our) (?:\w+ )?(?:son|daughter|boy|girl|child|kid)", sentence) is not None
    if is_harmed:
        return True
    return age >= _LEAST_THEIRS and not _ONLY_THERE.search(sentence)
