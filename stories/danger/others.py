"""Cues of somebody else who may harm the writer, in English: near them now, threats, and what was."""

from stories.danger.cues import compiled

# Somebody at the house, on the way, armed or holding a key.
NEAR = compiled(r"""
HE (?:is |are |was )?(?:GAP3)?(?:outside|ouside)(?! (?:the |a |of )?(?:\w+ )?(?:court|station|interview|police|office|
    gym|pub|of the|cell|law|uk|uni|school|shop|hospital|working hours))
(?:outside|at|round|by|near) (?:my|our|the|mums|my mums|me) (?:GAP2)?(?:house|flat|door|window|gate|front door|
    back door|block|bedroom|house|home|stairwell|building)(?: (?:again|right now|now|tonight|shouting|with|and|as|
    in his|screaming|this minute|banging|knocking|waiting|for|watching))?(?<!police at the door)
HE (?:is |are )?(?:GAP2)?(?:at the (?:front |back )?(?:door|window|gate)|downstairs|in (?:the|my|our) (?:house|garden|
    flat|drive|kitchen|hall|hallway|building|stairwell|garage|street|next room)|on (?:the|my|our) (?:drive|doorstep|
    stairs|street|road|landing)|across the road|over the road|behind me|right here|right there|here now|here right|
    just arrived|back again|parked (?:up|outside|across|opposite)|pulled up|turned up|in the other room|
    through the door)(?! was| when)
(?:car|van|men|man|lads|blokes?|people|guys?|motorbike|taxi) (?:is |are )?(?:GAP3)?(?:outside|watching the house|
    watching my house|in the garden|at the door|opposite my)(?! (?:the |a )?(?:\w+ )?(?:court|station|police|office))
(?:bang|hammer|kick|pound|batter|boot|smash|thump|knock)(?:ing|in|ed|s) (?:GAP2)?(?:on|at|down|in|through|off|my|the|
    up) ?(?:GAP2)?(?:door|doors|windows?|place up|place|house|house up|everything up|flat)(?: in| down)?
(?:trying|tries|tried|going|about|threatening) to (?:get|break|climb|kick (?:his|their|the) way|force his way|come|
    smash) (?:in|into|through|the door)(?! touch| contact| trouble)
(?:has |hes |have |just |theyve |someones )?(?:just )?(?:broken|broke|breaking|got|climbed|forced his way|
    let himself) (?:in|into)(?: (?:through|the|my|to my|to the|our|again|tonight|now|and)|$)(?! (?:touch|contact|
    trouble))
smash(?:ing|ed) (?:GAP2)?(?:place|house|windows?|door|flat|car|everything)(?: up| in)?
HE (?:is |are |will be |ll be |will |are both )?(?:GAP2)?(?:coming|driving|heading|walking|on (?:his|their|her|the|
    its) way|be round|be over|be here|be back|come round|come over)(?: (?:GAP2)?(?:round|over|here|for me|for us|
    to (?:get|kill|hurt|my|sort|find|do|the|see|mine|our|ours|finish|take|collect|me)|back|home|tonight|now|up|
    after me|later|in an hour|at \d+|with|soon|in \d+)|$)
(?:on (?:his|their|the) way) (?:here|over|round|to (?:mine|my|our|me)|now|tonight|back)
(?:coming|come|comin) (?:to get|for|after|to find|to kill|to hurt|to sort|to do) (?:me|us|my (?:mum|family|kids|
    sister))(?! first)
(?:send|sending|sends|sent) (?:some |the |his |a few |2 |two )?(?:men|people|someone|somebody|lads|boys|mates|cousins|
    his mates|guys|heavies|his brothers|his friends)(?: \w+)? (?:to|round|over|after|down)
HE (?:still )?(?:has |have |have got |got |has got |kept )?(?:still )?(?:got )?(?:a |his |my |the |our |my house |
    my spare )?(?:spare |front door |set of |copy of my |house )?keys?(?! (?:to the case|points?|worker|evidence|ring|
    was|safe|stage|witness|board))
HE (?:has |have |have got |got |has got )?(?:GAP2)?(?:got |carrying |holding |waving |keeps |sharpening |armed |
    bought |brought |picked up |took |outside )?(?:with )?(?:a |an |the |his |some |
    my )(?:\w+ ){0,1}(?:WEAPON)(?! (?:licence|license|team|experience|into|off))
(?:with|holding|waving|carrying|got|has|brought|pulled|pulled out|swinging|pointing|put|had|armed with|at me) (?:a |
    an |the |his |some )?(?:\w+ ){0,1}(?:WEAPON)(?! (?:in his car|licence|license|to the head of|for work))
(?:knives|knife|gun|machete) (?:out|at me|at my|to my|on me|in his hand)
(?:hiding|hidden|hide|locked|barricaded|shut|trapped|stuck|shaking) (?:my ?self |me )?(?:GAP2)?in (?:the|my|
    a) (?:bathroom|wardrobe|toilet|loo|cupboard|shed|bedroom|room|attic|airing cupboard|utility|spare room|car|house|
    garage|flat|loft|box room)
(?:wont|not|never|refuses to|doesnt|dont|wouldnt|will not) (?:let|letting) (?:me|us) (?:leave|out|go home|go out|
    out of|go$|leave the)
(?:locked|locks|locking|held|holding|keeping|keeps) (?:me|us) (?:GAP2)?(?:in|inside|hostage|prisoner|captive|
    here)(?! (?:the loop|contempt|suspense|touch|mind|limbo))
HE (?:is |are |has been )?(?:GAP2)?(?:following|stalking|hunting|chasing|looking for|searching for|watching|tracking|
    waiting for|circling|driving round looking for|driving past|after) (?:me|us|my house|the house|my flat|my (?:mum|
    sister|kids)|my car|our house)
(?:followed|following|chasing|chased) me (?:home|right now|now|from|all the way|here)
keeps? (?:driving|walking|coming|turning|going|waiting|sitting) (?:past|by|up|back|round|outside)(?: (?:my|the|our|
    here|at|to|in|mine|outside|house)|$)
(?:strangl|chok|throttl)\w+ me
hands? (?:GAP2)?(?:round|around|on|to) (?:my|her) (?:neck|throat)
(?:beaten|beat|battered|beating|stabbed|slashed|hitting|punched|attacked) (?:me|her|us) (?:GAP2)?(?:up|again|tonight|
    last night|today|an hour|badly|unconscious|with)
(?:hes|theyre|he|they|brothers?|uncles?|dad|cousins?|father|in law|ex|men|man|family|husband|she|shes|partner|
    boyfriend|someones?) (?:\w+ ){0,4}(?:on (?:the|a) (?:bus|train|plane|motorway|ferry|m\d+|tram|coach|boat|flight)|
    driving (?:over|down|up|here|round|to)|flying (?:in|over|here)|heading (?:over|here|down|up|this way)|
    minutes away|round the corner|around the corner|left (?:his|the) house|bought a ticket|booked a flight|
    getting the (?:bus|train)|at the end of (?:my|the|our) (?:road|street)|end of the (?:road|street)|close by|
    nearby now)(?! (?:in the past|to (?:court|work|the station|glasgow|london)))
(?:hes|he is|theyre|ex|brothers?|dad|he|they|cousins?|uncles?|husband|family|boys|lads|she) (?:\w+ ){0,6}(?:is |are |
    s )?coming (?:here|over|round|for me|after me|to (?:mine|my|the house|get|kill|hurt|find|see me|take|our|sort)|
    up (?:here|tonight|from)|down (?:here|tonight)|tonight|now|friday|saturday|sunday|monday|tomorrow|after|
    home (?:and|now|soon|in|tonight|drunk)|back (?:and|tonight|for|with|at|later|home|in))(?! (?:to (?:court|support|
    help)|with me))
(?:be|get) here (?:by|at|in (?:a |an |\d)|soon|tonight|any|before|within)(?! for (?:the )?(?:statement|appointment))
(?:buzz|ring|lean|press|hammer)\w* (?:GAP2)?(?:the |my |on the |on my )?(?:intercom|bell|buzzer|doorbell)
(?:wont|not|refuses to|will not|no) (?:\w+ )?(?:go away|shift|shifting|move off|leave the (?:street|garden|drive)|
    leave my (?:street|garden|drive|door))
(?:watching|can see|see|hear|can hear|looking at|seen) (?:him|them|his car|his van|their car|her) (?:GAP2)?(?:through|
    from|out|outside|in the|on the|at the|downstairs|by the|shouting|pacing|moving|walking about)(?! (?:court|
    bus|train|tram|news|telly|of the (?:picture|story)))
(?:sitting|sat|parked|waiting|stood|standing|parking|hanging about|lurking|pacing) (?:GAP3)?(?:in his (?:car|van)|
    in the (?:car|van|close|street|garden|drive|stairwell|bushes)|across (?:from|the)|opposite|outside (?:my|our|the)|
    at the (?:end|bottom|top) of|by my|by the (?:gate|door|car)|round the back)(?! (?:court|station))
in (?:the )?front of (?:my|our|the) (?:door|house|flat|home|window|building)
(?:barricaded|blocked|wedged) (?:\w+ ){0,4}door|(?:door|chair|drawers|wardrobe) (?:GAP3)?(?:against|wedged|barricaded|
    under the handle)
(?:cant|unable to|no way to|couldnt) get out(?= |$)(?! (?:of (?:bed|my head|the contract|it)|the (?:words|
    house because)))
(?:hasnt|wont|not|doesnt|hes not|never) (?:\w+ )?let (?:me|us) (?:out|leave|go|see anyone|use the phone|have my phone)
(?:taken|took|takes|removed|got|has) (?:GAP2)?(?:door handle|my keys|the keys|my passport|all the keys)(?= |$)
(?:found|finds|knows|worked out|got|given|gave|has|got hold of|tracked|traced) (?:GAP3)?(?:the refuge|my new address|
    new address|address of|where i (?:moved|am hiding|ve moved|am staying|stay|am now)|where we (?:live|are|moved)|
    my address and|where im (?:staying|living|hiding))
(?:hes|theyre|shes|he is|going to|will|might|could|gonna|keeps|keep) (?:GAP2)?(?:turn|turning|show|showing|pop|come|
    coming|shows|turns) (?:up|by) (?:here|at (?:my|the|our|mine)|outside|tonight|unannounced|drunk|with|any)
(?:strangers?|men|man|random men|people|blokes|guys|blokes|customers) (?:GAP3)?(?:turn|turning|turned|come|coming|
    came|showing|show|knocking|arriving|arrive|knock|banging) (?:GAP2)?(?:up|at|to|on|round)? ?(?:GAP2)?(?:my|the|our|
    me|mine|here) ?(?:door|house|home|flat|work|address)?
(?:told|tells|telling|asked|invited|paid|paying|sent|got) (?:men|people|them|everyone|strangers|his mates|lads|
    someone|guys|blokes|somebody) to (?:come|rape|hurt|kill|find|visit|get|beat|follow|go round|turn up|smash|do)
come and (?:get|rape|find) (?:her|me|it)
(?:hit|hitting|punched|kicked|beat|beats|battered|battering|kicking|slapped|stamped on|headbutted|bit|dragged|thrown|
    threw|pushed) me (?:GAP2)?(?:so hard|again|tonight|last night|today|down the stairs|this morning|just now|every|
    hard|in the|until|till|and (?:i cant|im|its))
bleeding from (?:GAP2)?(?:where|my|the)
(?:asleep|passed out|drunk|out|sleeping|in the (?:next|other) room|next door|in the shower|gone to the shop|
    nipped out) (?:GAP3)?(?:but when|until he|till he|when he wakes|hell wake|and when he|so i (?:only|have|dont)|
    and hes (?:drunk|angry|got))
when he (?:wakes|gets up|comes (?:back|in|home)|gets (?:back|in|home)) (?:GAP2)?(?:hell|he will|hes going to|ill|
    it will|itll|im)
(?:he|hes|hell|will) (?:\w+ )?start (?:on me|again|on us)
(?:he|hes) (?:\w+ ){0,4}(?:got|has|holding|grabbed) the (?:baby|kids|children) (?:and|with|by|hostage|out)
(?:in the hall|in the hallway|in my room|in the kitchen|on the stairs|on the landing|in the loft|in the shed|
    at the window) (?:now|right now|with|shouting|smashing)
(?:meeting|met|talking|deciding) (?:GAP2)?(?:tonight|today|tomorrow|now) (?:GAP2)?(?:about|what) (?:GAP3)?(?:do with|
    me|to do)
(?:put|posted|pushed|shoved|threw|lit|poured|chucked|squirted) (?:GAP3)?(?:rag|petrol|fireworks?|lighter fluid|fire|
    paraffin|acid|lit|brick) (?:GAP3)?(?:letter ?box|door|window|house|step|car|drive|front)
petrol (?:GAP3)?(?:step|door|letter ?box|drive|house|car)
(?:shot|shots|shooting|fired) (?:GAP2)?(?:at|through|fired) (?:GAP2)?(?:house|door|window|us|me|car|home)
HE (?:\w+ ){0,3}(?:keeps?|got|gets?|has|carries|carrying|bought|sleeps with|hides|shows?|showed|
    got hold of) (?:GAP3)?(?:a |an |the |his )(?:\w+ )?WEAPON(?! (?:licence|license))
(?:and|with|he|hes|got|a|out) (?:a |the |that |his )?(?:kitchen |big |bread |stanley |carving |air |butter )?(?:knife|
    machete|shotgun|gun|blade|axe)(?= (?:and|on him|with him|in his|for me|to my|under|hes|he|now|out|down his|from)|
    $)(?<!under the knife)
""")

