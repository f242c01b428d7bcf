"""Cues of somebody who may end or harm their own life, in English: said of now, of then, or of either."""

from stories.danger.cues import compiled

# What is said of now, whatever else the sentence tells: "I want to die since they closed it three years ago".
NOW = compiled(r"""
(?:i|she|he|they|who|who s|also|still|keeps? saying|really) (?:wants?|need|wish|long) to (?:GAP2)?(?:die(?! of| from|
    t)|be dead|not be here|not exist|not wake up|stop existing|disappear for ?ever|be gone for good|kill SELF|
    hang SELF|end (?:it all|it tonight|it now|OWN life|everything|things tonight)|go to sleep (?:and|
    for) (?:GAP3)?(?:not|never|ever))
(?:i )?(?:want|wish|ready|rather|prefer) to die(?! of| from| than (?:let|give|go|see him|lose|pay|speak|talk))
(?:id|would) (?:much |sooner )?(?:rather|sooner|prefer to) (?:be dead|not be here|not be alive|die than (?:live|have|
    face|let (?:my|them see)|go through))
(?:i |she |he )?want (?:it|this|everything|the pain) (?:all )?to (?:stop|end|be over)(?: now| forever)? (?:and|
    so) (?:i|ive|theres|im)
(?:im|shes|hes|am|ill|is|are|be|were|theyre) (?:GAP2)?(?:going to|about to|planning to|planning on|planning how to|
    ready to|plan to) (?:GAP2)?(?:kill(?:ing)? SELF|hang(?:ing)? SELF|end(?:ing)? (?:it all|it tonight|it now|it|
    OWN life|things)(?! with| between| by text)|tak(?:e|ing) OWN (?:own )?life|jump(?! through| at| on a| the queue|
    ing through)|overdose|slit|cut my|do it (?:tonight|now|today|when|this time|while|soon|properly)|top SELF|
    drown SELF|do SELF in|die tonight|harm SELF|hurt SELF|do something (?:stupid|silly|bad))
(?:ill|i will|ima|imma) (?:GAP2)?(?:kill|hang|drown|top|shoot|unalive|harm|hurt|end|off) (?:my ?self|it all|
    it tonight|my life|it(?= if| tonight| when| before|$))
(?:ill|ill just|shell|hell|i will|going to) be dead (?:by|before|soon|tonight|tomorrow|in)
(?:i )?(?:wont|not going to|will not|not) be (?:here|around|alive|breathing)(?: anymore)?(?: (?:by|tomorrow|when|
    much longer|next|for (?:the|xmas|christmas)|to see|if|in the morning|after|at the end|come|long|soon|tonight)|$)
by the time (?:you|anyone|they|someone|this|any of you) (?:GAP2)?(?:reads?|finds? this|gets? this|sees? this|is read)
(?:when|if|once) (?:you|they|someone|anyone)(?: are|re)? (?:read|reads|reading|find|finds|get|gets|
    see) this (?:GAP2)?(?:ill|i will|i wont|ive|im|its too late|i am|it will)
if youre reading this (?:GAP2)?(?:ill|i|ive|im|its)
(?:this|so this|that) is (?:my |me |a |it |the )?(?:saying )?(?:goodbyes?|good bye|final goodbye|last goodbye)
(?:this|these) (?:is|will be|are|could be|may be|might be) my (?:last|final) (?:messages?|words|night|day|post|letter|
    hours|thing|anything)
my (?:last|final) (?:night|day|hours) (?:on|alive|here|in this|with)
tonights? (?:is )?the night
(?:last|final) thing i (?:ever )?(?:do|write|say)
tell (?:my )?(?:GAP2)?FAMILY (?:that )?(?:GAP2)?(?:im sorry|i love|i loved|sorry|it wasnt|its not|it wasnt|
    im so sorry)
look after (?:my )?(?:GAP2)?FAMILY (?:for me|when im gone|after im|once im|if im not)
(?:when|once|after) im (?:gone|dead|not here)
(?:ive|have) (?:GAP2)?(?:written|wrote|done|left|finished|prepared|posted|typed) (?:GAP3)?(?:letters?|notes?|
    goodbyes?)(?: (?:to|for) (?:GAP2)?FAMILY| in the drawer| and (?:put|hid|left)| ready| for (?:when|after)|$)
(?:ive )?(?:said|saying|written|writing|wrote|been saying) (?:GAP2)?(?:my )?goodbyes?(?: letters?|
     notes?)? to (?:GAP2)?FAMILY
(?:ive|have) (?:GAP2)?(?:written|wrote) (?:GAP2)?(?:to|letters? to) (?:GAP2)?FAMILY (?:and|so|telling|to say|
    explaining)
(?:ive|have|shes|hes) (?:GAP2)?(?:overdosed|cut (?:GAP2)?(?:my|her|his) (?:wrists?|arms?|legs?|throat|thighs?)|
    cut (?:my|her|him)self|slashed|slit|hung SELF|hanged SELF|drank bleach|turned the gas|taken something|
    took something|tied)
just (?:GAP2)?(?:swallowed|taken|took|necked|downed) (?:GAP3)?(?:TABLETS|whole|all|loads|\d\d|overdose|bottle|bleach)
(?:the )?(?:TABLETS|TOOL) (?:GAP2)?(?:is|are|right|here|sat|sitting|all|lined|next to me|beside me|in front of me|
    in my (?:hand|lap|bag|drawer|pocket)|out|counted|ready)(?: (?:here|ready|next to me|beside me|in front|in my|
    on the|lined|right here|out|counted|up|now|tonight|on my))+
(?:have|ive|got|have got|with|holding|theres|i) (?:GAP3)?(?:TABLETS|TOOL) (?:GAP2)?(?:here|ready|next to me|beside me|
    in front of me|in my (?:hand|lap|bag|drawer)|on (?:the|my) (?:bed|table|desk|side|lap)|lined up|all lined|tonight|
    saved(?: up)?|out|hidden|waiting|right here|with me|to do it)
(?:ive )?(?:been )?(?:saving|saved|stockpiling|stockpiled|hoarding|hoarded|collecting|collected|stashing|stashed|
    hiding)(?: up)? (?:GAP3)?(?:TABLETS|them up|enough)
(?:ive |im )?(?:counted|counting|looking at|staring at|holding|keep looking at|popped out|bought|
    lined up) (?:GAP3)?(?:TABLETS|TOOL)(?! (?:bottle|advert))
(?:ive )?(?:counted|lined) them (?:all )?(?:out|up)
(?:theres|ive|got) (?:got )?(?:a |the )?(?:rope|noose|belt) (?:in|on|round|around|tied|over|from|ready|and)
(?:bought|got|have|theres|got hold of|saved|found) (?:GAP2)?enough (?:GAP2)?(?:to|in here to|
    here to) (?:GAP2)?(?:do it|kill|end|finish|stop my|make sure|not wake)
i got (?:the|my) (?:TOOL) (?:out|ready)
(?:how many|how much) (?:GAP2)?(?:it takes|to take|it would take|would (?:it take|kill|do it)|will kill|
    i need to take|(?:TABLETS|of them) (?:it|to|would|will|i))
(?:googl\w+|search\w+|look\w+ up|reading|research\w+|read up) (?:GAP3)?(?:how to|ways? to|ways of|quickest|painless|
    how you) (?:GAP2)?(?:die|kill|end|overdose|hang|do it|way)
painless way
(?:ive got|i have|ive|have|got|ive made|made) (?:GAP2)?a plan (?:and|to (?:die|end|do it|kill)|for (?:tonight|how|it)|
    now|$)
know (?:exactly )?(?:how|where|when|what) (?:im|ill|i am|id|i would|i will) (?:going to |be )?(?:do|end|doing) (?:it|
    this|going)
(?:im|ive been|am) (?:GAP2)?(?:sat|sitting|standing|stood|at|on|by|up on|parked|here on|walking to|
    walking) (?:GAP3)?(?:the|a|this|my) (?:GAP2)?(?:bridge|ledge|roof|platform|railway|train tracks|tracks|train line|
    edge|cliffs?|cliff path|top floor|multistorey|car park roof|viaduct|motorway bridge|railings|barrier|pier|quay|
    river)
been (?:stood|standing|sat|sitting) (?:GAP2)?(?:on|at|by) the (?:GAP2)?(?:bridge|ledge|roof|platform|edge|cliff|
    tracks)
(?:im|i am) (?:GAP2)?(?:at|on) the (?:edge|ledge|bridge|roof|tracks)
(?:ive )?(?:turned|left) the gas on
(?:im|am|feel|feeling|shes|hes|is|been feeling|felt so|feels|been|being|getting|become|now) (?:GAP2)?suicidal
have (?:GAP2)?suicidal (?:thoughts|feelings|urges)
(?:keep|keeps|cant stop|always|constantly|i|im|am|still|often|sometimes|just|now|ive been|been) (?:GAP2)?(?:thinking|
    think|dreaming|dream|fantasi\w+|obsess\w+) (?:a lot )?(?:of|about) (?:GAP2)?(?:death(?! threats)|dying|suicide|
    ending (?:it|my|everything)|not being here|not being alive|doing it|killing (?:my|him|her|them)sel|hanging|
    jumping|stepping|walking (?:in|into|out)|driving (?:in|into|off)|taking (?:GAP3)?(?:TABLETS|OWN (?:own )?life|
    overdose)|being dead|harming|hurting my|cutting)
(?:keep|keeps|have|having|ive|get|getting|constant) (?:GAP2)?(?:thoughts|urges?|intrusive thoughts) (?:GAP2)?(?:of|
    about|to) (?:GAP2)?(?:suicide|death|dying|end|ending|kill|killing|harm|harming|hurt|hurting|not being|jump|
    jumping|cut)
(?:cant|dont|cannot|i cant) (?:GAP2)?(?:go on|carry on|keep going|live|cope) (?:like this|living|with (?:this|it|
    myself|the shame)|anymore|another (?:day|night|minute)|any longer|much longer|knowing|now|without|much more|its|
    everyone|theyre|$)
(?:cant) (?:do|take|bear|stand|face|handle|survive) (?:this|it|life|living|another (?:day|night|week)|tomorrow|
    being here|being alive|much more|waking up|the thought of another)(?: anymore)?(?: anymore| much longer|$| i |
     im | ive | and | any | like )
(?:dont|doesnt|not|never) (?:GAP2)?want to (?:GAP2)?(?:be alive|live(?! (?:in|with him|there|at|here|near|next|
    together|on my|by))|exist|wake up|go on|carry on|keep living|be on this (?:earth|planet)|be in this world|breathe|
    be a burden)
(?:dont|doesnt) want to be here(?: (?:anymore|because|after|if|without|at all|tonight|tomorrow|and|but|i|since|now|
    when|on this|in this world)|$)
(?:dont|cant|wont) (?:GAP2)?(?:see|think i(?:ll)?|imagine|know if i(?:ll)?) (?:GAP2)?(?:a way out|any way out|way out|
    another way|a way forward|any future|a future|my ?self (?:getting|being|living|surviving|making)|making it|
    make it|get through|be here|survive|a reason to)
theres (?:GAP2)?(?:no|not a|only one) way (?:out|left|forward)(?! of the (?:contract|building|car park))
the only way (?:out|to (?:make|stop|end|get)|i can)(?: (?:it|this|them|is|them|away|to))? (?:GAP3)?(?:is|if|
    will be) (?:GAP2)?(?:death|to die|if im|if i|to end|to kill|dead|gone|to go|die|suicide|to not be|me being)
(?:got |have |with )?nothing (?:GAP2)?(?:left )?to live for
(?:have|got|see|theres|cant find|find|cant think of) (?:GAP2)?(?:no|a|any|
    one) (?:GAP2)?reasons? (?:GAP2)?(?:to (?:live|stay alive|be alive|be here|carry on|go on|wake up|keep going|stay)|
    for living)
(?:had|have had|ive had) enough of (?:life|living|this life|being alive|being here|this world)
(?:im|am|so|i am) (?:GAP2)?(?:tired|sick|done|fed up|exhausted) (?:of|with|from) (?:life|living|being alive|existing|
    breathing|this life)
want out of (?:this )?(?:life|world)
(?:im|i am|am) (?:GAP2)?(?:ready to (?:die|leave this|go now)|done with life|a burden)
(?:hope|hoping|pray|wish|wishing|praying) (?:GAP2)?(?:i|to god i) (?:dont|do not|never|wont|didnt|didnt have to|
    just dont) wake up
(?:sleep|bed) (?:tonight )?and (?:GAP2)?(?:not|never) (?:have to )?(?:wake|waking)
never wake up
wish (?:i |id |that i )(?:GAP2)?(?:was|were|wasnt|werent|could|had|never|had never been|never been) (?:GAP2)?(?:dead|
    born|alive|die|not here|here anymore|not exist|cease|disappear forever|not alive|been born|gone for good)
wish i (?:wasnt|werent) here
better off (?:GAP2)?(?:without me(?! is| was)|dead|if (?:i|im|i were|she|he) (?:GAP2)?(?:dead|gone|wasnt|werent|here|
    not|died|disappeared)|with me (?:gone|dead)|if i)(?! (?:around|in (?:his|her|their) life))
(?:happier|easier|better|relieved|glad|better place|safer) (?:GAP2)?(?:without me|if (?:i|im) (?:GAP2)?(?:dead|gone|
    wasnt|died|not here)|with me (?:gone|dead)|once im gone)
favour if i (?:GAP2)?(?:wasnt|were|was|not|died|gone|went)
(?:nobody|no1|who|not 1 person|no person) (?:GAP2)?(?:miss me|notice if i|care if i (?:GAP2)?(?:die|died|dead|live|
    gone)|notice i was gone|cry for me)
(?:world|place) (?:GAP3)?without me
(?:theres |see |is |got )?(?:no|any|not much|much) point (?:to|in|of|for)? ?(?:me |my |i |
    us )?(?:GAP2)?(?:being (?:here|alive|around)|living|live|life|going on|carrying on|existing|waking up|to (?:live|
    be here|be alive|go on|life|my life)|my life|me anymore)
whats the point (?:in|of) (?:GAP2)?(?:being (?:here|alive)|living|life|going on|carrying on|waking up|me|existing|
    anything anymore)
(?:cant|dont) see (?:GAP2)?(?:the|a|any) point (?:GAP2)?(?:of|in)? ?(?:GAP2)?(?:living|being here|being alive|life|
    going on|carrying on|waking|anymore|me)
(?:im|shes|hes|i am|am) (?:GAP2)?(?:not|isnt) safe (?:on my own|alone|with my ?self|from my ?self|tonight|
    to be (?:alone|left|on my)|around)
(?:dont|cant|do not) (?:GAP2)?(?:trust|feel safe with|be trusted with|be alone with|be left with) (?:my ?self|my own|
    me)
(?:scared|frightened|worried|afraid|terrified|dont know) (?:GAP2)?(?:of )?what (?:ill|i|i might|i may|im going to|
    i could|shell|hell|she|he) (?:GAP2)?(?:do to (?:my|her|him)sel\w+|do to me|do next|do tonight|do if|do when|
    do)(?! (?:about|for|with|next))
(?:scared|frightened|worried|afraid|terrified|going to|might|may|will) (?:i|ill|im|that i|that ill|i will|she|shell|
    he|hell)? ?(?:GAP2)?(?:do something (?:stupid|silly|bad|to (?:my|her|him))|hurt (?:my|her|him)self|harm (?:my|her|
    him)self|kill (?:my|her|him)self)
(?:dont|doesnt|do not) deserve to (?:live|be here|be alive|breathe|exist)
(?:im|shes|hes|am) (?:GAP2)?(?:cutting|bleeding|hurting my|harming my|self harming|self harm|burning my|hitting my|
    starving my)(?! costs| edge| hell| heart| for (?:her|him|them))
(?:wont|cant|doesnt|will not|isnt|not|wouldnt) (?:GAP2)?(?:stop|stopping) (?:the )?(?:bleeding|blood)
(?:theres|so much|lots of|loads of) (?:GAP2)?blood (?:everywhere|on the|all over|and)
bleeding (?:GAP3)?(?:badly|a lot|everywhere|wont stop|heavily|and i|through)
cut (?:my ?self |too |it |her ?self )?(?:GAP2)?(?:too deep|really deep|deeper|so deep|its deep|and its deep|again and|
    again$|badly)
(?:started|start|back to|been|gone back to|begun|back|keep|relapsed) (?:GAP2)?(?:self harm(?:ing)?|cutting|
    hurting my ?self|burning my ?self|harming my ?self|cutting my ?self)(?! (?:costs|me off|me out))
i (?:cut|self harm|hurt my ?self|harm my ?self|burn my ?self|hit my ?self) (?:GAP3)?(?:every (?:day|night|time)|
    most (?:days|nights)|when|to cope|because|now|just to|again|tonight)
(?:says?|saying|said) (?:GAP3)?(?:wants to|want to|going to|will) (?:GAP2)?(?:die|kill (?:her|him|them)sel\w+|
    end (?:her|his|their) life|end it all)
(?:keeps|is|shes|hes|started|started) (?:GAP2)?(?:talking|saying|messaging|speaking|posting) (?:GAP2)?(?:about|
    of) (?:GAP2)?(?:ending|killing|dying|suicide|death|not being here|not wanting)
life isnt worth (?:living|it)
(?:isnt|not) worth (?:living|being alive|being here|staying alive)(?: anymore)?
(?:my )?life is (?:GAP2)?(?:over|not worth|finished|worthless|pointless)
(?:i|she|he) (?:no|not|dont|doesnt) (?:want|wish|can) (?:to )?(?:live|life|be alive|living|more life)(?! (?:in|with|
    there|at|near|here|like that|together))
i want (?:to )?(?:die|dead|finish(?= |$)(?! (?:this|the|my (?:story|account|course)))|finish my life|kill me)
(?:no|ddim|not) (?:want|wana) (?:to )?live
(?:if|once) (?:i|im|id|i was|i were) (?:just |was |were |am )*(?:dead|die|died|dies)(?! (?:of|inside))
(?:being|be|already|rather|i was|feel|want|get) (?:GAP2)?dead(?! (?:end|on my|serious|against|set|tired|to me|proud|
    sure|wood|line|chuffed|scared|right|easy|honest|good|nice|happy|ashamed|embarrassed|battery|weight|phone|link|
    kind|helpful|polite|slow|quick|boring|body))
death (?:would|is|has|must|seems|feels|sounds) (?:GAP3)?(?:easier|better|only|door|way|peace|relief|kinder|quicker)
(?:be|go|going) dead (?:has|is|would)
(?:dont think|doubt|doubtful|wont|not sure) (?:GAP2)?(?:ill|i will|i|be) (?:GAP2)?(?:make it to|see|be here (?:at|for|
    by|to)|live to see|last (?:the|til|till|until|much)|survive (?:the|this|another)|be around) (?:GAP2)?(?:christmas|
    xmas|birthday|new year|tomorrow|weekend|week|month|summer|morning|30|40|long|next|year|night|the|see)
(?:wont|cant|dont) (?:GAP2)?see (?:my ?self )?(?:GAP2)?(?:christmas|my next birthday|30|the new year|being here|
    the morning|tomorrow|next year)
(?:i )?(?:wont|will not|not going to|not) be around (?:to|for|when|much|anymore|if|after|by)
(?:ill|i will|im going to|be) (?:GAP2)?gone (?:before|by|tonight|soon|tomorrow|in the morning|
    when you)(?! (?:on holiday|home))
(?:itll|it will|it ll|itll all|this will|this) (?:GAP2)?be over (?:by|tonight|soon|tomorrow|in the|for me)
i cant be here(?: anymore| with| any| while| and| knowing|$)
(?:hope|wish|wishing|pray|hoping|want|praying) (?:GAP2)?(?:i |a |to |the |some |god |get )*(?:GAP2)?(?:get hit|
    gets? run over|hit me|hits me|run over|runs me over|crash|crashes|takes me|take me|hit by a|be hit|dont make it|
    have a heart attack|get cancer|got cancer|bus hits|would end it)
(?:if|when) i died (?:tomorrow|tonight|nobody|no)
(?:give|giving|gave|given) up (?:on )?(?:GAP2)?(?:life|living)
(?:thinking|think) (?:GAP2)?(?:about|of) is (?:being dead|dying|death|ending|killing)
(?:only|all i) (?:GAP3)?(?:think about|want) is (?:GAP2)?(?:death|dying|dead|to die|being dead|to be dead|not being|
    ending)
(?:got|have|theres|ive|see|cant see) (?:GAP5)?no reason to (?:get up|live|stay|carry|go on|keep|be here|wake|be alive|
    breathe)
(?:they|he|she|family|kids|children|everyone|mum|theyll|itll) (?:will |would |ll |d |be |all )*(?:GAP2)?(?:fine|
    happier|relieved|free|better|cope|over it quicker|get over it|manage|ok|okay|alright|forget|less ashamed|
    safer) (?:GAP2)?(?:without me|of me|if i|when im|once im)(?! (?:can|could|get|report|tell|said))
over it (?:GAP2)?(?:if|when|once) (?:i|im)
(?:just |such |only |nothing but |im )a burden(?= |$)(?! of)
(?:i |ill |will |to |and |im going to |going to |might |about to |ready to )do it (?:if|when|before|tonight|this time|
    right this|properly|now|soon|while|here|once|right|the day)(?! (?:comes|to report|in a|as soon))
(?:tried|try) (?:to )?(?:GAP2)?(?:do it) (?:last night|on sunday|on saturday|on friday|on monday|yesterday|already|
    twice)(?! (?:to (?:ring|call|report)))
(?:end|ending|finish) (?:things|it|everything|this) (?:for good|once and for all|myself|my way|for ever|forever|
    tonight)
(?:day|night) i die
(?:no|any) (?:other |another )?(?:option|choice|choices|options) (?:GAP2)?but to (?:die|end|kill|go)
(?:only|one|1) (?:\w+ )?way (?:out )?(?:left|i can(?= |$)|to be free|for me|for this to (?:end|stop)|(?:im|
    ill) (?:ever )?(?:be )?(?:going|free))
(?:stop it|make it stop|end it|end this) (?:my ?self|the only way)(?! (?:by (?:ringing|reporting)))
(?:cannae|cant) be (?:arsed|bothered) (?:with )?(?:living|life|being alive|wi life)
(?:cant|dont want to|cannae) (?:do|handle|live|take) (?:this|the) life
(?:gutted|sad|disappointed|angry|sorry|crying|cry|hate|upset|devastated|annoyed) (?:GAP3)?(?:woke|wake|waking up|
    still (?:here|alive|breathing)|didnt work|survived|failed|alive)
(?:tablets|overdose|it) didnt work (?:and|so) (?:i|ill)
(?:want|wants|wanting|need) (?:to )?(?:end|finish) it(?=$| so| i | all| now| because)(?! with)
(?:going to|about to|gonna) jump(?=$| if| and| i | because| off| from| in| under)
going to do (?:it|something (?:silly|stupid|bad|daft))(?=$| if| tonight| and| because| soon)
(?:heading|going|off|away) to (?:heaven|the other side|meet (?:my )?maker)
put (?:an|a) end to (?:it all|my life|my misery|all this|my ?self|my suffering)
(?:put|putting) my ?self (?:out of|to sleep|in front)
(?:pull|pulling) (?:GAP2)?(?:trigger|plug on my ?self)
(?:my|this) (?:pain|life|suffering|misery) (?:GAP2)?(?:ends|stops|end|will end|to end) (?:tonight|today|now|here|soon|
    when i|with me)
(?:top|topping|neck|necking) (?:my ?self|me ?self)
(?:wont|not) (?:be )?(?:hear|hearing|see|seeing) (?:from )?me (?:again|anymore|after)
wont be (?:a problem|in the way|a bother|a nuisance|your problem|anyones problem|a burden|bothering)(?= |
    $)(?! (?:to (?:take|get|send)))
(?:wont|dont) (?:need|be needing) (?:it|an answer|the answer|anything|a reply|the money|the outcome|
    to know)(?: \w+){0,3} (?:where im going|after|anymore|by then|soon)
(?:wont|doesnt|not) matter (?:\w+ ){0,2}(?:soon|after (?:tonight|today|this|friday|the weekend)|by then|when im|
    once im|much longer)
nobody (?:left |here )?to (?:open|read|answer) it|out of (?:everyones|their|your|peoples) (?:hair|way)(?= |$)
(?:no plans|nothing planned|cancelled everything|stopped making plans|not making plans|
    stopped planning)(?: \w+){0,3} (?:after|from|past|beyond|for|anymore|ahead)
(?:publish|print|share|use|put) (?:it|this)(?: \w+){0,2} (?:after|when|once) (?:im|ive) (?:gone|dead|not here|passed)
sleep (?:for ?ever|for good)|(?:want|ready|need) to sleep (?:forever|for good)|long sleep
(?:where|somewhere) (?:he|they|nobody) (?:cant|can) (?:find|hurt|reach|get|touch) me
(?:leaving|leave|left) this (?:world|life|earth|planet)|checking out of (?:life|this)|done with (?:everything|it all|
    this world|living)|ready to (?:rest|let go|go home to)
(?:where everything is|where (?:the|my) (?:will|money|documents|papers|insurance|policy|policies|pin) (?:is|are))
stopped taking my (?:insulin|heart|epilepsy|hiv|antirejection|dialysis)
(?:my|our|the) last (?:christmas|birthday|summer|weekend)(?= |$)(?! (?:together|with him))
dont (?:come )?look(?:ing)? for me|too late for me|nothing left (?:of me|for me|in me)|no (?:future|
    hope)(?: left)? for me|no future (?:left|anymore)|lost all hope|given up hope|theres no hope|no hope left|
    beyond help|past help(?:ing)?
(?:dont|stopped|not|havent) (?:\w+ )?car(?:e|ing) (?:if|whether|what happens to) (?:i|me)(?= (?:live|die|wake|make|
    survive|crash|get hit|eat|anymore|am|m|dead|get)|$)
(?:not exist|cease to exist|stop existing|not existing|erase my ?self)
(?:cant|cannae) (?:\w+ )?(?:keep|hold|fight|hang|stay) (?:on|going|living|fighting|alive|breathing)(?: anymore|
     much longer| for| like| i |$)
no (?:fight|strength|energy|will) left
(?:only )?(?:thing|reason|person|people) (?:\w+ ){0,2}(?:stopping|keeping|holding) me (?:is|here|alive|going|back|
    from (?:doing|ending|killing|jumping))|only (?:here|alive|still here) (?:because|for)|
    only reason im (?:still )?(?:here|alive|breathing)
(?:how|where) id do it|know which (?:bridge|train|tree|beam|knife|road|platform|night|day)|worked out (?:how|when|
    where) (?:to|id|im)
(?:belt|rope|scarf|lead|cord|tie|flex|cable) (?:\w+ ){0,3}(?:neck|beam|rail|tree|banister|loft|noose|knot)|tied (?:a|
    the) (?:\w+ )?(?:noose|knot|rope|belt)
exhaust|hosepipe|helium|carbon monoxide|bag over my head|engine running in the garage
(?:vodka|wine|whisky|whiskey|gin|alcohol|drinking|drunk) (?:\w+ ){0,3}(?:and|with) (?:\w+ ){0,3}TABLETS|
    TABLETS (?:\w+ ){0,3}(?:and|with) (?:\w+ ){0,3}(?:vodka|wine|whisky|whiskey|gin|alcohol|drink)
(?:says|keeps|told me|texted|messaged|thinks|crying|talking|saying|said|asks|asking|
    posting) (?:\w+ ){0,4}(?:cant (?:go on|do this|cope|
    take(?! (?:a|an|the|my|his|her) )|live|face)|had enough|no point (?:in|to|anymore)|
    not be here|doesnt want to (?:be|live|wake|carry|go)|dont want to (?:be|live|wake)|better off (?:dead|without)|
    end it|not worth (?:it|living)|wants it (?:all )?to (?:stop|end)|wants out|cant see a (?:future|way)|
    would be better (?:dead|without))
(?:shes|hes|she|he|daughter|sister|friend|mate|wife|husband|son|brother|girlfriend|boyfriend|
    partner) (?:\w+ ){0,3}(?:gone missing|missing|wont (?:answer|pick up|reply)|not answering|run off|disappeared|
    locked (?:her|him)self in|left a note|written a note|hiding (?:tablets|razors|blades)|refusing to eat|
    stopped eating|cant be left|not safe|on the (?:roof|bridge|ledge)|in resus|under the crisis team|
    in intensive care)(?= |$)
(?:scared|frightened|worried|terrified|afraid|sure) (?:\w+ ){0,3}(?:shell|hell|she will|he will|she might|he might|
    she may|he may|she is going to|she|he|hes going to|shes going to|i might|ill|i will|
    i may) (?:\w+ ){0,2}(?:do something|hurt (?:her|him|my)self|kill (?:her|him|my)self|harm|die|not wake|try again|
    do it|jump|end)
(?:found|find|finding) (?:her|him|my \w+) (?:\w+ ){0,3}(?:with (?:tablets|a rope|blades|a razor|a knife|a belt)|
    hanging|unconscious|on the bathroom floor|cutting)
(?:want|need|deserve|hoping|love|like|rather|prefer|choose|close|ready|brave enough|too scared|
    scared) to (?:\w+ ){0,2}(?:be dead|not exist|stop breathing|disappear (?:for good|forever|off the face)|bleed out|
    drown|hang|vanish for good|just stop|never exist|be buried|be put down)
(?:how|whether|if) (?:\w+ ){0,3}(?:hurts? to die|die quickly|die quick|quick way|painless)
(?:tonight|today|tomorrow|this weekend|on (?:monday|tuesday|wednesday|thursday|friday|saturday|
    sunday)) (?:\w+ ){0,3}(?:ill|im going to|i will|is when i|ill be|i am going to|i die|i end|it ends|i go|its over|
    i do it|will be my last|is my last|is goodbye)(?= |$)(?! (?:be (?:at|in|on|home|back|with|seeing|there|ringing)|
    ring|call|see|try|go (?:back|to|in|home)|going (?:to|back)|report|speak|send|meet|phone|get|have|tell|work|post))
(?:it|this) ends (?:tonight|today|now|here|soon)|end(?:ing)? (?:this|it) (?:tonight|today|soon|now) (?:\w+ ){0,2}(?:i|
    because|sorry)
(?:cant|couldnt|not) (?:\w+ )?(?:live|living) (?:like this|with (?:this|it|what|the)|through|knowing|in this body|
    anymore|another)(?= |$)
(?:take|taking) (?:me|my life|all (?:my|the|of)|every (?:tablet|one))(?: \w+){0,3} (?:tonight|now|god|lord|tablets|
    soon)
""")

