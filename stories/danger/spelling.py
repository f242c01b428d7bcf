"""One spelling for what people type: "I'm gonna", "im gona" and "i am going to" all become "im going to"."""

import re
import unicodedata
from functools import cache

from stories.identifying.folding import fold
from stories.identifying.shapes.age_words import ONES
from stories.identifying.slips import slips_of

_LONGEST_WORD = 30  # characters; a longer one is noise
_SENTENCE_END = re.compile(r"[.!?;…\n\r]+(?:\s|\Z)|[\n\r]")
_APOSTROPHES = re.compile(r"['’‘`´]")
_AGE_AND_WORD = re.compile(r"\b(\d{1,2})(yo|yrs?|y)\b(?: ?old)?")
_SCHOOL_YEAR = re.compile(r"\b(?:year|yr|y)(\d{1,2})\b")
_WHO_IS = re.compile(
    r"\b(dad|ex|brother|husband|partner|boyfriend|father|uncle|cousin|stepdad|mum|sister|daughter|son|friend|"
    r"mate|wife|"
    r"girlfriend|man|car|van)s (?=(?:outside|coming|on|got|going|in|here|been|just|taken|threatening|saying|driving|"
    r"suicidal|trying|still|now|only|downstairs|sat|stood|parked|waiting|banging|hurting|cutting|not|locked|"
    r"gone|found|"
    r"told|asked|under|a|being|drunk|back|looking|at|after)\b)"
)
# "want 2 die", "coming 4 me": a figure for a word.
_TO, _FOR = (
    re.compile(r"\b2 (?=(?:die|do|be|end|kill|live|take|go|see|tell|get|cut|help|wake|sleep|me|u|my|jump|hang)\b)"),
    (re.compile(r"\b4 (?=(?:me|u|him|her|my|us|ever|it)\b)")),
)
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_LETTERS_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")

