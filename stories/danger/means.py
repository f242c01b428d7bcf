"""Cues of means, places and farewells: what somebody has ready, has taken, written or done to themselves."""

from stories.danger.cues import compiled

NOW = compiled(r"""
(?:ive|i|have|got|theres|with) (?:GAP3)?(?:\d\d+|lots of|loads of|boxes of|enough|plenty of) (?:\w+ )?TABLETS
(?:have|got|ive) (?:GAP3)?(?:insulin|morphine|TABLETS) (?:and (?:i know|a (?:litre|bottle|glass))|i know|to (?:do|
    take))
(?:have|ive|got) (?:got )?everything i need(?! to (?:report|send|show|complain))
(?:ive|i|have|shes|hes|think ive|just) (?:GAP2)?(?:took|taken|swallowed|necked|downed|had) (?:too many|too much|
    them all|the lot|all of them|something|loads|a load|a bunch|a whole|the whole|the entire|(?:my|his|her|
    the) (?:mums|dads|nans|mams|mum s|whole|entire|last|rest))(?! (?:down|off|to the|away|from|with|at|pictures|
    photos|days|screenshots|time|of (?:it to|them to)|conversation|chat|thread))
(?:hidden|hiding|hid|locked away|locked up|taken away) (?:GAP2)?(?:the|all the|her|his|my) (?:GAP2)?(?:TABLETS|knives|
    razors|rope|blades)
(?:gas is on|gas on)
(?:wrong side of the|other side of the|over the|on the) (?:railings|barrier|ledge|parapet|bridge rail)
(?:im|am|sat|sitting|stood|standing|posting|typing|writing|is|keep|shes|hes|feet|up|been|still|lying|
    i) (?:\w+ ){0,5}(?:from|on|over|at|by|under|close to|near) the (?:edge|ledge|railings|tracks|train tracks|railway|
    multistorey|roof|viaduct|clifftop|cliff edge|cliffs|bridge over|top floor|rails)(?! of (?:my seat|giving|the bed))
(?:walk|walking|drive|driving|go|going|get|drawn|end up|keep going|walked|away|off|heading|am away) (?:GAP2)?(?:to|
    past|towards|onto|over to) the (?:GAP2)?(?:river|bridge|sea|tracks|cliffs?|canal|railway|viaduct|multistorey|loch|
    reservoir|dock|weir|flyover)
(?:easy|easier|tempted|tempting|want|feel like|urge) (?:GAP3)?(?:to )?(?:GAP2)?(?:step out|step off|let go|steer|
    swerve|jump|walk out in front|fall|drive into|drive off)
every time a (?:train|lorry|bus)
my feet are over
(?:jump|jumping|throw my ?self|chuck my ?self|lob my ?self|fling my ?self) (?:off|from|out|over|in|under|into) (?:the|
    a|my|this|that) (?:GAP2)?(?:flats|tower|block|pier|bridge|roof|balcony|window|building|cliff|multistorey|car park|
    river|canal|sea|train|harbour|rocks|top|8th|top floor|prom|tracks|railway|bus|traffic|motorway|viaduct)
(?:voices?|head|brain|mind) (?:GAP3)?(?:telling me to|says?|saying|tell me to|said) (?:GAP2)?(?:do it|jump|end|die|
    kill|cut|hurt)
(?:arms?|legs?|wrists?|thighs?|stomach) (?:is|are) (?:GAP2)?(?:covered|full|in (?:bits|ribbons|shreds|a state)|
    bleeding|cut|scarred|slashed|raw)(?! up by)
(?:did|done|do|cut|slice\w*|slash\w*|hack\w*|carv\w*|scratch\w*) (?:GAP2)?my (?:arms?|legs?|wrists?|thighs?|skin|
    stomach)(?= |$)(?! (?:hair|off the|up|were|in the (?:fall|door)))
(?:needs?|need|getting|get) stitches
soaked through|through the (?:towel|bandage)
(?:till|until|so) (?:i|it|im|they) (?:bleeds?|bleeding)
(?:want|need|urge|urges|dying|going|desperate|wanting|feel like|tempted|keep wanting) (?:to )?(?:cut|self harm|
    hurt my ?self|cutting|hurting my ?self|burn my ?self|harm my ?self|bleed|slice)(?! (?:him|ties|contact|off|out|
    down|them|it|costs|back|my hair))
(?:hitting|banging|smashing|bashing) my (?:head|fists?|hand) (?:off|on|against|into|till|until|with)
(?:not eating|starving my ?self|stopped eating) (?:GAP2)?(?:on purpose|so i|to die|until)
(?:just )?fade away(?= |$)
(?:started|start|begun|back|dechrau|gone back to|im|keep|keeps|ive been|been) (?:GAP2)?(?:self harming|cutting|
    hurting my ?self|burning my ?self)(?! (?:costs|corners|me off|me out|a long|him off|when|years|at (?:school|uni)))
(?:saying|say|said|texted|rang|message|text) (?:GAP3)?(?:goodbye|loves us all|love you all|
    goodbyes)(?! to (?:the (?:officer|police|sergeant|desk|job)|him|social))
(?:envelopes?|letters?|notes?|cards?|voice ?notes?|videos?|messages?) (?:GAP2)?for (?:GAP3)?FAMILY
(?:ive|have|i) (?:GAP2)?(?:written|wrote|left|recorded|done) (?:GAP2)?(?:notes?|letters?|message|video|card|
    voicenote) (?:GAP2)?(?:for|to) (?:GAP2)?FAMILY
ive left (?:GAP2)?(?:notes?|letters?)(?! (?:for|with|to) (?:the )?(?:officer|police|pc|sergeant|neighbour|landlord|
    front desk|them|my landlord|my neighbour))
(?:given|giving|gave) (?:GAP2)?(?:my|all my|everything) (?:GAP3)?away
(?:affairs|papers|paperwork|money|finances|bank stuff|funeral) (?:is|are|all )?(?:GAP2)?(?:in order|sorted|paid for|
    planned)(?= |$)(?! by the (?:police|court))
(?:sorted|written|made|changed|done|updated|signed|wrote|where) (?:GAP2)?(?:my|the) will(?= |$)
my (?:own )?funeral|at my funeral|my coffin|the coroner|my inquest|my headstone|my ashes
(?:when|once|by the time|before) (?:they|you|he|someone|somebody|mum|she) (?:find|finds|get to) (?:me|my body)(?= |
    $)(?! (?:guilty|a|another))
find my body
read about (?:me|it|my) (?:in the (?:paper|papers|news)|on the news)
before i go(?= i | they| please|$| its| just| you| but)
(?:someone|somebody|you|please|who will|who ll|someones|needs to|has to) (?:GAP2)?look after (?:my|the|
    our) (?:GAP2)?(?:dog|cats?|kids|children|babies|baby|mum|boys|girls|son|daughter|animals|hamster|horse|pets|
    rabbit|nan)
(?:make sure|let|tell|want) (?:GAP3)?(?:to )?knows? (?:GAP3)?(?:wasnt (?:her|his|their)|loved|love|not (?:her|his|
    their)|my fault|their fault|her fault|his fault|sorry)
(?:^| )sorry (?:mum|dad|everyone|kids|babies|my babies|mam|to my (?:kids|mum|family|children|parents|boys|girls))(?: |
    $)
(?:made|making) (?:my |peace |my peace )(?:with it|with god|peace)?(?: and| with|$)(?<!made my )
(?:decided|made my mind up|mind is made up|minds made up|made up my mind) (?:GAP5)?(?:calm|peace|not scared|scared|
    tonight|over|ready|time to go|relief|relieved|die|end it|the only way)
(?:picked|chosen|set|got|know|fixed) (?:GAP2)?(?:the|a|my|which) (?:day|date|night|place|spot|song)(?= its| i |$|
     and (?:the|a|ive|everything|place)| for it| already| to (?:do|die|go|end))(?! for court)
(?:be|join|joining) (?:GAP2)?(?:with )?(?:my )?(?:nan|dad|mum|brother|sister|grandad|gran|nana|baby|nanna|son|
    daughter|him|her) (?:GAP2)?(?:soon|again soon|in heaven|up there|he passed|she passed|whos passed|who passed|
    on the other side)
(?:on|from) the other side(?= |$)(?! of)
goodbye (?:everyone|world|all|cruel|to (?:my|you|everyone|the (?:dog|kids|cat)))
(?:said|say|saying) goodbye to (?:my|the) (?:GAP2)?(?:nan|dog|cat|kids|mum|grave|children|baby|family|horse|friends|
    girls|boys)
""")

