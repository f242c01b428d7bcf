"""Cues of somebody under 18, in Welsh, in the one spelling."""

import re

from stories.danger.child_cues import AGE, NO_UNIT
from stories.danger.cues import compiled

_SOFT = r"(?:(?:dim ond|ond|bron yn|bron|newydd droi n|newydd droin|yn|n|in|dal yn|jyst|ddim ond) ){0,2}"

WRITER = compiled(rf"""
(?:dw i n|dw in|dwi n|dwin|rwyn|rwy n|rydw in|rydw i n|rydwin|bues i n|bues in|dwi|dw i|wyf|fi n|fin|fi|bod i n|
    mod in|mod i n|ydw in|wi n|win|rwyf yn|yr wyf yn|a dwin) {_SOFT}{AGE}(?: oed| mlwydd oed)?{NO_UNIT}(?! (?:o|or) )
(?:newydd droi n|newydd droin|droi n|droin|troi n|troin|cael fy mhen blwydd yn|mhen blwydd yn|pen blwydd yn|
    fy mhen blwydd yn) {AGE}
(?:bydda i n|byddai n|byddain|bydda in|fydda in|dwin|fydda i n) 18 (?:ym|yn|mewn|wythnos|mis|fis|flwyddyn|blwyddyn|
    dydd)
(?:bachgen|merch|hogan|hogyn|crwt|rhoces|hogs) {AGE}(?: oed)?(?: ydw i| dw i| yma)
{AGE}(?: oed)? (?:ydw i|dw i|wyf i|ydwi)
(?:dwi|dw i|dwin|rwyn|rwy|rydw i|fin|fi|wi|mynd i|orffen|ddechrau) (?:dal |newydd |orffen |mynd i )*(?:ym |yn |n |
    mewn |in )?(?:mlwyddyn|blwyddyn|flwyddyn|bl) (?:[5-9]|1[0-3])(?! (?:or|o|y berthynas))
(?:dan|o dan|danodd) (?:18|16|oed)|ddim (?:yn |dros )?18(?: eto)?|ddim yn oedolyn|rhy ifanc i fod
(?:ticiais|dicio|ticio|diciais|rhoi|rhois|dweud|deud|cliciais|glicio|ddweud|gwedes|wedes) (?:\w+ ){{0,4}}(?:dros |yn |
    in |n )?18(?! oed pan)
(?:dweud|deud|ddweud) celwydd am fy oed\w*
(?:dwin|dwi n|dw in|rwyn|mod in|fin|rydw in) (?:\w+ )?(?:blentyn|plentyn|ddisgybl|rhy ifanc)
""")
SCHOOL_DAYS = compiled(r"""
tgau|nhgau|lefel a
athrawon i gyd|yn yr un flwyddyn a fi|ffoniodd yr ysgol|yr ysgol yn|o flaen pawb yn
(?:dal|o hyd|dwi|dw i|rwyn|fin|fi) (?:dal )?(?:yn |n |in |dal yn |mewn )?(?:yr ysgol|ysgol uwchradd|ysgol gynradd|
    mynd ir ysgol|mynd i r ysgol)
(?:yn|o|ir|i|at|yn ein) (?:fy ysgol|ein hysgol|fy nosbarth|fy mlwyddyn|nosbarth|ein blwyddyn|hysgol)|ysgol ni|
    yr ysgol (?:yn )?dweud|fy athrawes|fy athro|fy mhennaeth blwyddyn|pennaeth blwyddyn|athrawon
(?:pawb|bechgyn|merched|bachgen|plant|rhywun|hogia|criw|merch|nhw) (?:\w+ ){0,2}(?:yn|o|or|ym|yn yr|yn fy) (?:r |yr |
    fy |ei )?(?:ysgol|blwyddyn|dosbarth|mlwyddyn|nosbarth)
pawb ym mlwyddyn
(?:heddlu|swyddog) (?:\w+ )?(?:i|ir|yn) (?:r |yr )?ysgol
(?:mynd|dod|fynd|nol|cerdded|adre) (?:yn ol )?(?:ir|i r|or|o r) ysgol (?:fory|yfory|heddiw|nawr|eto|ers|bore)?
(?:cartref maeth|gofal maeth|teulu maeth|childline)
""")
RECALLED = re.compile(
    r"\b(?:roeddwn|oeddwn|on i|oni|pan|roedd|oedd|es|nes|ers|dysgu|gweithio|athrawes|athro|fues|bues|"
    r"llynedd)(?: \w+){0,4} ?\Z"
)
THEIRS = compiled(rf"""
(?:mae|maer|ma|mai|bod|bydd|man|mab|merch|wyres|wyr|chwaer|brawd|mrawd|ferch|fab|bachgen|nith|nai|gyfnither|
    nghyfnither|gefnder|nghefnder|ffrind) (?:\w+ ){{0,6}}?(?:yn |n |in |hin |on |en |fon |dim ond |ond |
    ni n )(?:dim ond |ond |bron yn )?(?P<age>\d|1[0-7])(?: oed| mlwydd oed)?{NO_UNIT}
(?:hin|mae hin|maen|mae on|mae en|fon|mae fon|ydi hin|mae hi n|ma hin|mae o n) (?:dim ond |ond )?(?P<age2>\d|
    1[0-7])(?: oed)?{NO_UNIT}
(?:dim ond|ond) (?P<age3>\d|1[0-7])(?: oed)? (?:ydi|yw|ydy|oed)
(?P<age4>9|1[0-7]) (?:oed|mlwydd oed)
(?:ferch|merch|bachgen|mab|fab|hogan|hogyn|plentyn|mhlentyn|wyres|wyr|disgybl|ddisgybl) (?:i )?(?P<age5>\d|
    1[0-7])(?: oed)?{NO_UNIT}
""")
CHILD_BY_NAME = compiled(r"""
(?:fy|ein|fy n) (?:merch|mab|ferch|mhlentyn|plentyn|mhlant|hogyn|hogan|chwaer|mrawd|wyres|wyr|bachgen|mechgyn|nith|
    nai|merch i|machgen) (?:i )?(?:fach|bach|ifanc|fechan|ieuengaf|ifancaf)
(?:fy mhlentyn|ein plentyn|fy nisgybl|disgyblion|fy wyres|nosbarth i)
(?:plentyn|blentyn) (?:ydi|yw|ydy|o hyd|bach)
(?:merch|ferch|mab|fab|wyres|wyr|chwaer|mrawd) (?:\w+ ){0,6}(?:ysgol|mlwyddyn|blwyddyn|flwyddyn|dosbarth)
(?:mae|maer|bydd|ma) (?:\w+ ){0,3}(?:ym mlwyddyn|mlwyddyn|yn mlwyddyn|mewn blwyddyn) (?:\d|1[0-3])
(?:hi|o|e|fo|maen) (?:yn |n )?(?:ym |yn )?(?:mlwyddyn|flwyddyn|blwyddyn) (?:\d|1[0-3])
""")
HARM_TO_CHILD = compiled(r"""
lluniau|luniau|llun|lunie|llunie|lun|fideo|fideos|flacmel\w*|blacmel\w*|negeseuon|noeth|digwydd\w*|ddigwydd\w*|rhannu|
    rannodd|gan ddyn|helpu|dioddef|twyllo|gorfodi|gofynnwyd|gofyn iddi|gofyn iddo|dillad|wrtha i|yn yr ysgol|
    ddim wedi bod|maethu|tiwtor
""")
YOUNG = compiled(r"""
fach|bach|ifanc|plentyn|mhlentyn|blentyn|plant|mhlant|wyres|wyr|ysgol|dosbarth|nosbarth|mlwyddyn|blwyddyn|flwyddyn|
    disgybl\w*|nisgybl
""")