# Words that are looked for, and so are met with a slip of the thumb in them too.
_MET_WITH_A_SLIP = """
suicide suicidal tablets paracetamol overdose overdosed outside bleeding petrol threatening threatened strangled
myself himself herself goodbye tonight tomorrow killing killed anymore machete hammering banging living swallowed wrists
razor blackmailed blackmail groomed grooming school thirteen fourteen fifteen sixteen seventeen twelve eleven daughter
pictures without knife bridge alive ending underage
"""
_SAID_FOR = """
wanna=want to; gonna=going to; gona=going to; gunna=going to; gnna=going to; gonnae=going to; goin=going; comin=coming
gotta=have to; 2nite=tonight; tonite=tonight; 2night=tonight; tonyt=tonight; 2nyt=tonight; tmrw=tomorrow; tmw=tomorrow
tmro=tomorrow; 2moro=tomorrow; 2morrow=tomorrow; tomoz=tomorrow; u=you; ur=your; ya=you; cos=because; cuz=because
coz=because; bc=because; wud=would; cud=could; cudnt=couldnt; wudnt=wouldnt; shud=should; shudnt=shouldnt; dnt=dont
dony=dont; donot=dont; dinnae=dont; dinna=dont; cannae=cant; cnt=cant; carnt=cant; cannot=cant; wisnae=wasnt
didnae=didnt; isnae=isnt; willnae=wont; tae=to; ootside=outside; hoose=house; noo=now; doon=down; anymair=anymore
anymor=anymore; anymre=anymore; ah=i; ahm=im; iam=im; kil=kill; kll=kill; kils=kills; kilin=killing; killin=killing
sayin=saying; tryin=trying; waitin=waiting; sittin=sitting; thinkin=thinking; feelin=feeling; livin=living; bein=being
bangin=banging; cuttin=cutting; nite=night; nyt=night; thru=through; wiv=with; w=with; no1=nobody; noone=nobody
some1=someone; any1=anyone; every1=everyone; evry1=everyone; every1s=everyones; b4=before; m8=mate; ppl=people
rn=right now
atm=right now; msg=message; dm=message; dms=messages; pic=picture; pics=pictures; photo=picture; photos=pictures
image=picture; images=pictures; nudes=pictures; nude=picture; vid=video; vids=videos; mam=mum; mom=mum; maw=mum
mummy=mum; daddy=dad; yr=year; yrs=years; yo=year old; hrs=hours; hr=hour; mins=minutes; bday=birthday
paracetomol=paracetamol; meds=tablets; pills=tablets; pill=tablet; medication=tablets; capsules=tablets
killmyself=kill myself; kms=kill myself; od=overdose; oded=overdosed; overdoes=overdose; overdoesed=overdosed
suicdal=suicidal; suicde=suicide; sucidal=suicidal; sucide=suicide; selfharm=self harm; selfharming=self harming
selfharmed=self harmed; gcses=gcse; gcsc=gcse; gcscs=gcse; gsces=gcse; iv=ive; av=ive; bck=back; hav=have
avent=havent
aint=isnt; wats=whats; wat=what; wen=when; skl=school; skool=school; teh=the; hte=the; fone=phone; dieing=dying
dyin=dying; lyk=like; luv=love; 18s=18; 18th=18; somebodys=someones
b=be; gna=going to; wana=want to; sed=said; tuk=took; sum=some; dae=do; hame=home; feart=scared; fae=from
whit=what; nae=no; aff=off; wid=would; wis=was; heid=head; ootae=out of; gonny=going to; nd=and; ov=of; wot=what
dis=this; dat=that; dem=them; den=then; ting=thing; bruv=mate; fam=mate; innit=x
isio=eisiau; isie=eisiau; isho=eisiau; moyn=eisiau; moen=eisiau; eisie=eisiau; rwan=nawr; sai=dwi ddim; smo=ddim
photograph=picture; photographs=pictures; thirteenth=13th; fourteenth=14th; fifteenth=15th; sixteenth=16th
seventeenth=17th
eighteenth=18; twelfth=12th; eleventh=11th; doughter=daughter; dauther=daughter; skared=scared; shank=knife
nank=knife; nanks=knives; chib=knife; mandem=men
cumin=coming; sez=says; wnt=want; nemore=anymore; nomore=anymore; srry=sorry; soz=sorry; il=ill; ded=dead; deid=dead
nife=knife; guna=going to; gunnae=going to; giv=give; evry=every; evrything=everything
al=all; wana=want to; kno=know; knos=knows; no1s=nobodys; thort=thought; thorts=thoughts
mesel=myself; meself=myself; masel=myself; maself=myself; miself=myself; myslef=myself; hisself=himself
naebody=nobody; naebdy=nobody; wrang=wrong; aw=all; jist=just; morra=tomorrow; thon=that; yous=you
mammy=mum; maw=mum; mumsy=mum; wiff=with; fink=think; finking=thinking; nuffin=nothing; nuthin=nothing
sumfing=something; sumthin=something; feds=police; polis=police; peelers=police; cops=police
cocodamol=paracetamol; codamol=paracetamol
dydramol=paracetamol; sleepers=tablets; weedkiller=bleach
barasetamol=paracetamol; parasetamol=paracetamol; thabledi=tabledi; dabled=tabledi; tabled=tabledi
sgwennu=ysgrifennu; sgrifennu=ysgrifennu; sgwennis=ysgrifennu; deutha=dweud; deud=dweud; gweud=dweud; gweu=dweud
gath=cafodd
gafodd=cafodd; nath=wnaeth; nesi=wnes; efo=gyda; hefo=gyda; fo=fe; tufas=tu allan
cwato=cuddio; cwat=cuddio; ffenast=ffenest; drwr=drwy r; chdi=ti; jysd=jyst; gynno=ganddo; gynni=ganddi
gynna=newydd; dydi=nid yw; dydy=nid yw; dyw=nid yw
"""
# Said over and over, and changes nothing of what is meant.
_SAID_OVER_AND_OVER = """
really actually honestly literally so even tbh like proper fucking fuckin fkn effing bloody basically probably
definitely seriously genuinely truly lol please xx xxx pure pretty kind sort totally absolutely simply proper
completely quite tho though omg idk ngl btw also already x swear wallahi jyst jest
"""
_FILLERS = frozenset(_SAID_OVER_AND_OVER.split())
_SHORTER = """
i am=im; i have=ive; i had=id; i would=id; i will=ill; he is=hes; he has=hes; he will=hell; he would=hed; he had=hed
she is=shes; she has=shes; she will=shell; she would=shed; she had=shed; they are=theyre; they have=theyve
they will=theyll; they would=theyd; they had=theyd; who is=whos; who has=whos; there is=theres; there are=theres
it is=its; it has=its; it will=itll; that is=thats; what is=whats; do not=dont; does not=doesnt; did not=didnt
can not=cant; could not=couldnt; will not=wont; would not=wouldnt; is not=isnt; was not=wasnt; were not=werent
have not=havent; has not=hasnt; had not=hadnt; are not=arent; someone is=someones; somebody is=someones
any more=anymore; any longer=anymore; no longer=anymore; no more=anymore; no one=nobody; every body=everyone
multi storey=multistorey; i just want=i want; i just cant=i cant; i just wish=i wish; i just need=i need
i just feel=i feel; i just dont=i dont; i just keep=i keep; i just hope=i hope; am going to=im going to
ma door=my door; ma mum=my mum; ma da=my dad; ma hoose=my house; ma life=my life; my da=my dad
"""
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80}
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
# One and two stay words: "no one", "one night".
_NUMBERS = {word: str(at) for at, word in enumerate(ONES.split("|"), 1) if at > 2} | {
    word: str(at) for at, word in enumerate(_TEENS.split(), 10)
}
_WELSH_NUMBERS = [
    (r"un ar ddeg|un deg un", "11"),
    (r"un ar bymtheg|un deg chwech", "16"),
    (r"(?:dd?au|dd?wy) ar bymtheg|un deg saith", "17"),
    (r"(?:t|d|th)(?:ri|air) ar ddeg|un deg t(?:ri|air)", "13"),
    (r"(?:p|b|ph)(?:edwar|edair) ar ddeg|un deg p(?:edwar|edair)", "14"),
    (r"dd?euddeg|un deg d(?:au|wy)", "12"),
    (r"(?:p|b|ph)ymtheg|un deg pump", "15"),
    (r"deunaw|ddeunaw|un deg wyth", "18"),
    (r"(?:un ar hugain|ugain|hugain)", "20"),
    (r"(?:dau|tri|pedwar|pum|chwe|saith|wyth|naw|bedwar|dri|ddau) deg(?: [a-z]{2,6}(?= oed))?", "40"),
    (r"deg(?= oed)|ddeg(?= oed)", "10"),
    (r"(?:tair|dair|tri|dri)(?= (?:oed|mlwydd|blwydd))", "3"),
    (r"(?:pedair|bedair|pump|pum|bum|chwech|chwe|saith|wyth|naw)(?= (?:oed|mlwydd|blwydd))", "6"),
]
_WELSH_NUMBER = re.compile("|".join(rf"\b(?P<n{at}>{pattern})\b" for at, (pattern, _) in enumerate(_WELSH_NUMBERS)))