TAKEN = compiled(r"""
(?:i |she |he |ive |just |have |hes |shes )?(?:took|swallowed|necked|downed|taken|taking|drank|drunk|ate|had|take|
    popped) (?:GAP2)?(?:\d\d+|whole|entire|all my|all the|all of my|all of|loads of|a load of|handfuls? of|
    a handful of|too many|lots of|a lot of|a packet of|packet of|packets of|the|my|some|many|a bottle of|a box of|her|
    his|a bunch of|a strip of|half a|every|a full|2|two|4|8|9|about|around) (?:GAP3)?(?:TABLETS|packet|pack|box|boxes|
    bottle of (?:TABLETS|bleach|something)|strips?)(?! (?:as usual|for (?:my|the|anxiety|depression|a)|like i|every|
    with (?:my|a)|that (?:the|my)|and went|daily|a day|twice|off me|away|to the|of (?:evidence|letters|screenshots|
    paper|tissues)|station|in to|to (?:the|help)|from the (?:doctor|gp)|so i could|like normal|of (?:chocolates|
    biscuits|cereal|crisps|sweets)))(?<! as usual)
(?:i |she |he |ive |just |have |hes |shes )(?:took|swallowed|necked|downed|taken|drank|drunk) (?:tablets|
    paracetamols?|bleach|antifreeze|poison|an overdose|something)(?! (?:as usual|for|like|every|that|to the))
swallowed (?:GAP2)?(?:about|around|over|nearly)? ?\d\d
""")
