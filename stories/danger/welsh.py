"""Cues in Welsh, in the one spelling (no accents, no apostrophes), with the letters that mutations change."""

from stories.danger.cues import compiled

OWN_LIFE = compiled(r"""
(?:eisiau|dymuno|hoffwn|awydd|ysu i|barod i|gwell gen i|well gen i|mynd i|am|bod eisiau) (?:marw|farw|bod yn farw|
    fod wedi marw|diflannu am byth|peidio bod)(?! o)
(?:lladd|ladd|crogi|grogi|boddi|foddi|niweidio|brifo|frifo|anafu|llosgi|losgi|hunan ?niweidio|torri|dorri) (?:fy |dy |
    ei |eu )(?:hun|hunan|hunain)
(?:torri|dorri|hollti) (?:fy )?(?:mraich|mreichiau|arddyrnau|garddyrnau|nghoesau|mreichia)
(?:ddim|pheidio) (?:yn )?(?:eisiau|dymuno|haeddu|gweld fy hun yn) (?:byw|bod yma|bod yn fyw|bodoli|deffro|codi eto|
    cario mlaen|bod yn y byd|bod ar y ddaear)
(?:dim|ddim|pa|beth ydir|beth yw|beth ydyr|be dir|beth ywr|bethr|unrhyw|gweld|weld) ?(?:\w+ )?(?:pwynt|bwynt|phwynt|
    diben) (?:\w+ ){0,4}(?:byw|bod yma|fod yma|cario mlaen|mynd ymlaen|i fywyd|bod yn fyw|dal ati|deffro)
(?:well|gwell|hapusach|haws) (?:\w+ ){0,3}(?:hebdda|hebddo|hebof|hebdda i)
(?:byd|pawb|teulu|plant) (?:\w+ ){0,4}(?:hebdda|hebddo i|hebof|taswn i wedi mynd|pe bawn i wedi marw|taswn i ddim yma)
(?:wedi|newydd|nes i|wnes i|fi wedi) (?:\w+ ){0,1}(?:cymryd|gymryd|llyncu|lyncu|yfed|cael) (?:\w+ ){0,5}(?:tabledi|
    dabledi|nhabledi|pils|phils|bils|moddion|paracetamols?|gorddos|orddos|ormod|gormod|cannydd|tablets|overdose|
    gwenwyn|cwbl lot)(?! fel arfer)
(?:gorddos|orddos|or ddos|ngorddos)
(?:tabledi|dabledi|pils|phils|rhaff|llafn|raser|tablets|gyllell|cyllell) (?:\w+ ){0,3}(?:yma|fan hyn|gen i|da fi|
    gyda fi|efo fi|yn barod|om blaen|o mlaen|o flaen|ar y gwely|ar y bwrdd|wrth fy ochr|yn fy llaw|o fy mlaen|
    nesa ata i|ar gael)
(?:cadw|casglu|hel|gasglu|gadw|cyfri|gyfri) (?:\w+ ){0,3}(?:tabledi|dabledi|pils|tablets)
(?:rhoi|roi|dod|ddod|gwneud|rhoir) (?:a )?(?:diwedd|terfyn|ddiwedd) (?:ar|i) (?:fy|bopeth|y cwbl|y cyfan|bob dim|
    fy mywyd|y|r|hyn|yr)
(?:gorffen|orffen|diweddu|ddiweddu|cymryd|gymryd|terfynu|derfynu) (?:fy mywyd|y cyfan|y cwbl|pob dim|bob dim|y boen|
    popeth)
(?:dod|ddod) a (?:\w+ ){0,3}(?:mywyd|cwbl|cyfan|bywyd) i ben
llythyr(?:au|on)? (?:\w+ )?(?:ffarwel\w*|hwyl fawr|olaf)
(?:ffarwelio|ffarwel) (?:a|ar|i|bawb|gyda|efo|hefo) ?(?:\w+ )?(?:plant|teulu|phawb|pawb|mam|ci|bawb|byd|chi|nheulu|
    ngheulu|
    cwbl)
(?:hunan ?laddiad|hunan ?laddol|hunan ?leiddiol|hunan ?laddiadol|suicidal)(?! llinell)
(?:hunan ?niweidio|hunan ?anafu|hunan ?niwed)
(?:gwaedu|gwaed) (?:\w+ ){0,4}(?:stopio|ddrwg|drwm|peidio|bobman|ym mhob man|arllwys|nawr)
(?:fydda|fyddaf|fydd|bydda|fyddai) (?:i )?ddim (?:yma|o gwmpas|byw|yn fyw)(?: |$)
(?:erbyn|pan|os) (?:i chi|i ti|y|byddwch|fyddwch|byddi|fyddi|bod|wyt|ydych) (?:\w+ ){0,4}(?:darllen|ddarllen) (?:hwn|
    hyn)(?: |$)
(?:noson olaf|neges olaf|diwrnod olaf|heno ydir noson|heno ywr noson|heno yw r noson)
(?:methu|ffaelu|alla i ddim|fedra i ddim|galla i ddim|allai ddim|fedrai ddim|gallaf ddim|allaf i ddim|ddim yn gallu|
    medru|gallu|fethu) (?:\w+ ){0,2}(?:mynd (?:y)?mlaen|cario (?:y)?mlaen|byw|dal ati|dioddef|gwneud hyn|neud hyn|
    diodde|wynebu (?:fory|yfory|diwrnod)|cymryd dim mwy|dal ddim|para)(?! yn y ty| gyda fe| efo fo)
(?:cael|di cael|gael) (?:llond bol|digon|hen ddigon) (?:o|ar|ar y) (?:fyw|fywyd|bywyd|byw|fod yma)
(?:dim byd|ddim byd|dim|neb) (?:ar ol )?(?:ar ol )?i fyw (?:amdano|er|ar ei|mwyn|ar)?
(?:neidio|gamu|camu|cerdded) (?:o|oddi ar|oddiar|o flaen|oddiwrth|i mewn i|ir) (?:\w+ )?(?:bont|pont|tren|trên|mor|
    clogwyn|to|afon|ffordd)
(?:sefyll|eistedd|ar|wrth) (?:ar )?(?:y |r )?(?:bont|clogwyn|traciau|cledrau|ymyl y dibyn)
(?:faint|sawl) (?:o )?(?:dabledi|tabledi|dabled|pils)
(?:meddwl am|feddwl am) (?:\w+ ){0,2}(?:farw|marwolaeth|ddiwedd|ladd|y diwedd|orffen|neidio|beidio bod)
(?:ddim|dim) (?:yn )?(?:saff|ddiogel|diogel) (?:ar|gyda|efo|hefo) (?:ben )?fy (?:mhen|hun)
(?:ofn|poeni|ofni) (?:\w+ ){0,3}(?:wna i|wnaf i|wnai|gwna i|neud|wneud) (?:i mi|i fi|i fy) hun
(?:ddim|dim) (?:\w+ )?(?:ffordd|ffordd arall|ffor) allan
(?:nid yw|dydi|dydy|dyw) (?:\w+ )?(?:bywyd|mywyd) (?:\w+ )?werth
(?:isio|eisiau|jyst eisiau|moyn) (?:cysgu a|mynd i gysgu a|gysgu a) (?:\w+ )?(?:pheidio|ddim|byth) (?:\w+ )?(?:deffro|
    codi)
wedi blino (?:\w+ )?(?:bod yn fyw|byw|ar fywyd|ar fyw)
(?:neb|fyddai neb|fydde neb|basa neb) (?:\w+ )?(?:sylwi|colli fi|fy ngholli|gweld fy eisiau|
    poeni) (?:\w+ ){0,3}(?:marw|mynd|yma|i)?
(?:wedi mynd|fydda i wedi mynd|bydda i wedi mynd|byddaf wedi mynd) (?:cyn|erbyn|pan)
(?:bydd|fydd|mi fydd|bydd popeth) (?:\w+ )?(?:drosodd|ar ben) (?:erbyn|heno|cyn|cyn bo hir|fory)
(?:ddim|dwi ddim|fi ddim) (?:\w+ )?(?:eisiau|gallu|yn gallu) (?:bod ma|bod yma|cario mlaen|para|dal ati|byw)
(?:bennu|gorffen|gwneud|neud|wneud|cwpla) (?:fe|o|e|hyn|hynny|ddo) (?:\w+ )?(?:heno|nawr|fory|heddiw|ar ol)
(?:wedi|dwi wedi) (?:dechre|dechrau|ail ddechrau) (?:torri|niweidio|brifo|hunan)
(?:ffrind|merch|chwaer|mam|brawd|gwr|gwraig|cariad|fab|mab|ferch|partner) (?:\w+ ){0,6}(?:ladd ei hun|lladd ei hun|
    eisiau marw|ddim eisiau byw|torri ei hun|cymryd gorddos|cymryd tabledi)
(?:ladd|lladd) ei hun(?:an)?
(?:dim|ddim|unrhyw|does gen i ddim) (?:\w+ )?(?:rheswm|reswm) (?:\w+ )?(?:fyw|byw|cario|godi|i godi)
(?:mae popeth|popeth|mae hi) ar ben (?:i mi|arna i|i fi)
(?:wedi )?(?:gadael|sgwennu|ysgrifennu|sgrifennu) (?:\w+ )?(?:nodyn|llythyr|llythyrau|lythyr) (?:\w+ )?(?:i|
    ir) (?:\w+ )?(?:ngwraig|ngwr|plant|mam|teulu|nheulu|mhlant|rhieni|merch|mab)
(?:cerdded|mynd|gyrru) (?:\w+ )?(?:at|i|ir|am|heibio) (?:r |yr )?(?:afon|bont|clogwyn|mor|rheilffordd)
(?:gymres|gymrais|cymrais|llyncais|gymerais|fi wedi cymryd) (?:\w+ ){0,3}(?:cwbl|cyfan|tabledi|dabledi|lot|pils|bocs)
(?:ddim|dim) (?:\w+ )?gobaith|anobaith\w*|baich (?:ar|i)|faich ar
(?:gwaed|gwaedu) (?:\w+ )?(?:ym mhobman|ymhobman|bobman|dros bob man|ar y llawr)
(?:penderfynu|benderfynu) (?:\w+ ){0,3}(?:drosodd|marw|gorffen|heno|mynd|diwedd)
""")

