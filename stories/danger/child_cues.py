"""Cues of somebody under 18, in English: the writer, somebody else, what happened to them, and who is only there."""

import re

from stories.danger.cues import compiled

AGE = r"(?:9|1[0-7])"
# What a number counts when it is nobody's age.
NO_UNIT = (
    r"(?! (?:weeks?|months?|miles?|minutes?|hours?|days?|pounds?|quid|times?|people|percent|per|stones?|calls?|"
    r"emails?|pages?|"
    r"in (?:the|a|line)|of|nd|rd|years?(?! (?:old|of age|young))|grand|k|down|out|kilos?|messages?|pictures?|"
    r"officers?|"
    r"different|other|seconds?|yards|metres|feet|ft|inches|am|pm|o clock|in all|more|missed|accounts?|videos?|"
    r"lots|visits|"
    r"letters?|statements?|sections?|charges?|counts?|stops|houses|doors|boxes|sites|links|nights?|sessions?|"
    r"rings|high|"
    r"street|road|lane|avenue|close|court|drive|way|th|st|stations?|"
    r"munud|mlynedd|flynedd|wythnos|mis|awr|milltir|diwrnod|\d(?!\d)|\d{3}))"
)
# After "I'm": fewer words make a number something else.
_MINE = (
    r"(?! (?:weeks?|months?|miles?|minutes?|hours?|days?|pounds?|quid|times?|people|percent|stones?|calls?|"
    r"emails?|pages?|"
    r"in (?:the|a) (?:queue|line|row)|th|nd|rd|years? (?:in|into|with|clean|sober|married|on|older|younger|out|"
    r"away|a|now|"
    r"later|down|ago|from|service)|grand|kilos?|messages?|metres|feet|ft|inches|seconds?|yards|munud|mlynedd|"
    r"wythnos|mis|"
    r"awr|milltir|diwrnod|\d(?!\d)|\d{3}))"
)
_SOFT = (
    r"(?:(?:only|just|nearly|almost|about|now|still|not|a|an|aged|age|both|f|m|girl|boy|turning|all|coming up|barely|"
    r"going on|year|yet|hi|and|wee|like|about to be|roughly|no) ){0,3}"
)
KIN = (
    r"(?:sons?|daughters?|boys?|girls?|lads?|kids?|child|childs|children|nieces?|neices?|nephews?|brothers?|sisters?|"
    r"granddaughters?|grandaughters?|grandsons?|grandchild|grandkids?|cousins?|stepsons?|stepdaughters?|"
    r"friends?|mates?|"
    r"pupils?|students?|young (?:person|lady|man|lad|girl|lass)|youngest|eldest|oldest|middle|twins|teenagers?|"
    r"teens?|bairns?|"
    r"weans?|godson|goddaughter|lass|lassie|laddie|bro|sis|besties?|foster child|step son|step daughter|"
    r"step kid|little one|"
    r"baby|victim|client|kid|child|sibling|stepbrother|stepsister|half sister|half brother|ward|tutee|scout|guide)s?"
)
_OWNER = (
    r"(?:my|our|her|his|the|a|an|their|this|that|who|whose"
    r"|one of (?:my|our)|mi|ma|wee|friends|neighbours|sisters|brothers)"
)