# Threats that are alive: "he says he will", "they are going to".
THREAT = compiled(r"""
(?:will|going to|hell|theyll|shell|wants to|want to|trying to|tries to|about to|try and|try to|planning to|plans to|
    promised to|vowed to|swears hell|swore hell|intends to|have to|coming to|out to|gets to|it and) (?:GAP2)?(?:kill|
    murder|stab|shoot|behead|strangle|slit|finish|bury|batter|end|hurt|slash|cut up|cut|hunt|beat|drown|knife|do|burn|
    acid|butcher|smash) (?:me|us|her|my (?:mum|family|kids|sister|son|daughter|face|throat|children|baby|dad|head|
    partner|brother)|the kids|him|them|you|off|my)(?! (?:time|energy|head in|any|justice|a favour|for a|any good|
    no good|the favour|feelings?|chances|case|career|over|down to|at their|out of|short|off the|proud|
    with (?:kindness|laughter|boredom|paperwork)))
(?:threaten|threatens|threatening|keeps threatening|threatening me with|threatens me with|
    threatened me with) (?:GAP3)?(?:to |with )?(?:kill\w*|murder|stab\w*|shoot\w*|burn\w*|set fire|acid|petrol|
    a knife|knife|hurt|slash|beat\w*|strangle|bullet|my life|rape|come round|come to|send (?:men|people|someone)|
    blow)(?! (?:the hard|him|his|me with (?:court|solicitors)))
(?:ive|has|have|hes|shes|theyve) (?:GAP2)?(?:threatened|sworn|promised|vowed) (?:GAP3)?to (?:kill|murder|stab|shoot|
    burn|come|set|hurt|throw|slit|finish|get|strangle|bury|beat|rape|take|put)(?! (?:it|them|down|the (?:pictures|
    video|hard)))
(?:ive|had|have|get|getting|got|been getting|receiving|sending me|sends me|sent me|sends|am getting|
    im getting) (?:GAP2)?death threats?
death threats? (?:GAP2)?(?:every|still|again|today|tonight|daily|from|now)
(?:says?|saying|said|texted|messaged|told me|messages saying|texts saying|keeps saying) (?:GAP3)?(?:im dead|
    im going to die|im a dead|youre dead|you are dead|ill be dead|your dead|hell be the last|i am dead|
    ill end up dead|my days are|watch my back|watch your back|id better (?:sleep|watch)|if he cant have me|
    neither of us)
(?:im|youre|your|you are|shes) (?:a |going to be )?dead (?:woman|man|girl|meat|bitch|when he|if he|when they)
(?:burn|burning|burns|torch|torching|set fire to|setting fire to|firebomb|petrol bomb|blow up|light up|
    burned) (?:GAP3)?(?:house|home|flat|me|us|place|alive|car|family|door|caravan|shop)(?! (?:down my|of cards|out))
(?:petrol|fire|fireworks?|lighter fluid|lit) (?:GAP3)?(?:through|on|in|over|to|down|poured) (?:the|my|our|me|
    us) ?(?:GAP2)?(?:letter ?box|letter box|door|house|drive|flat|car|home|windows?)?
(?:throw|throwing|throws|chuck|splash|pour|pouring|melt|with|got|buy|bought|have|spray|getting) (?:some |the |
    a bottle of |battery )?acid(?! (?:reflux|tongue|reply|remark))
acid (?:GAP2)?(?:in|on|over|at|attack|thrown)(?: |$)
(?:my|our) (?:life|lives) (?:is|are) (?:GAP2)?(?:in danger|at risk)
(?:im|am|we are|shes|hes) (?:GAP2)?in (?:\w+ )?danger(?! of (?:losing|missing|being late))
(?:scared|fear|fearing|afraid|terrified|frightened|fears|worried|fearful) (?:GAP2)?for (?:my|our|her|
    the kids) (?:life|lives|safety)
(?:honou?r killing|kill me for (?:the |our )?(?:shame|honou?r))
(?:says?|told me|said|knows?|made it clear|texted) (?:GAP3)?(?:hell|he will|theyll|they will|
    going to) (?:GAP2)?(?:get|come for|find|have|destroy|hunt|end|make sure im|cut|smash|break|do) me
(?:put|puts|putting|place|placed) a (?:price|hit|bounty) on (?:my|me)
(?:body ?bag|coffins?|in the ground|6 feet under|six feet under|bury (?:me|you|us)|dig (?:my|your|a) grave|
    in a (?:grave|ditch)|dead in a)
(?:slit|cut|slice|slash) (?:my|your|her|our) throats?
(?:swing for|do time for|do life for|go to jail for|go to prison for|happy to do time|nothing to lose) (?:me|you|it|
    us|now|and)
(?:do|doing|finish|knock) (?:me|you|us|her) (?:in|over|out|off|down|under|away)(?= |$)(?! (?:to|on bail|by email|
    on hold|of (?:their|the)|for (?:coffee|tea)|the (?:list|books)|with (?:a|the) (?:form|laptop)|from|as a|in (?:a|
    the) (?:room|cell)))(?<!took me out)(?<!put me off)(?<!take me out)(?<!put me down)(?<!put me in)
    (?<!put me through)
if (?:he|i|she) cant have (?:me|you|her|us) (?:GAP2)?(?:nobody|no|then|neither)
(?:says?|saying|keeps saying|told me|said) (?:GAP2)?(?:im|youre|you are|ill be|you will be|your) (?:GAP2)?(?:next|
    finished|dead|done|done for|toast|a goner|going to get it|going to pay|over|history|getting it|a dead)(?= |
    $)(?! (?:with (?:the|my)|to (?:speak|be seen|hear)|in (?:the|line)|on the list))
you(?:re| are) dead(?! (?:right|to))
tick tock
(?:merk|wet me|wet up|shoot me|shank me|stab me|splash me|jook me|duppy|end me|smoke me|bang me|spill my)(?: up|
     out)?(?= |$)(?! an? )
(?:get|getting|got|be|being|have me|getting me) (?:shot|stabbed|kneecapped|burnt out|burned out|firebombed|killed|
    murdered|done over|jumped|acid attacked|acided|lynched)(?! of)
(?:burn|smoke|put|bomb) (?:us|me|them|you) out(?= |$)(?! of)
(?:put|putting|smash|brick) (?:GAP2)?(?:the |my |our )?windows? (?:in|through|out)
fire ?bomb|petrol bomb|pipe bomb|arson
(?:before|until|till|that|when|day|time|and|time he|case he) (?:he|she|they) (?:\w+ )?(?:kills?|murders?) (?:me|us|
    someone|somebody)
(?:will|going to|would|could|can|ll) (?:get |be )(?:killed|murdered|stabbed|shot|burned alive|stoned)
(?:they|he|family|people|brothers) (?:\w+ ){0,3}kill (?:for|us|me|girls|women|her|you)(?= |$)(?! (?:my confidence|
    time))
(?:will|wont|not|never) (?:\w+ )?(?:come|be coming|get|make it|leave|walk|come out) (?:GAP2)?(?:back|out|here|
    home)? ?alive
(?:under threat|on my life|threats? on my|threat to my life|threats? to my life|price on my head|after my blood|
    want me dead|wants me dead|wanting me dead|see me dead|rather see me dead)
next time (?:he|hell|i|ill|it|he will|they|theyll|she) (?:GAP3)?(?:kill|wont stop|not stop|use it|finish|dead|
    not miss|be worse|die|wont miss|will be|cut|stab|do it)
wont stop next time
(?:matter of time|one day|1 day|1 of these days|one of these days|sooner or later) (?:GAP3)?(?:kill|kills|dead|murder|
    find me)
(?:kids|me|mum|baby|dog|family|children) (?:first|and) (?:then )?(?:GAP2)?(?:then me|himself|him ?self|then him)(?= |
    $)
kill (?:\w+ ){0,3}(?:then|and then|and) (?:himself|him ?self|me|us)
drive (?:us|me) (?:all )?off
(?:drown|hang|poison|kill|burn|shoot|hurt) (?:GAP2)?(?:dog|cat|me|kids|baby|children|mum) (?:and|then)
(?:gets?|get his hands|getting) hold of (?:me|you)(?= |$)(?! (?:by|on the phone|until|to ask))
(?:honou?r|izzat|shame) (?:GAP3)?(?:washed|blood|killing|cleaned|restored|one way|1 way|kill|death|paid)
(?:rape|gang rape) (?:me|us|my|her)(?= |$)(?! (?:case|kit))
(?:going to|will|says|said|wants to|want to) (?:GAP2)?(?:rape|behead|skin|burn|drown|butcher|gut|execute|hang|poison|
    blow up|run over|run down) (?:me|us|my|her|the (?:kids|house|car))
has nothing to lose(?= |$)
(?:picture|pictures) of (?:my (?:street|front door|door|house|road|window|gate|car|kids school)|coffins?|a (?:gun|
    knife|grave|noose)|guns?|knives|bullets?)
""")