NEAR = compiled(r"""
(?:mae|ma|maen|may|man|hes|nhw|roedd|oedd|rhywun|on|en|ydi|dyn|dynion|fo|fe) (?:\w+ ){0,5}(?:tu allan|tu fas|tufas|
    tuallan|wrth y drws|wrth fy nrws|ar y drws|yn y ty|lawr grisiau|lawr y grisiau|yn yr ardd|tu ol i mi|yma nawr|
    ar stepen y drws|ar garreg y drws|ar draws y ffordd)(?! (?:ir|i r|y|yr|i|ir)? ?(?:orsaf|llys|swyddfa|gorsaf|lys|
    stafell|ystafell))
(?:tu allan|tu fas) i(?:r|r| fy| ein|m)? (?:ty|drws|fflat|ffenest|ffenestr|nhy|nrws|fflat i|tŷ|cartref|nghartref)
ar (?:ei|eu) (?:ffordd|fordd|ffor) (?:yma|draw|i|ata|rownd|nawr|heno|adre|$)
(?:mae o|mae e|mae fo|mae fe|maen|mae nhw|man nhw|mae hi|mae fy nghyn\w*|mae fy ex|mae r dyn|maer dyn|ma nhw|ma fe|
    ma fo|ma e|mae fy (?:mrawd|mrodyr|nhad)) (?:\w+ )?(?:yn |n )?(?:dod|dwad|gyrru|cerdded) (?:\w+ )?(?:draw|yma|
    rownd|i fy|i nol|ar fy ol|amdana|i fewn|i mewn|heno|adre|ata i|i ngweld)
(?:ganddo|gynno|gando|gyda|da|efo|hefo|gan|gynnon|cario|chario|dal|gafael|mynd a|gynno fo) (?:\w+ ){0,3}(?:gyllell|
    cyllell|chyllell|wn|gwn|bwyell|fwyell|machete|asid|petrol|morthwyl|forthwyl|allwedd|oriad|goriad|bat|fat|allweddi|
    goriadau|phetrol|wn|chleddyf)(?! (?:mam|fy chwaer))
(?:cyllell|gwn|machete|bwyell|morthwyl|allwedd|goriad|petrol|asid|bat) (?:\w+ ){0,2}(?:da fe|gydag e|gyda fe|efo fo|
    hefo fo|ganddo|gynno|da nhw|ganddyn)
(?:curo|cicio|dyrnu|ffusto|bwrw|waldio|colbio|cnocio|malu|malur|torri) (?:\w+ )?(?:r |y |ar y |ar |ffenest |
    ffenestri |)(?:drws|nrws|ffenest|ffenestri|lle|ty)
(?:trio|ceisio|treial|drio|geisio|trial) (?:torri|dod|mynd|cael) (?:\w+ )?(?:i mewn|mewn|fewn|i fewn)
wedi torri (?:i )?(?:mewn|fewn)
(?:cuddio|guddio|nghloi|cloi fy hun|wedi cloi) (?:\w+ ){0,3}(?:yn|mewn)
(?:gwrthod|ddim yn|pallu|cau) (?:\w+ )?(?:gadael|gadel|gad) i (?:mi|fi) (?:fynd|adael|mynd|gadael)
(?:dilyn|nilyn|fy nilyn|chwilio amdana|chwilio am fi|gwylio r ty|gwylior ty|gwylio fy nhy)
(?:wedi|newydd) (?:fy )?(?:nhagu|tagu|fy nhagu|nghuro|nhrywanu)
(?:mae|ma|maen) (?:\w+ ){0,3}(?:ar y bws|ar y tren|yn y car|yn gyrru|gyrru draw|yn dod a|funud i ffwrdd|
    rownd y gornel|yn eistedd yn y car|yn yr ardd|drwyr ffenest|ddim yn mynd)
(?:gweld|weld|clywed|glywed) (?:o|e|fe|fo|nhw|ei gar|hi) (?:drwyr|trwyr|drwy r|tu allan|yn yr|yn y|lawr)
(?:cnocor|cnoco r|cnocior|curor|curo r|bwrwr|ciciorr|ciciorr|cicior) (?:drws|ffenest)
(?:chyllell|cyllell|gyllell|gwn|morthwyl|bwyell|machete|phetrol) (?:\w+ ){0,3}(?:ty|llaw|defnyddio|nawr|heno|fan|car)
(?:drws|ffenestri) (?:\w+ ){0,3}(?:wedi cloi|wedii gloi|ar glo) (?:\w+ ){0,6}(?:gadael|mas|allan|fynd)
""")