# What is said of then or now alike; the words around decide.
EITHER = compiled(r"""
(?:kill|killing|hang|hanging|drown|drowning|top|topping|unaliv\w+|offing|do|doing|finish|finishing|electrocut\w+|
    suffocat\w+|poison|poisoning) (?:my ?self|her ?self|him ?self|them ?sel(?:f|ves))(?! (?:laughing|to get|trying|
    in the foot|proud|a favour|with work|good|justice|no|any|any|up|out|credit|over))
unalive
(?:take|taking|taken|end|ending|ended) (?:my|her|his|their|OWN) (?:own )?(?:life|lives)(?! (?:back|over|apart|savings|
    together|as i))
(?:end|ending) (?:it all|everything(?! with)|my suffering|the pain|it for good)
(?:ending|end) it(?= tonight| now$| here| today| the night| this weekend|$)(?<!i was ending it)
want(?:ed)? to die(?! of| from)
(?:wanting|hoping|trying|going|need|needed|begging|begged|wished|decided) to (?:die(?! of| from)|be dead|not be alive)
suicide(?! (?:prevention|watch|leaflet|awareness|bomb\w*|squad|training|risk assess\w*|on the line|hotline|helpline|
    charity|line|form|question|rate|squad|course|policy|support))
suicidal(?! (?:people|callers|patients|clients))
(?:an|took|take|taking|taken|the|another|with|second|first|my) (?:GAP2)?overdose
overdose(?:d|ing)?(?! (?:on|of) (?:chocolate|paperwork|coffee|telly|emails|cake|forms|information|caffeine))
(?:thought|think|thoughts|thinking) (?:GAP2)?(?:of|about) (?:GAP2)?(?:ending it|suicide|jumping|stepping in front|
    hanging|not being here|dying(?! of)|taking (?:GAP2)?(?:TABLETS|overdose)|harming|the bridge|driving into)
(?:jump|jumping|jumped|step|stepping|stepped|walk|walking|throw\w*|throwing|run|running) (?:my ?self |her ?self |
    him ?self )?(?:out )?(?:off|in front|from|under|into|onto|in) (?:of )?(?:a|the|an) (?:GAP2)?(?:train|bus|lorry|
    bridge|roof|traffic|car|cliff|window|tracks|balcony|building|sea|river|canal|road|motorway|platform|reservoir|
    multistorey|car park|lake)
driv\w+ (?:GAP2)?(?:into|off) (?:a|the) (?:GAP2)?(?:wall|tree|lorry|bridge|cliff|barrier|pier|river)
(?:self harm|self harming|self harmed|self injur\w+|hurting my ?self|harming my ?self|hurt my ?self(?! laughing)|
    harm my ?self|hurt (?:her|him)self|harm (?:her|him)self|harming (?:her|him)self|hurting (?:her|him)self)
cut(?:ting)? (?:my|her|him|them) ?sel(?:f|ves)(?! (?:off|out|some|a ))
cut(?:ting)? (?:my|her|his) (?:GAP2)?(?:wrists?|arms?|legs?|thighs?|throat|stomach)
(?:slit|slitting|slashed|slashing) (?:GAP2)?(?:wrists?|throat|arms?)
burn(?:ing|t|ed)? my ?self (?:with|on purpose|every|to)
(?:TABLETS|rope|razor|blade|blades|noose) in my (?:hand|hands|lap)
(?:goodbye|suicide|farewell|leaving) (?:letters?|notes?)
(?:better off|happier|easier) (?:without me|if i (?:GAP2)?(?:dead|gone|wasnt|died))
(?:no|any|the|a) point (?:GAP2)?(?:in |to |of )?(?:me )?(?:being (?:here|alive)|living|being here|going on|
    carrying on|existing|to my life)
nothing (?:GAP2)?to live for
the will to live(?! (?:on hold|waiting|listening|half|after|in the queue|by|reading))
(?:not|never) wake(?:n)? up
(?:not|want|wanted) (?:to )?be(?:ing)? here anymore
no(?: other)? way out
death (?:is|was|would be|seemed|felt) (?:GAP2)?(?:only|way|easier|better)
(?:way|only way) out (?:is|was) (?:death|to die|dying)
a danger to my ?self
(?:at|on|up on|to|off|over) the (?:GAP2)?(?:bridge|ledge|viaduct|cliff edge|roof of)(?= (?:because|the night|
    that night|thinking|looking|and (?:looked|rang|stood|thought|a|i)|ready|about|to (?:jump|end|do)|in case|crying|
    for an hour|alone))
""")