# What somebody did or said, told as over.
THEN = compiled(r"""
(?:threatened|swore|promised|vowed|threats) (?:GAP3)?to (?:kill|murder|stab|shoot|burn|set fire|hurt me|throw (?:acid|
    petrol)|slit|finish me|strangle)(?! (?:the hard|off|it))
(?:said|told|hed|shed|theyd|would|swore|shouted|text|texted) (?:GAP3)?(?:hed|would|shed|theyd|was going to|going to|
    were going to|will|hell) (?:GAP2)?(?:kill|murder|stab|shoot|burn|throw acid|finish|slit|strangle|end|hurt|bury|
    find) (?:me|us|my|her|the house|the flat|him ?self|her ?self|you)(?! (?:if (?:she|mum) knew))
(?:said|told|saying|messages?) (?:GAP3)?i was (?:dead|a dead|going to die)
(?:hed|would) (?:GAP2)?(?:kill|throw acid|murder|burn) (?:me|us|in|my|the house)
(?:broke|came|burst|forced his way|let him ?self) (?:GAP2)?(?:in|into|round|to my (?:house|flat|work|door)|at me|
    to the house|to our house) (?:GAP3)?(?:and held|with|and put|at night|and tried|holding|while i)
(?:he|they|ex|man|him) (?:\w+ ){0,4}(?:stood|wait|waited|sat|parked|turned up|was|were|waiting|sitting|standing|
    hung about) (?:GAP2)?outside (?:my|our|the) (?:GAP2)?(?:house|flat|door|window|home|work)
(?:tried to|nearly|almost|could have|was going to|were going to) (?:GAP2)?(?:kill(?:ed)?|strangled?|stab(?:bed)?|run|
    suffocate|drown|murder|choke|burn) (?:me|us|over me|my)(?! (?:confidence|career|case))
(?:gun|knife) to my (?:head|throat|neck)
(?:held|kept) (?:me )?(?:GAP2)?(?:hostage|prisoner|at knifepoint|captive|a knife)
(?:poured|put|pushed) (?:petrol|acid|fire|fireworks)
feared for (?:my|our) (?:life|lives)
(?:had|kept) (?:a|my|his|the) (?:spare )?key(?: to (?:my|our|the))
neither of us (?:would|will) leave
(?:run|ran|running) (?:me|us) (?:over|down|off the road)
i was dead
""")