THREAT = compiled(r"""
(?:am|mynd i|eisiau|bygwth|fygwth|bygythio|fydd yn|bydd yn|ceisio|trio|bod|gwneith o|neith o|wneith|eu bod nhw am|
    ei fod am) (?:\w+ ){0,2}(?:fy lladd|lladd i|lladd fi|fyn lladd|ladd i|ladd fi|fy mrifo|mrifo|saethu|trywanu|
    fy saethu|fy nhrywanu|llosgi|losgi|fy llosgi|fy nghuro|fy lladd i|taflu asid|daflu asid|lladd mam|ein lladd|
    ladd ni)
fy lladd(?: i)?(?= |$)
(?:llosgi|losgi|llosgir|llosgi r|rhoi r|tanio) (?:\w+ )?(?:ty|nhy|tŷ|fflat|tan ir|tan i r|cartref|lle)(?: |$)
(?:taflu|daflu|lluchio) (?:\w+ )?(?:asid|petrol)
(?:petrol|asid) (?:\w+ )?(?:drwy|trwy|dros|ar|yn) (?:\w+ )?(?:blwch|drws|ty|wyneb|fy wyneb|ngwyneb)
(?:ofn|ofni|poeni) (?:\w+ )?am fy mywyd
(?:mewn|mewn) perygl(?! o golli)
(?:bygythiadau|fygythiadau) (?:i fy lladd|lladd bob|marwolaeth)
(?:fy mod in|mod in|mod i n|fy mod i n) (?:farw|marw) (?:os|pan)
(?:neb|chaiff neb|os na cha i|os na chai) (?:\w+ ){0,4}(?:chaiff neb|dy gael di|di)
(?:un diwrnod|rhyw ddydd|tro nesa) (?:\w+ ){0,3}(?:lladd|ladd)
(?:bydd|fydd|wneith|neith) (?:\w+ ){0,3}(?:fy lladd|n fy lladd|yn fy lladd|lladd i|ladd i|saethu|trywanu)
(?:gwybod|gwbod) (?:ble|lle) (?:dwin|dwi n|dwi|rwyn|dw i n|rydw in|ydw in) (?:byw|aros|cuddio)
""")

