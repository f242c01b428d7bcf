"""Cues of somebody who may end or harm their own life, in English: said of now, of then, or of either."""

from stories.danger.cues import compiled

# What is said of now, whatever else the sentence tells: "I want to die since they closed it three years ago".
NOW = compiled(r"""
(?:i|she|he|they|who|who s|also|still|keeps? saying|really) (?:wants?|need|wish|long) to (?:GAP2)?(?:die(?! of| from|
    t)|be dead|not be here|not exist|not wake up|stop existing|disappear for ?ever|be gone for good|kill SELF|
    hang SELF|end (?:it all|it tonight|it now|OWN life|everything|things tonight)|go to sleep (?:and|
    for) (?:GAP3)?(?:not|never|ever))
(?:i )?(?:want|wish|ready|rather|prefer) to die(?! of| from| than (?:let|give|go|see him|lose|pay|speak|talk))
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
(?:this|so this|that) is (?:my |me |a |it |the )?(?:saying )?(?:goodbyes?|good bye|final goodbye|last goodbye)
tonights? (?:is )?the night
tell (?:my )?(?:GAP2)?FAMILY (?:that )?(?:GAP2)?(?:im sorry|i love|i loved|sorry|it wasnt|its not|it wasnt|
    im so sorry)
(?:ive )?(?:said|saying|written|writing|wrote|been saying) (?:GAP2)?(?:my )?goodbyes?(?: letters?|
     notes?)? to (?:GAP2)?FAMILY
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
(?:theres|ive|got) (?:got )?(?:a |the )?(?:rope|noose|belt) (?:in|on|round|around|tied|over|from|ready|and)
(?:how many|how much) (?:GAP2)?(?:it takes|to take|it would take|would (?:it take|kill|do it)|will kill|
    i need to take|(?:TABLETS|of them) (?:it|to|would|will|i))
(?:im|ive been|am) (?:GAP2)?(?:sat|sitting|standing|stood|at|on|by|up on|parked|here on|walking to|
    walking) (?:GAP3)?(?:the|a|this|my) (?:GAP2)?(?:bridge|ledge|roof|platform|railway|train tracks|tracks|train line|
    edge|cliffs?|cliff path|top floor|multistorey|car park roof|viaduct|motorway bridge|railings|barrier|pier|quay|
    river)
(?:im|i am) (?:GAP2)?(?:at|on) the (?:edge|ledge|bridge|roof|tracks)
(?:im|am|feel|feeling|shes|hes|is|been feeling|felt so|feels|been|being|getting|become|now) (?:GAP2)?suicidal
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
(?:dont|cant|wont) (?:GAP2)?(?:see|think i(?:ll)?|imagine|know if i(?:ll)?) (?:GAP2)?(?:a way out|any way out|way out|
    another way|a way forward|any future|a future|my ?self (?:getting|being|living|surviving|making)|making it|
    make it|get through|be here|survive|a reason to)
(?:have|got|see|theres|cant find|find|cant think of) (?:GAP2)?(?:no|a|any|
    one) (?:GAP2)?reasons? (?:GAP2)?(?:to (?:live|stay alive|be alive|be here|carry on|go on|wake up|keep going|stay)|
    for living)
(?:im|am|so|i am) (?:GAP2)?(?:tired|sick|done|fed up|exhausted) (?:of|with|from) (?:life|living|being alive|existing|
    breathing|this life)
(?:sleep|bed) (?:tonight )?and (?:GAP2)?(?:not|never) (?:have to )?(?:wake|waking)
wish (?:i |id |that i )(?:GAP2)?(?:was|were|wasnt|werent|could|had|never|had never been|never been) (?:GAP2)?(?:dead|
    born|alive|die|not here|here anymore|not exist|cease|disappear forever|not alive|been born|gone for good)
better off (?:GAP2)?(?:without me(?! is| was)|dead|if (?:i|im|i were|she|he) (?:GAP2)?(?:dead|gone|wasnt|werent|here|
    not|died|disappeared)|with me (?:gone|dead)|if i)(?! (?:around|in (?:his|her|their) life))
(?:happier|easier|better|relieved|glad|better place|safer) (?:GAP2)?(?:without me|if (?:i|im) (?:GAP2)?(?:dead|gone|
    wasnt|died|not here)|with me (?:gone|dead)|once im gone)
(?:theres |see |is |got )?(?:no|any|not much|much) point (?:to|in|of|for)? ?(?:me |my |i |
    us )?(?:GAP2)?(?:being (?:here|alive|around)|living|live|life|going on|carrying on|existing|waking up|to (?:live|
    be here|be alive|go on|life|my life)|my life|me anymore)
whats the point (?:in|of) (?:GAP2)?(?:being (?:here|alive)|living|life|going on|carrying on|waking up|me|existing|
    anything anymore)
(?:im|shes|hes|i am|am) (?:GAP2)?(?:not|isnt) safe (?:on my own|alone|with my ?self|from my ?self|tonight|
    to be (?:alone|left|on my)|around)
(?:dont|cant|do not) (?:GAP2)?(?:trust|feel safe with|be trusted with|be alone with|be left with) (?:my ?self|my own|
    me)
(?:scared|frightened|worried|afraid|terrified|going to|might|may|will) (?:i|ill|im|that i|that ill|i will|she|shell|
    he|hell)? ?(?:GAP2)?(?:do something (?:stupid|silly|bad|to (?:my|her|him))|hurt (?:my|her|him)self|harm (?:my|her|
    him)self|kill (?:my|her|him)self)
(?:im|shes|hes|am) (?:GAP2)?(?:cutting|bleeding|hurting my|harming my|self harming|self harm|burning my|hitting my|
    starving my)(?! costs| edge| hell| heart| for (?:her|him|them))
(?:wont|cant|doesnt|will not|isnt|not|wouldnt) (?:GAP2)?(?:stop|stopping) (?:the )?(?:bleeding|blood)
(?:theres|so much|lots of|loads of) (?:GAP2)?blood (?:everywhere|on the|all over|and)
bleeding (?:GAP3)?(?:badly|a lot|everywhere|wont stop|heavily|and i|through)
(?:started|start|back to|been|gone back to|begun|back|keep|relapsed) (?:GAP2)?(?:self harm(?:ing)?|cutting|
    hurting my ?self|burning my ?self|harming my ?self|cutting my ?self)(?! (?:costs|me off|me out))
i (?:cut|self harm|hurt my ?self|harm my ?self|burn my ?self|hit my ?self) (?:GAP3)?(?:every (?:day|night|time)|
    most (?:days|nights)|when|to cope|because|now|just to|again|tonight)
(?:says?|saying|said) (?:GAP3)?(?:wants to|want to|going to|will) (?:GAP2)?(?:die|kill (?:her|him|them)sel\w+|
    end (?:her|his|their) life|end it all)
i want (?:to )?(?:die|dead|finish(?= |$)(?! (?:this|the|my (?:story|account|course)))|finish my life|kill me)
(?:no|ddim|not) (?:want|wana) (?:to )?live
(?:being|be|already|rather|i was|feel|want|get) (?:GAP2)?dead(?! (?:end|on my|serious|against|set|tired|to me|proud|
    sure|wood|line|chuffed|scared|right|easy|honest|good|nice|happy|ashamed|embarrassed|battery|weight|phone|link|
    kind|helpful|polite|slow|quick|boring|body))
(?:dont think|doubt|doubtful|wont|not sure) (?:GAP2)?(?:ill|i will|i|be) (?:GAP2)?(?:make it to|see|be here (?:at|for|
    by|to)|live to see|last (?:the|til|till|until|much)|survive (?:the|this|another)|be around) (?:GAP2)?(?:christmas|
    xmas|birthday|new year|tomorrow|weekend|week|month|summer|morning|30|40|long|next|year|night|the|see)
(?:wont|cant|dont) (?:GAP2)?see (?:my ?self )?(?:GAP2)?(?:christmas|my next birthday|30|the new year|being here|
    the morning|tomorrow|next year)
(?:ill|i will|im going to|be) (?:GAP2)?gone (?:before|by|tonight|soon|tomorrow|in the morning|
    when you)(?! (?:on holiday|home))
(?:itll|it will|it ll|itll all|this will|this) (?:GAP2)?be over (?:by|tonight|soon|tomorrow|in the|for me)
i cant be here(?: anymore| with| any| while| and| knowing|$)
(?:hope|wish|wishing|pray|hoping|want|praying) (?:GAP2)?(?:i |a |to |the |some |god |get )*(?:GAP2)?(?:get hit|
    gets? run over|hit me|hits me|run over|runs me over|crash|crashes|takes me|take me|hit by a|be hit|dont make it|
    have a heart attack|get cancer|got cancer|bus hits|would end it)
(?:they|he|she|family|kids|children|everyone|mum|theyll|itll) (?:will |would |ll |d |be |all )*(?:GAP2)?(?:fine|
    happier|relieved|free|better|cope|over it quicker|get over it|manage|ok|okay|alright|forget|less ashamed|
    safer) (?:GAP2)?(?:without me|of me|if i|when im|once im)(?! (?:can|could|get|report|tell|said))
(?:i |ill |will |to |and |im going to |going to |might |about to |ready to )do it (?:if|when|before|tonight|this time|
    right this|properly|now|soon|while|here|once|right|the day)(?! (?:comes|to report|in a|as soon))
(?:end|ending|finish) (?:things|it|everything|this) (?:for good|once and for all|myself|my way|for ever|forever|
    tonight)
(?:only|one|1) (?:\w+ )?way (?:out )?(?:left|i can(?= |$)|to be free|for me|for this to (?:end|stop)|(?:im|
    ill) (?:ever )?(?:be )?(?:going|free))
(?:gutted|sad|disappointed|angry|sorry|crying|cry|hate|upset|devastated|annoyed) (?:GAP3)?(?:woke|wake|waking up|
    still (?:here|alive|breathing)|didnt work|survived|failed|alive)
(?:want|wants|wanting|need) (?:to )?(?:end|finish) it(?=$| so| i | all| now| because)(?! with)
(?:going to|about to|gonna) jump(?=$| if| and| i | because| off| from| in| under)
(?:top|topping|neck|necking) (?:my ?self|me ?self)
(?:not exist|cease to exist|stop existing|not existing|erase my ?self)
no (?:fight|strength|energy|will) left
(?:only )?(?:thing|reason|person|people) (?:\w+ ){0,2}(?:stopping|keeping|holding) me (?:is|here|alive|going|back|
    from (?:doing|ending|killing|jumping))|only (?:here|alive|still here) (?:because|for)|
    only reason im (?:still )?(?:here|alive|breathing)
(?:how|where) id do it|know which (?:bridge|train|tree|beam|knife|road|platform|night|day)|worked out (?:how|when|
    where) (?:to|id|im)
exhaust|hosepipe|helium|carbon monoxide|bag over my head|engine running in the garage
(?:vodka|wine|whisky|whiskey|gin|alcohol|drinking|drunk) (?:\w+ ){0,3}(?:and|with) (?:\w+ ){0,3}TABLETS|
    TABLETS (?:\w+ ){0,3}(?:and|with) (?:\w+ ){0,3}(?:vodka|wine|whisky|whiskey|gin|alcohol|drink)
(?:says|keeps|told me|texted|messaged|thinks|crying|talking|saying|said|asks|asking|
    posting) (?:\w+ ){0,4}(?:cant (?:go on|do this|cope|take|live|face)|had enough|no point (?:in|to|anymore)|
    not be here|doesnt want to (?:be|live|wake|carry|go)|dont want to (?:be|live|wake)|better off (?:dead|without)|
    end it|not worth (?:it|living)|wants it (?:all )?to (?:stop|end)|wants out|cant see a (?:future|way)|
    would be better (?:dead|without))
(?:shes|hes|she|he|daughter|sister|friend|mate|wife|husband|son|brother|girlfriend|boyfriend|
    partner) (?:\w+ ){0,3}(?:gone missing|missing|wont (?:answer|pick up|reply)|not answering|run off|disappeared|
    locked (?:her|him)self in|left a note|written a note|hiding (?:tablets|razors|blades)|refusing to eat|
    stopped eating|cant be left|not safe|on the (?:roof|bridge|ledge)|in resus|under the crisis team|
    in intensive care)(?= |$)
(?:want|need|deserve|hoping|love|like|rather|prefer|choose|close|ready|brave enough|too scared|
    scared) to (?:\w+ ){0,2}(?:be dead|not exist|stop breathing|disappear (?:for good|forever|off the face)|bleed out|
    drown|hang|vanish for good|just stop|never exist|be buried|be put down)
(?:tonight|today|tomorrow|this weekend|on (?:monday|tuesday|wednesday|thursday|friday|saturday|
    sunday)) (?:\w+ ){0,3}(?:ill|im going to|i will|is when i|ill be|i am going to|i die|i end|it ends|i go|its over|
    i do it|will be my last|is my last|is goodbye)(?= |$)(?! (?:be (?:at|in|on|home|back|with|seeing|there|ringing)|
    ring|call|see|try|go (?:back|to|in|home)|going (?:to|back)|report|speak|send|meet|phone|get|have|tell|work|post))
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
(?:not|never) wake(?:n)? up
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
