"""Words that stand for one another: "nan" and "sister" are family, "pills" and "rope" means, 14 a child's age."""

from functools import cache

CLASSES = {
    "KIN": """
son sons daughter daughters brother brothers sister sisters niece nieces nephew nephews grandson granddaughter bairn
bairns wean weans cousin cousins lad lass lassie girl girls boy boys child childs children kid kids toddler baby twins
twin stepson stepdaughter godson goddaughter teenager youngster pupil pupils student students youngest eldest oldest
merch ferch mab fab mhlentyn plentyn blentyn plant mhlant chwaer brawd mrawd wyres wyr nith nai crwt croten groten
hogyn hogan hogia bachgen fachgen machgen mechgyn wha cub wee disgybl ddisgybl nisgybl disgyblion nisgyblion
""",
    "ELDER": """
mum dad nan nana gran grandad granny grandma mother father parents mammy da carer carers foster stepdad stepmum auntie
uncle aunt mam tad nhad rhieni nain taid mamgu tadcu daddy mummy guardian
""",
    "CLOSE": """
partner husband wife boyfriend girlfriend friend friends mate mates family everyone someone bestie flatmate fiance
colleague ffrind ffrindiau teulu nheulu gwr gwraig ngwr ngwraig cariad pawb
""",
    "TABLET": """
tablets paracetamol paracetamols codeine cocodamol codamol morphine insulin sertraline ibuprofen diazepam valium
propranolol amitriptyline zopiclone antidepressants aspirin tramadol pregabalin painkillers packets packet blister
sleepers sleeping overdose dose gabapentin mirtazapine citalopram fluoxetine xanax warfarin digoxin lithium bleach
antifreeze bottle box tabledi dabledi nhabledi pils phils bils tablets moddion gorddos orddos methadone heroin strip
""",
    "DRINK": "vodka wine whisky whiskey gin rum beer alcohol drink drinking drunk litre wisgi gwin",
    "ROPE": """
rope noose belt cord ligature lead scarf hanging hang hanged beam banister loft garage hosepipe exhaust rhaff crogi
grogi hook rafters rafter flex
""",
    "HEIGHT": """
bridge cliff cliffs roof ledge multistorey viaduct balcony tracks platform train trains railway river reservoir canal
sea pier loch lake railings barrier edge rail rails quarry weir flyover motorway lorry dock quay water bont pont afon
mor clogwyn tren trac to cledrau llyn tide rocks level crossing
""",
    "BLADE": """
razor razors blade blades scissors compass glass stanley sharpener llafn raser
""",
    "HURT": """
cut cuts cutting bleed bleeding bleeds blood bloody wrists wrist slit slitting slice sliced scratch scratched scratching
burn burning burned burnt carved carving harm harming harmed hurting stitches arms legs thighs thigh torri gwaedu waedu
gwaed waed niweidio anafu brifo breichiau breichie mreichiau nghoesau
""",
    "WEAPON": """
knife knives gun shotgun machete bat hammer axe crowbar sword weapon acid petrol crossbow hatchet cleaver pistol rifle
lighter screwdriver bar fireworks firebomb bomb cyllell gyllell chyllell gwn asid morthwyl bwyell fwyell
""",
    "DIE": """
die dies dying died dead death suicide suicidal dei deid marw farw marwolaeth hunanladdiad hunanladdol unalive funeral
coffin grave angladd bedd arch
""",
    "KILL": """
kill kills killing murder murdered stab stabbed stabbing shoot shot strangle strangled strangling choke choked behead
slash slashed batter battered torch lladd ladd trywanu saethu tagu llosgi losgi drown drowned smother
""",
    "SELF": "myself himself herself themselves hun hunan hunain",
    "FAREWELL": """
goodbye goodbyes letter letters note notes sorry forgive funeral will farewell ffarwel ffarwelio llythyr llythyrau
lythyr nodyn sori hwyl byes
""",
    "END": """
end ends ending ended over finish finished finishing done last final finally gone forever stop stops stopped peace rest
sleep diwedd ddiwedd terfyn derfyn gorffen orffen drosodd ben olaf bennu cwpla byth cysgu gysgu
""",
    "WANT": """
want wants wanting wish wishing hope hoping ready going planning plan planned decided about need rather wanna eisiau
moyn dymuno barod mynd penderfynu benderfynu bwriadu am
""",
    "SOON": """
tonight tomorrow today now morning weekend soon midnight later hour hours minutes monday tuesday wednesday thursday
friday saturday sunday nights heno fory yfory nawr heddiw bore penwythnos sul sadwrn gwener neithiwr yesterday evening
""",
    "CANT": """
cant cannot wont unable couldnt methu ffaelu fedra alla gallaf allaf cannae fethu pallu never
""",
    "LIVE": """
live living life alive exist existing here byw fyw bywyd mywyd bodoli yma ma wake waking breathe breathing
deffro
""",
    "LOW": """
burden hopeless worthless pointless empty numb tired exhausted broken useless point anobaith baich faich blino pwynt
bwynt diben ashamed trapped
""",
    "AT_DOOR": """
outside door doorstep window gate garden drive street downstairs stairs landing hall hallway porch corner road bell
letterbox buzzer intercom banging hammering knocking kicking key keys car van tu allan fas drws nrws ardd ffenest
goriad allwedd lock locked locks hiding hide cuddio guddio shed bathroom wardrobe refuge
""",
    "COME": """
coming come comes following followed waiting found finds find tracker track driving parked turned arrived shows showing
way dod dwad ffordd rownd draw aros dilyn gwylio watching chasing looking
""",
    "HE": """
he hes hell him they theyre theyve theyll ex brothers man men somebody someones gang dyn dynion fo fe nhw maen
""",
    "SAYS": """
says say saying said told tells texted messaged sez text message dweud deud gweud dweud ddweud medda medde bygwth
threatened threatening threatens threat threats promised swears swore
""",
    "SCHOOL": """
school schools class year form gcse gcses exams exam mocks sats homework assembly lesson lessons maths science english
teacher teachers tutor head headteacher playground prom canteen sixth college primary secondary juniors infants nursery
reception uniform detention registration pshe pe ysgol athrawes athro athrawon dosbarth nosbarth mlwyddyn flwyddyn
blwyddyn tgau nhgau gwers wers pennaeth highers nat prelims plus fourth academy boarding
""",
    "YOUNG": """
underage under minor young little small fach bach ifanc teen teenage only just still almost nearly turning turned barely
birthday old oed oedolyn adult childrens junior
""",
    "IMAGE": """
picture pictures video videos screenshot screenshots llun lluniau luniau lun llunia fideo fake fakes
deepfake
""",
    "POLICE": """
police officer officers pc sergeant detective court cps solicitor heddlu swyddog heddwas plismon plismones llys
dispatcher handler inspector constable dc ds
""",
    "PAST": """
was were had used ago years back then once when roedd roeddwn oeddwn oedd oedden pan yn ol llynedd blynyddoedd mlynedd
flynedd blynedd would before survived counselling therapy recovered
""",
    "NOT": """
not no none nobody dont didnt doesnt isnt wasnt arent havent without nothing nor neither ddim dim nid
nag neb
""",
}


@cache
def class_of() -> dict[str, str]:
    """The class of each word; the first that names it."""
    found: dict[str, str] = {}
    for name, words in CLASSES.items():
        for word in words.split():
            found.setdefault(word, name)
    found |= {str(age): "CHILD_AGE" for age in range(9, 18)}
    found |= {str(age): "SMALL_AGE" for age in range(2, 9)}
    found |= {str(age): "GROWN_AGE" for age in range(18, 100)}
    return found