def _pairs(lines: str) -> dict[str, str]:
    """Read "typed=meant" pairs, parted by semicolons and line ends."""
    pairs = (pair.split("=") for line in lines.splitlines() for pair in line.split(";") if pair.strip())
    return {typed.strip(): meant.strip() for typed, meant in pairs}


_MEANT = _pairs(_SAID_FOR) | _NUMBERS
_SHORT = _pairs(_SHORTER)
_LONGER = re.compile(rf"\b(?:{'|'.join(sorted(_SHORT, key=len, reverse=True))})\b")


def sentences(text: str) -> list[str]:
    """Return each sentence in one spelling: small letters, plain words, one blank between, no marks."""
    plain = unicodedata.normalize("NFKD", fold(text).text.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = (_respelt(part) for part in _SENTENCE_END.split(_APOSTROPHES.sub("'", plain)))
    return [sentence for sentence in found if sentence]


def _respelt(part: str) -> str:
    # "we're" and "were", "od'd" and "odd" would be one word without the mark.
    marked = part.replace("we're", "we are").replace("od'd", "overdosed").replace("'", "")
    marked = _AGE_AND_WORD.sub(r"\1 year old", marked)
    marked = _FOR.sub("for ", _TO.sub("to ", marked))
    marked = _SCHOOL_YEAR.sub(r"year \1", marked)
    words = (_meant(word[:_LONGEST_WORD]) for word in _NOT_A_WORD.split(marked) if word)
    joined = " ".join(_added_up(" ".join(word for word in words if word not in _FILLERS).split()))
    joined = _WHO_IS.sub(r"\1 is ", joined)
    joined = _LONGER.sub(lambda match: _SHORT[match[0]], joined)
    return _WELSH_NUMBER.sub(lambda match: _WELSH_NUMBERS[int((match.lastgroup or "n0")[1:])][1], joined)


def _meant(word: str) -> str:
    drawn_in = _LETTERS_DRAWN_OUT.sub(r"\1\1", word)
    return _MEANT.get(drawn_in) or _slips().get(drawn_in) or drawn_in


def _added_up(words: list[str]) -> list[str]:
    """Write "twenty eight" and "28" the same way."""
    found: list[str] = []
    for word in words:
        if found and found[-1] in _TENS and len(word) == 1 and word.isdigit():
            found[-1] = str(_TENS[found[-1]] + int(word))
        else:
            found.append(word)
    return [str(_TENS.get(word, word)) for word in found]


@cache
def _slips() -> dict[str, str]:
    """Every slip of the words that are looked for, worked out once."""
    return {
        slip: _MEANT.get(word, word)
        for word in _MET_WITH_A_SLIP.split()
        for slip in slips_of([word])
        if slip not in _MEANT
    }