THEN = compiled(r"""
(?:lladdodd|laddodd|crogodd|saethodd) (?:\w+ ){0,2}(?:ei|eu) (?:hun|hunan|hunain)
(?:ceisiais|geisiais|ceisiodd|driais|drio|trio|triais|geisio|wedi ceisio|wedi trio|ceisio|bron i mi|bron a|
    bu bron i mi) (?:\w+ )?(?:ladd|lladd|grogi|roi diwedd|rhoi diwedd|gymryd fy mywyd) (?:fy |ei )?(?:hun|hunan|
    ar fy mywyd)?
(?:cymerais|gymerais|cymerodd|llyncais|lyncais|ar ol cymryd|ar ol llyncu) (?:\w+ ){0,3}(?:gorddos|orddos|tabledi|
    dabledi|pils)(?! fel arfer)
(?:bygythiodd|fygythiodd|bygwth|bygythio) (?:\w+ ){0,2}(?:fy lladd|ladd|llosgi|losgi|fy mrifo)
(?:dywedodd|dwedodd|wedodd|ddywedodd) (?:\w+ )?(?:byddai|basa|bydden|bydde) (?:\w+ )?(?:fy lladd|n fy lladd|
    yn fy lladd)
(?:collais|collodd|collon) (?:\w+ ){0,4}hunan ?laddiad
(?:daeth|ddaeth|torrodd) (?:\w+ ){0,4}(?:gyda|efo|hefo|a) (?:\w+ )?(?:chyllell|cyllell|gwn|machete|bwyell|morthwyl|
    bat)
""")