# The writer, and nobody who tells of long ago says it so.
WRITER = compiled(rf"""
(?:im|i am|were both|we are|we are both|both of us are|ill be|i m|me being|m) {_SOFT}(?:{AGE}){_MINE}
(?:^|and |so |but |hi |yo |yeah )am {_SOFT}{AGE}{_MINE}
im an? (?:\w+ ){{1,2}}{AGE}(?= and|$| from| in| but)
(?:i|ive) (?:have |got |am having |having )?{AGE} years?(?! (?:ago|in|with|of|together|later|since|on|service|
    experience|for|now he|waiting|working|married|clean))
i (?:turn|will turn|am turning|only turned|just turned|turned) {AGE}{_MINE}(?! i )
(?:^|i |ive |just |have )(?:just|only just) turned {AGE}{_MINE}
(?:my|it is my|its my|had my|for my|on my|before my|since my|after my) {AGE}(?:th)? (?:birthday|bday)
(?:till|until|before|to) my 18(?:th)?(?: birthday|$)
(?:im|ill be|i will be|i turn|turning|turn|be|almost|nearly|not quite|im nearly|im almost) (?:GAP2)?18 (?:in|next|on|
    this|soon|so i|so it|later|at the end|but not)
(?:^|im )?18 in (?:\d+|a|two|a few|a couple of) (?:weeks?|months?|days?)
(?:im |am )?(?:almost|nearly|not quite|only just under|just under|not far off) 18(?= |$)(?! (?:months|years|weeks))
(?:^|hi |hello |hey )(?:\w+ )?(?:age |aged )?{AGE} ?(?:f|m|girl|boy|female|male|she her|he him|they them|here|
    btw)(?: \w+){{0,3}}$
^(?:girl|boy|f|m|female|male|lad|lass|age|wee lassie here|wee lass|im f|im m|lassie here|teen|
    my age) (?:\w+ )?{AGE}(?: |$){_MINE}
(?:my|real|my real|actual|my actual) age(?: is| was| s)?(?: {AGE}|$)|(?:put|say|tell|use|give|
    said) (?:GAP2)?(?:my )?real age
{AGE} ?[fm](?= |$)|(?:^| )[fm] ?{AGE}(?= |$)|{AGE} (?:female|male)(?= |$)
{AGE} (?:year old|years old|yr old) (?:girl|boy|lad|lass|lassie|male|female|student)? ?(?:here|from|wales|england|
    scotland|uk|and (?:i|this|my|a|im))
im (?:a |an )?(?:GAP3)?{AGE} (?:year old|years old)
{AGE} (?:too|as well|the same as me|like me|same as me)(?= |$)
me and (?:my )?(?:GAP3)?(?:are|we are) (?:both )?{AGE}{_MINE}
(?:and|so) (?:am i(?= |$)|im i(?=$| (?:and|but|so|now|too)))(?<!where am i)
(?:if|that|because|cause|even though|and|cos) im (?:only |just |still |not )?{AGE}{_MINE}
if (?:your|youre|you are|im|ur|you re) (?:only |under )?{AGE}{_MINE}|(?:help|for) (?:\w+ )?(?:under 18|kids like me|
    people my age|someone my age)
(?:im|i am|am|were|we are|still|currently|now) (?:GAP2)?(?:in|into|going into) (?:year|yr|y|form) ?(?:[5-9]|
    1[0-3])(?! (?:of|teacher|head|tutor|at the time|when))
(?:im|am|still|we are|now) (?:GAP2)?in (?:the )?(?:lower|upper|6th|sixth)(?: 6th| sixth)?(?: form)?
(?:im|am|still|we are|now) (?:GAP2)?in (?:s[1-6]|p[4-7]|primary (?:[1-7])|secondary|high school|primary school|school|
    comp|middle school|my last year (?:at|of) school|1st year|first year of (?:a levels|high school|secondary)|
    third year|fourth year|(?:class|grade) (?:[5-9]|1[0-2]))(?! (?:of (?:uni|university|my (?:degree|phd|
    apprenticeship))|at uni|uni))
(?:im|am|still|i) (?:GAP2)?(?:at|go to|attend|going to) (?:a |an |the |my )?(?:GAP2)?(?:school|high school|secondary|
    academy|comprehensive|grammar school|comp)(?= |$)(?! (?:gate|run|office|reunion|teacher|nurse|as a|to (?:pick|
    collect|drop|work|teach)|and i teach|uniform shop|meeting|where i (?:work|teach)))
(?:because |that |were |only |still |being )?(?:im|i am|am) (?:GAP2)?(?:under ?18|under 16|underage|under age|a minor|
    not 18|not over 18|not an adult|under the age|below 18|too young|to young|a child(?! of)|a kid|just a kid|
    a teenager|a teen|a schoolgirl|a schoolboy|school age|a pupil|a young person|a young carer|not old enough|
    only young|just a child|a sixth former)(?! (?:for (?:my|this) age|at heart))
too young (?:for|to be on) this|to young for this
not allowed on (?:here|this)|(?:the|because of my|this) age thing|im not supposed to be on here
(?:tick|ticked|click|clicked|put|lied|pretended|pressed|selected|chose|chosen|picked|entered|marked|said|say|
    saying) (?:GAP5)?18(?:s| or over| plus| or older)? (?:GAP2)?(?:because|but (?:i|im)|so (?:i|it)|to get|it wouldnt|
    or it|otherwise|only so|just to|as it|sorry|im not|i am not|i m not|and im|its a lie|to be able)
(?:tick|ticked|click|clicked|put|pressed|picked) (?:GAP3)?(?:yes|over|18|i was|that i was|im|
    being)? ?(?:GAP2)?18(?= sorry|$)(?! (?:i am|obviously))
18 (?:GAP3)?i said yes (?:because|so|but|sorry)|(?:said|know) (?:its |you said |
    it says )?(?:for )?(?:over )?18 (?:plus |only )?(?:but )?im not
lied about (?:my|how old)(?: age| date of birth| i am| im)?
(?:its|this is|says|site is|website is|you have to be|meant to be|supposed to be|only|know its) (?:GAP2)?(?:for |
    be )?(?:over |above )18(?:s)? (?:GAP2)?(?:but|and im)
(?:know|knew|knows|aware|told him|told them|told her|said|tell him) (?:GAP3)?im (?:a |only a |just a |clearly a |
    only )?(?:{AGE}|kid|child|minor|underage|young|school)
(?:till|until|til|before|when) (?:im|i turn|i am) (?:{AGE}|18)(?! i (?:had|was))
(?:i was )?born (?:in )?20(?:09|1\d|2\d)
(?:ive|id|i) (?:only |just |now )?been {AGE}(?! (?:times|to|weeks|months|years))
(?:havent|not|hasnt|im not) (?:\w+ )?turned 18|wont be 18|(?:not|havent) (?:\w+ )?had my (?:1[0-7])th|
    before my {AGE}th
younger than (?:it|you|the|this|your)|not old enough (?:for|to be|to use)|below your age
(?:say|said|pretend|pretended|claim|put) (?:that )?(?:i was|im|i am|being|to be) an adult|adult and im not|
    not actually an adult
cant (?:even )?(?:drive|vote|buy \w+) yet|(?:too young|not old enough|old enough) to (?:vote|drive|drink|leave school)
^{AGE} (?:here|next|in|on|soon)(?= |$)
(?:i |im |ill be |just |start |starting |am )(?:just )?(?:go|going|started|starting|start|finished|finish|moving|move|
    going up) (?:in|into|to)? ?(?:year (?:[7-9]|1[0-3])|sixth form|6th form|secondary school|
    high school)(?! (?:teacher|as))
^(?:\w+ ){{0,2}}year (?:[7-9]|1[0-3]) (?:here|student|girl|boy|pupil)
im an? year (?:[7-9]|1[0-3])(?= |$)(?! (?:teacher|tutor|parent|mum|dad))
(?:we are|were|hes|shes|is|in|are in|him in|boy in|girl in|someone in|theyre in) (?:in )?(?:my|the same) (?:year|
    class|form|maths|english)(?= |$)(?! (?:as (?:my|him at|her at)|of|at uni|at work|i (?:was|left)|when))
(?:lives?|living) with me (?:she|he|shes|hes) {AGE}
(?:about to|going to|nearly|not|will|ill|i) (?:turn|be) {AGE}{_MINE}(?= |$)
im an? (?:girl|boy|lad|lass|female|male|teen|teenager|student|kid)(?: (?:of|aged|age))? {AGE}
(?:me|im) {AGE} (?:and )?(?:him|he|hes|shes|her) \d\d
i was {AGE} (?:last|yesterday|on|this|in) (?:week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday|year|
    weekend|morning)?(?= |$)
(?:tick\w*|click\w*|press\w*|select\w*|chose|choose|pretend\w*|lied|lying|fibbed|box|button|option|
    tapped) (?:\w+ ){{0,6}}18(?! (?:obviously|of course|years|and proud|months))
(?:only|didnt|doesnt|wouldnt|dont|wont) (?:\w+ ){{0,3}}(?:have|let|give|has|had|take) (?:\w+ ){{0,4}}(?:under 18|18|
    {AGE}|my age)(?= |$)
(?:teen|teenager|schoolgirl|schoolboy) here
^{AGE}$
^(?:not yet|nearly|almost|only|just|barely|still) {AGE}(?= |$){_MINE}
(?:havent|hasnt|not|wont) (?:\w+ )?(?:turn|turned|be|reached) {AGE}(?= |$){_MINE}
(?:im|me|still) (?:\w+ ){{0,3}}under (?:the age of )?1[3-8](?= |$)
(?:born|dob|birth|birthday)(?: \w+){{0,5}} 20(?:09|1\d|2\d)
im (?:still )?in my (?:early |mid )?teens|im (?:just )?(?:become|become) a teenager|im a (?:2009|201\d) baby
(?:years?|months?) (?:until|till|off|before|away from|short of) (?:\w+ ){{0,2}}(?:18|an adult)
(?:said|told him|told them|told her|asked how old i (?:was|am) and i said) (?:im |i was |that im )?{AGE}(?= |$){_MINE}
""")
# The writer, unless they tell of their school days or of somebody else's.
SCHOOL_DAYS = compiled(rf"""
(?:we were|both|all) (?:both |all |only )?(?:1[0-7]){NO_UNIT}(?= and| |$)
(?:my|doing|got|have|sitting|taking|revising for|sit|resitting|studying for|start|starting|predicted|do) (?:my |the |
    our )?(?:gcse|mocks|mock exams|nat 5s?|nat5s?|national 5s?|nationals|highers|sats|a levels|as levels|btec|prelims|
    advanced highers|standard grades|level 2|options|nationals 5)(?: year)?
(?:mocks|gcse|prelims|nat 5s?|highers) (?:are|start|is|coming|next|this|in|exams)
my (?:gcse|a level|mock|final school) (?:year|exams?|coursework|results|revision)
(?:in|at|from|round|of|across|all over|to) my (?:whole |entire |own )?(?:school|class|form|tutor group|year group|
    year|maths class|english class|sixth form|lessons)(?= |$)(?! (?:teacher|days|of|at university|at uni|at work|
    teach|out|with|end|and i teach))
my (?:head of year|form tutor|form teacher|head teacher|headteacher|teachers?|school|school counsellor|head of house|
    year head|guidance teacher|year group|maths teacher|english teacher|pe teacher|school nurse|schools|classmates?|
    class mates?|school friends|head of sixth form|tutor at school|school bus)(?= |$)(?! (?:days|of|is where i work|
    where i|friends (?:from|and i are)|training|reunion|when))
(?:our|the) (?:head of (?:year|sixth form)|form tutor|pastoral (?:lady|lead|team|teacher)|head of house|
    safeguarding lead at (?:my )?school|sixth form common room|deputy head|school counsellor|school police officer|
    schools (?:liaison|police) officer|school liaison officer|school office rang)
(?:everyone|people|boys|girls|kids|all|someone|lads|somebody|whole|half|nobody|they) (?:GAP3)?(?:at|in|round|
    from) (?:school|my year|my class|the school|our school|our year|my form|class|year (?:[7-9]|1[0-3]))(?= |
    $)(?! (?:run|gates?|where i|i (?:work|teach)|mums))
(?:in|at|from|round) our (?:school|class|year)(?= |$)(?! (?:of|where))
(?:round|round the whole of|in|all of|whole of|across|throughout) year (?:[7-9]|1[0-3])(?= |$)(?! (?:parents|
    teachers))
(?:go|going|back|come|coming|been|get|late|walk|walking|get) (?:back )?(?:to|into|in|for|from) school(?= |
    $)(?! (?:run|to (?:pick|collect|drop|get him|get her)|gates?|with him|with her|meeting|for him|for her|
    in the (?:80s|90s|70s)))
(?:at|after|in|off|before|bunk\w*|skip\w*|skiving|missing|missed|outside|outside of|got|have|ive got|
    from) (?:the )?school (?:today|tomorrow|on monday|in the morning|next|this|yesterday|now|since|because|again|
    until|toilets?|bus|hall|corridor|last week|every|as well|and (?:everyone|they|all|he)|changing rooms?)
(?:suspended|excluded|expelled|isolated|in isolation|detention|kicked out) (?:GAP2)?(?:from|at|of|off|in)? ?(?:school|
    isolation|detention|sixth form)
(?:picks|picked|picking|meets|met|collects|waits for) me (?:up )?(?:from|outside|after|at) (?:the )?school
(?:pulled|took|taken|got|called|dragged) me out of (?:maths|english|class|lessons?|science|pe|assembly|school|form|
    a lesson|french|history)
(?:police|officers?|pc|policeman|policewoman) (?:GAP2)?(?:came|come|were called|turned up|spoke to me|was waiting|
    talked) (?:GAP2)?(?:in|into|to|at|from)? ?(?:the |my |our )?school(?= |$)
(?:in|during|at|before|after) (?:registration|assembly|tutor time|form time|the playground|lunch break|pshe|p e|
    double maths|my lessons|homework club|break time)
pshe|double maths|my homework|school disco|school uniform|school prom|prom is|(?:my|our|the) prom(?= |$)(?<!on the prom)
    |year ?book|sixth form common room|school facebook page|school group chat|school snapchat
(?:the|someone|people|boy|girl|lad|lads|boys|girls|in|shes|hes|is) (?:\w+ )?(?:in )?the year (?:above|below)(?: me|
     us)?
(?:miss|sir) (?:told|said|says|made|took|asked|thinks|rang|sent)
school (?:says?|said) (?:GAP2)?(?:cant|they cant|nothing|it happened|do anything|not their|wont|banter|delete)
(?:mum|dad|parents|nan|foster carers?|carer|mum and dad|grandparents|social worker|mam) (?:GAP3)?(?:ground me|
    grounded me|take my phone|took my phone|confiscate\w*|wont let me have|will take my|checks my phone|
    goes through my phone|making me write|makes me|typing (?:this )?for me|is typing|said dont tell dad|
    said not to tell dad)
(?:im|get|got|am) grounded|(?:taken|took|taking) (?:the wifi|my xbox|my ps5|my playstation|my console|
    my switch) (?:away|off)|taken the wifi away
childline (?:said|told|gave|lady|man|rang|were|helped|sent)|(?:rang|called|phoned|messaged|spoke to|
    talked to) childline
(?:i|and i|im) (?:live|living|am|stay) (?:with|in) (?:GAP2)?(?:foster (?:carers?|care|home|family|parents)|
    childrens home|care home|a childrens|residential unit)
(?:im|i am) in care(?= |$)(?! (?:of|worker|staff|assistant|work))|(?:key ?worker|social worker) (?:at|in|from) (?:the|
    my) (?:childrens home|unit|placement|care home)|my key ?worker at
in the unit with me|same age(?: as me)? {AGE}
(?:roblox|fortnite|minecraft|on a game|on xbox|on the xbox)
home ?schooled|home schooled|home educated|homeschool\w*
(?:not|dont) telling you how old i am|how old i am
on airdrop
(?:my|the) (?:mum|dad|mam|parents) (?:doesnt|dont|cant) know (?:im|i am|about|i|what) (?:GAP2)?(?:writing|on here|
    this|sent|here)
teachers? (?:saw|found|told|said|says|took|rang|think|thinks|made|gave|looked|have seen|knows?)
(?<!last )(?<!this )(?<!per )(?<!every )(?<!next )(?<!that )(?<!each )(?<!first )year (?:[7-9]|1[0-3])(?= |
    $)(?! (?:of|sentence|ban|term|course|anniversary|people|officers|months|weeks|days|calls|year|parents|years))
(?:at|to|from|my|our|new|whole|entire|moved|changed|changing|boys|girls|another|secondary|high|primary|grammar|bus to|
    off|after) schools?(?= |$)(?! (?:run|gates?|teacher|reunion|uniform shop|nurse and|i (?:work|teach)|where i|
    friends from|days|holidays|of (?:thought|law|nursing|art|music|medicine|dance)|mums|meeting|parents|fees|
    trip with my|placement))
(?:toilets|canteen|corridor|hall|library|nurse|counsellor|playground|changing rooms) at school|the school (?:nurse|
    counsellor|toilets?|bus|hall|canteen)(?= |$)
(?:year group|science set|maths set|whiteboard|our year|group tutor|head of year|form room|form group|form time)(?= |
    $)
(?:youth club|cadets|scouts|guides|explorers|under (?:9|1[0-8])s|sleepover|brownies)(?= |$)
appropriate adult|(?:girls|boys|lads|kids|people) my age
go to primary with|went to primary with|from primary(?= |$)
(?:gcse|gcses|nat 5s?|national 5s|mocks|school exams|my highers|prelims)(?= |$)(?! (?:teacher|pupils|
    results day years|maths teacher))
(?:teacher|teachers|tutor|headteacher|head) (?:keep|keeps|has|have|found|saw|said|told|rang|knows?|thinks?|took|is|
    are|made|wont|doesnt) (?:GAP2)?(?:me|my|asking|it|us|about)
(?:my|the) (?:school|form|class|year|teacher|head) (?:know|knows|rang|has|have|wont|said|says|told|did|does|took|
    found|got|is|are|made|excluded|sent|had)(?= |$)
pocket money|paper round|my bedtime|packed lunch|school bag|blazer|lunch money|dinner ladies|pe kit|
    duke of edinburgh|mum picks me up|dad picks me up|mum drives me|dad drives me|nan picks me up|homework|detention|
    break time
""")
# Somebody else, by their age.
THEIRS = compiled(rf"""
{_OWNER} (?:\w+ ){{0,3}}{KIN} (?:(?:i|we) (?:help|support|look after|care for|foster|teach|tutor|mentor|work with|
    am helping|am with) )?(?:(?:in|on|at|with|of|from) (?:\w+ ){{1,3}})?(?:who |whos |whose |is |are |s |theyre |has |
    she |he |will be |shes |hes |have |having |was |and shes |and hes |has just |just |now |placed with us |with me |
    with us )*(?:turned |turns |turning |be )?{_SOFT}(?P<age>\d|1[0-7]){NO_UNIT}
{_OWNER} (?:\w+ ){{0,3}}{KIN} (?:\w+ ){{0,3}}(?P<age8>9|1[0-7]) years?(?! (?:ago|later|together|older|younger|
    of marriage|on|in|since|now he|for|with))
(?:shes|hes|theyre|they are|shell be|hell be|she|he|whos|who is|who are|is|are|she turns|he turns|she turned|
    he turned|who turned|turned|turns|be|theyre both|she have|he have|have) {_SOFT}(?P<age2>\d|1[0-7]){NO_UNIT}
(?:she|he|who|daughter|son|child|girl|boy) (?:is |has |have |having |had |got |only )?(?P<age9>9|
    1[0-7]) years?(?! (?:ago|later|together|older|younger|of marriage|on|in|since|for|with|experience))
(?<!car is )(?P<age3>\d|1[0-7]) (?:year old|years old|years of age|yr old|y o)(?:s)?
(?:girls?|boys?|lads?|child|children|daughters?|sons?|lass|pupils?|kids?|students?|teenagers?|nieces?|nephews?|sister|
    brother|lassie) (?:of|aged|age|about|around) (?:only |just )?(?P<age4>\d|1[0-7]){NO_UNIT}
(?:aged|age of) (?:just |only )?(?P<age5>\d|1[0-7]){NO_UNIT}
{_OWNER} (?:\w+ ){{0,2}}(?P<age6>\d|1[0-7]) year olds?
(?:my|our|her|his|two|2|both|of my) (?:GAP2)?{KIN} (?P<age7>\d|1[0-7]) and (?:\d|1[0-7])
{KIN} {_SOFT}(?P<age10>1[0-7])(?= and (?:i|he|she|a|her|his|someone|the|got|has|is|was|sent|they)| got| came| sent|
     was| is| has| had| in | who|$)
(?:sons|daughters|his|her|nieces|nephews|brothers|sisters|granddaughters|grandsons|girls|boys) (?P<age11>\d|
    1[0-7])(?:th)? birthday
{KIN} (?:[a-z]+ ){{0,6}}(?P<age12>1[0-7])(?: now)?(?= |$){NO_UNIT}
(?P<age13>1[0-7]) (?:year old )?(?:\w+ ){{0,1}}(?:son|daughter|girl|boy|lad|niece|nephew|cousin|brother|sister|pupil|
    child)s?
(?:just )?gone (?P<age14>1[0-7])(?= |$){NO_UNIT}
(?:then|now|only|one of mine|nearly|just) (?P<age15>1[0-7])(?= |$){NO_UNIT}
""")
# Somebody else, said to be a child or at school today.
MINOR = compiled(rf"""
(?:{KIN}|shes|hes|theyre|is|are|they are|who is|whos|who are|still|she|he) (?:GAP3)?(?:in|into) (?:year|yr|y|primary|
    p|s|class|grade) ?(?:\d|1[0-3])(?= |$)(?! (?:of|teacher|months?|weeks?|days?|years?))
(?:a|the|another|my|our|with a|one) (?:GAP2)?year (?:\d|1[0-3]) (?:girl|boy|pupil|student|lad|class|kid)s?
(?:{KIN}|shes|hes|theyre|is|are) (?:GAP2)?in (?:the )?(?:lower|upper|6th|sixth|primary|secondary|reception|junior|
    juniors|infant|infants|high school|middle school)(?: school| sixth| 6th| form)?
(?:{KIN}|shes|hes|theyre|she|he|is|are|they are) (?:is |are |s )?(?:GAP2)?(?:a child(?! of)|child(?= |$)|a minor|
    a kid|a schoolgirl|a schoolboy|under ?18|under 16|under 13|underage|under age|not 18|at school|in school|
    at primary|a schoolkid|at secondary|not 18|school age|a little girl|a little boy|small girl|small boy|minors|
    too young|not in high school|in nursery)(?= |$)(?! (?:of (?:his|the|divorce|mine)|for (?:that|it)|when i|and (?:i|
    nobody) (?:work|teach)|all day))
(?:goes|go|going|gone|been) (?:back )?to (?:\w+ )?(?:primary|secondary|high|junior|infant|middle) school(?= |
    $)(?! (?:run|with))
(?:daughters|sons|childs|kids|sisters|brothers|nieces|nephews|granddaughters|grandsons|her|his|their) (?:school|
    head teacher|headteacher|head of year|teachers?|form tutor) (?:said|says|told|tells|rang|wont|will not|did|has|
    have|knows?|do|does|cant|just|called|thinks?|are|is|suspended|excluded)
(?:not|hasnt|havent|wont|refuses to|refusing to|too scared to|cant) (?:\w+ )?(?:been|go|going|gone|get|come|
    face) (?:back )?(?:to|in|into)? ?school
(?:shes|hes|is|{KIN}) (?:\w+ )?in (?:her|his|their|the)? ?(?:gcse|first|second|third|fourth|1st|2nd|3rd|4th|
    last)? ?year (?:at (?:the grammar|school|high school|secondary|academy)|of (?:secondary|high|primary))
in (?:her|his|their) gcse year|plays? for the under \d+s|(?:started|starting|start|left|finished) (?:secondary|
    primary|high|big|junior|infant) school|home from school|from school in|rang me from school|(?:her|
    his) teacher rang
""")
# A child by the word for it; something has to have happened to them.
CHILD_BY_NAME = compiled(r"""
(?:my|our|her|his|wee|the) (?:\w+ )?(?:little|wee|baby|young|youngest|younger|small|kid) (?:girl|boy|lad|one|daughter|
    son|sister|brother|bro|sis|cousin|man|lass)s?
(?:my|our|a|this) (?:own |young |foster |only |poor |lovely |eldest |teenage |youngest )*(?:child|
    kid|kids|children|pupils?|bairns?|weans?|stepchild|grandchild|grandchildren|teenager|teenage \w+|foster child|
    young person|toddler|baby|grandbaby|twins|teen|students?)s?(?= |$)
(?:boys?|girls?|kids?|lads?|children|someone|pupils|people|everyone|friends?|pupil|classmates?) (?:in|at|from) (?:her|
    his|their|my daughters|my sons|my sisters|my brothers|my nieces) (?:class|year|school|form|year group|tutor group)
(?:her|his|their|daughters|sons|childs|kids|sisters|brothers|nieces) (?:school friends|gcse|mocks|class|classmates|
    school bag|school uniform|primary school|form|school blazer|sixth form|school|teacher|teachers)(?= |$)(?! (?:run|
    fees|gates|in the (?:80s|90s)))
(?:school ?girls?|school ?boys?|school ?children|school ?kids|pupils|primary school children|
    little girls?|little boys?|four girls|young girls?)(?= |$)
(?:daughter|son|granddaughter|grandson|niece|nephew|sister|brother|boy|girl|grandchild)s? (?:GAP5)?(?:groomed|
    grooming|sextort\w*|roblox|fortnite|report remove|on a game|school|first phone)
(?:daughter|son|granddaughter|grandson|niece|nephew)(?= |$)
""")
GROOMED = compiled(r"""
(?:groom\w+|sextort\w+) (?:GAP3)?(?:daughter|son|girl|boy|her|him|granddaughter|grandson|niece|nephew|kid|children|
    pupils?)
(?:daughter|son|girl|boy|granddaughter|grandson|niece|nephew|kid|child)s? (?:GAP3)?(?:groomed|sextorted|being groomed|
    got sextorted)
(?:child|children) (?:GAP2)?(?:groomed|abused|exploited|on camera|undress\w*)
indecent image of a child
""")
# What happened to the child of that sentence or the one beside it, and not to the writer.
# Pictures and screens that are not said to be the writer's own.
ONLINE = compiled(r"""
pictures?|videos?|nudes?|snapchat|snap|instagram|insta|discord|whatsapp|blackmail\w*|undress\w*|camera|webcam|online|
    telegram|deepfakes?|app|tiktok|screenshots?|fake|airdrop|groomed|grooming|xbox|ps5|game|messages?|strangers?|
    sextort\w*
""")
OWN_STORY = compiled(r"""
of me|my (?:pictures?|videos?|nudes|body|ex|partner|husband|boyfriend|wife|case|phone|face|name|statement|account|
    marriage|story)|sent me|i sent|mine|my ?self
""")
HARM_TO_CHILD = compiled(r"""
(?:ask|asked|asking|sent|send|sends|sending|messag\w+|blackmail\w*|groom\w*|threaten\w*|pressur\w+|film\w+|making|
    forc\w+|touch\w*|trick\w*|persuad\w+|show(?:ed|ing|n)|contact(?:ed|ing)|bully\w*|bullied|demand\w*|record(?:ed|
    ing)|sextort\w*|hound\w*|abus\w*|target\w*|pester\w*|exploit\w*|rap\w+|assault\w*|scam\w*|talked|
    treat) (?:\w+ ){0,1}(?:her(?! (?:ex|name|that|to leave))|him(?! (?:to|for|not|about|that|back|if|what|why))|
    them(?! (?:to|for|not|about|that|back|if|what|why|all|in|on))|my (?:\w+ )?(?:son|daughter|boy|girl|child|sister|
    brother|niece|nephew|grandson|granddaughter|kid|kids|cousin))
(?:pictures?|videos?|footage|deepfakes?|fakes?|fake pictures|screenshots?|nudes?|clips?|selfies?) (?:\w+ ){0,2}(?:of|
    with) (?:\w+ ){0,1}(?:her(?! ex| dad)|him(?= |$)|my (?:\w+ )?(?:son|daughter|boy|girl|child|sister|brother|niece|
    nephew|twins|grandson|granddaughter|kid)|our (?:son|daughter|child|kids|girl|boy)|children|a girl|the girl|
    these girls|both of them)
(?:her|his|their|daughters|sons|sisters|brothers|childs|nieces|nephews|girls|boys|grandsons|granddaughters|whose|
    pupils|kids) (?:\w+ ){0,1}(?:pictures?|videos?|body|underwear|face|clothes|bra|privates|nudes|arms|top)(?= |$)
(?:shes|hes|she|he|theyre|being|got|been|get|getting|has|had|daughter|son|sister|brother|niece|nephew|pupil|kid|child|
    one|girl|lad|boy|lads|girls|cousin|friend|grandson|granddaughter|wean|baby|toddler|bairn|old|who|
    whos) (?:\w+ ){0,2}(?:blackmail\w*|groom\w*|sextort\w*|filmed|had a fake|been sent|was sent|being sent|sent (?:a|
    one|pictures?|videos?|stuff|something|filth|it to a)|sending (?:pictures?|videos?|stuff)|undress\w*|naked|
    being asked|was asked|asked (?:for|to)|tricked|exploited|coerced|bullied|raped|assaulted|touched|abused|
    too ashamed|wont come out|being made|got pictures|had (?:her|his|ai|pictures)|scammed|victim|forced|photographed|
    wants to die|hurt(?:ing)? (?:her|him)self|self harm\w*|cut(?:ting)? (?:her|him)self|disclosed|confided|
    is in the pictures|in the pictures|caught in|committed an offence|a suspect|too scared|too frightened|been shared|
    wants money|wont go|talked into|pictures shared|pictures taken|pictures leaked|leaked|crying in)
(?:her|his|their) ex (?:is|has|shar\w+|post\w+|sent|put)
(?:happened|happening|done|did this|doing this|happen|sent|did it) (?:\w+ ){0,1}to (?:my|our|her(?= |$)|him(?= |$)|
    a child|both)
(?:disclosed|confided|came to me|came to us|told me what|showed me|told me last night|told us)
(?:im|i am|we are|as|im writing as) (?:her|his|their) (?:\w+ )?(?:mum|dad|mother|father|nan|nana|gran|grandad|aunt|
    auntie|uncle|carer|guardian|teacher|stepmum|stepdad|parents?|tutor|big sister|key worker)
(?:i (?:help|support|foster|am helping|tutor|mentor)|im helping|im supporting|writing for (?:my|her|him|our|a)|
    on behalf of|asking for my (?:son|daughter|niece|nephew|sister|brother))
babysitter|interviewed my|a man (?:on|of|in|online)|grown man|older man|a stranger|report remove
""")
# A child who is only there while somebody else's story is told.
ONLY_THERE = compiled(r"""
asleep|upstairs|at nursery|answered the door|on my lap|in my arms|with me when|explain (?:\w+ ){0,4}(?:mum|why)|
    why mum|weekends?|custody|contact order|family court|child ?minder|(?:i have|ive got|ive|got) (?:a|an|two|three|2|
    3|4|my|\w+ kids)|pick\w* (?:him|her|them|my \w+) up|saw me|seen me|watched me|born|breakfast|dinner|bath time|
    in the car|in the (?:next )?room|next door|was there|were there|pushchair|pram|cot|heard (?:it|me|us|the)|
    use\w* (?:it|him|her|them) to get|mum of|dad of|mother of (?:two|three|2|3|4)|keep (?:him|her|them) safe|
    lost custody|for the sake|school run|drop\w* (?:him|her|them|the bairn|the kids)|by my side|held my hand|
    hugged me|found (?:the|it|them|my) (?:\w+ )?(?:on|in|by|pictures)|fuond it|childcare|growing up|the father of|
    came with me|interpret\w*|cried when|playing|watching tv|our (?:son|daughter) every|maintenance|pregnant|
    sleeps with|read it out|was with (?:me|us)|asked me why|waved|seen it on|had seen it|spoke to my
""")
# An adult tells of being a child.
RECALLED = re.compile(
    r"\b(?:when i|when we|i was|we were|was|back in|back when|used to|did|had|went|went to|were|id|i had|attended|"
    r"since|left|from when)(?: \w+){0,3} ?\Z"
)
LONG_AGO = compiled(r"""
(?:\d+|twenty|many|few) years (?:ago|back)|years ago|years back|at the time|decades ago|back then|in the (?:80s|90s|
    70s|eighties|nineties|seventies|noughties)|in (?:19\d\d|200\d|201\d)|growing up|as a child|as a kid|as a teenager|
    grown up|adult now|long ago|a lifetime|old school friend|(?:flynedd|mlynedd|blynyddoedd) yn ol|when i was
""")
TEACHES = compiled(r"""
i (?:teach|taught|work|worked|coach)|im a (?:\w+ )?(?:teacher|teaching assistant|school nurse|head ?teacher|lecturer|
    governor|cook|cleaner|caretaker|youth worker)|teacher of|work (?:at|in|for) (?:a|the)|works? (?:at|in) (?:a|the)|
    my (?:kids|childrens|sons|daughters|boys|girls|childs|little ones) (?:school|teacher|class|head)|uni|university|
    my (?:kids|children|son|daughter)|the mums
""")
NOT_A_PERSON = compiled(r"""
dog|cat|horse|car|phone|laptop|house|marriage|officer|copper|pc|sergeant|constable|looked|girlfriend|boyfriend|
    caution|case|complaint|relationship|file|law|page|number|channel|flat|building|computer|camera|policeman|
    policewoman|they look|address|log|reference|ref|report|option|unit|floor|level|court|it|this|there|room|question|
    answer|total|wait|queue|rating|score|out of|new girlfriend|chapter|stage|count|charge|section|station|division|
    team|part|step|line
""")
GREW = compiled(r"""
im (?:\w+ )?(?:grandmother|grandfather|grandma|grandad|pensioner|retired|married|divorced)|my (?:husband|wife|
    ex husband|ex wife)|at uni|university|my career|my degree
""")
GROWN_WRITER = re.compile(
    r"\b(?:im|i am|am|dwin|rwyn|dw in|ydw in|rydw in) (?:now |a |an |nearly |almost )?(?P<age>18|19|[2-9]\d)"
    r"(?! (?:weeks?|months?|miles?|minutes?|hours?|days?|pounds?|times?|percent|next|in|soon|yet|calls|on|this|so))\b"
)
GROWN_CHILD = re.compile(
    r"\b(?:shes|hes|is|turned|theyre|she is|he is|who is|whos) (?:now )?(?P<age>18|19|[2-9]\d)"
    r"(?! (?:weeks?|months?|miles?|minutes?|hours?|days?|pounds?|times?|percent))\b|\b(?P<grown>grown up|"
    r"adult now|all grown)\b"
)
# Words that make a daughter or a brother a child.
YOUNG = compiled(r"""
(?:little|wee|baby|young|younger|youngest|small|kid|teenage) (?:girl|boy|lad|one|daughter|son|sister|brother|bro|sis|
    cousin|man|lass|girls|boys)s?
child|kids?|children|pupils?|bairns?|weans?|grandchild|grandchildren|teenagers?|teens?|toddler|baby|young person|
    school\w*|class|classmates|form tutor|head of year|year (?:\d|1[0-3])|roblox|fortnite|groom\w*|sextort\w*|
    report remove|grown man|older man|gcse|grandson|granddaughter|babysitter|first phone|under 18s?|undress\w*|
    on a game|xbox
""")