# What is told as over; words for this hour make it now.
THEN = compiled(r"""
(?:wanted|wished|hoped|prayed|longed|begged|wanting) (?:GAP3)?(?:to die(?! of| from)|to be dead|i (?:was|were|
    would be) dead|not to wake|to end it all|to end my life|to end everything|not wake|never wake|it all to end|
    to not be here|to disappear for|i had died|i could die|to kill my ?self|for death)
(?:didnt|did not|not|never) (?:GAP2)?want(?:ed)? to (?:be here anymore|be here(?= after|$| because)|live(?! (?:in|
    with|there|at|near|together))|be alive|exist|wake up|go on|carry on)
(?:couldnt|could not) (?:GAP2)?(?:go on|carry on|live|cope with living|see (?:a|any|another) (?:way|future|point|
    reason)|see the point|face (?:another day|living|life)|see past)(?! (?:in|at|there|with him|near|like that at))
(?:tried|attempted|attempting|attempts?|nearly|almost|close to) (?:GAP3)?(?:kill(?:ed|ing)? (?:my|her|him|them)|
    hang(?:ed|ing)?|end(?:ed|ing)? (?:it all|OWN life|it)|tak(?:e|ing) OWN (?:own )?life|took OWN (?:own )?life|
    die(?:d)? by|overdose|suicide|jump(?:ed)?(?= off|$| a stranger| from)|took (?:GAP2)?TABLETS|ended it)
(?:killed|hanged|hung|drowned|shot|topped) (?:my|her|him|them) ?sel(?:f|ves)
(?:took|ended) (?:OWN) (?:own )?(?:life|lives)
(?:suicide attempt|attempted suicide|my attempt|second attempt|first attempt|my last attempt|died by suicide|
    committed suicide|lost (?:GAP3)?to suicide|survived my)
(?:stood|sat|was|walked|drove|found|went|been|ended up|climbed) (?:GAP2)?(?:to|on|at|up|onto) (?:a|
    the) (?:GAP2)?(?:bridge|roof|ledge|edge|tracks|cliff|viaduct|railway)(?= (?:because|the night|that night|of the|
    in|over it|and (?:rang|looked|thought|someone)|thinking|ready|years|about|that)|$)
(?:wrote|left|written) (?:GAP2)?(?:a (?:suicide |goodbye )?note(?! of| to (?:the|my neighbour))|my goodbyes|
    goodbye)(?= |$)
(?:planned|planning) (?:GAP2)?(?:how i (?:would|was)|how id|my own (?:funeral|death)|my suicide|to end it|to do it|
    my death)
(?:pumped|pump) (?:my|her|his) stomach
(?:cut|cutting|burned|burnt) (?:my ?self|my (?:arms?|legs?|wrists?|thighs?)|her ?self)
(?:started|stopped|was|been|began) (?:GAP2)?(?:cutting|self harming)(?= (?:when|at|my|every|in|because|again|after)|$)
(?:sectioned|crisis team|psychiatric (?:ward|hospital|unit))
straight to the medicine cupboard
(?:close|near|closest) (?:to )?(?:ending|taking|killing|the edge|suicide|death)
nearly cost me my life
(?:wasnt|werent|was not|isnt) worth living
lost the will to live(?! (?:on hold|waiting|listening|half|after|in the queue|by|reading|twice|filling))
""")
