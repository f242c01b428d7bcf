"""The words around places, as patterns: what stands before a town, and what after it."""

import re

from stories.identifying.lists import group

JOINED = re.compile(r"['’]?[sS]?[ \u00a0]|[ ]?[-–][ ]?|\.[ ]")
STATION = re.compile(
    r"""[ ](?:police[ ](?:station|stn|custody)|station|cid|nick|custody|cop[ ]shop|town[ ]centre|
        city[ ]centre|high[ ]st|area|bus|train|market)\b""",
    re.VERBOSE | re.IGNORECASE,
)
LIVES = re.compile(
    r"""\b(?:liv(?:e|es|ed|ing)(?:[ ]together)?|(?:drove|drive|travelled)(?:[ ]me|[ ]us)?|moved?|moving|
        based|born|raised|grew[ ]up|brought[ ]up|home|
        house|flat|stay(?:s|ed|ing)?|resid\w{1,4}|come|comes|am|im|i['’]m|he['’]?s|she['’]?s|\d\d,?|
        (?:moved|drove|drive|travelled)(?:[ ]me|[ ]us)?[ ]from[ ]\w{2,20}(?:[ ]\w{2,20}){0,2})
        (?:[ ](?:back|out|up|down|over|just|near|then))?[ ](?:in|
        to|from|near|outside|around|at)[ ]\Z|\b(?:village|town|city|hometown)[ ](?:is|was|called)[ ](?:called[ ])?\Z""",
    re.VERBOSE | re.IGNORECASE,
)
BRED = re.compile(r"[ ](?:born(?:[ ]and[ ]|[ ]?&[ ]?|[ ,]{1,2})(?:bred|raised)|born\b)", re.IGNORECASE)
PLACING = re.compile(
    r"""\b(?:in|from|to|near|at|around|outside|of|between|through|via|and|over|into|just|towards|for|called|
        say|leaving|left|reach(?:ed)?|area[ ]of|village[ ]of|town[ ]of)[ ]\Z""",
    re.VERBOSE | re.IGNORECASE,
)
IN_THE = re.compile(
    r"\b(?:on|off|over|from|round|around|in|of|to|across|near)[ ](?:the|that|this|our)[ ]\Z", re.IGNORECASE
)
AREA = re.compile(
    r"[ ](?:estate|side|area|flats|scheme|neighbourhood|district|village)\b(?![ ](?:office|manager|agent|effect))",
    re.IGNORECASE,
)
ESTATE = re.compile(r"[ ](?:estate|scheme)\b(?![ ](?:agent|car))", re.IGNORECASE)
OUT_THERE = re.compile(r"\b(?:over|round|around|up|down|out|from|in|through|by)[ ]\Z", re.IGNORECASE)
WAY = re.compile(r"[ ]way\b", re.IGNORECASE)
WITHIN = re.compile(
    r"\b(?:in|from|near|nr|around|round|outside|fae|frae|outta|up|down|over|through|between|nick[ ]at|station[ ]at|"
    r"cab[ ]at|stop[ ]at|shop[ ]at|house[ ]at|place[ ]at|park[ ]at|"
    r"(?:moved|going|gone|went|came|got|get|back|travel\w{0,4}|drove|go|bus|train)[ ](?:\w{2,6}[ ])?to)[ ]\Z",
    re.IGNORECASE,
)
STOPS = re.compile(
    r"[ ]?(?:[.,;:!?)\n]|$)|[ ](?:and|or|but|where|when|till|til|until|since|for|with|now|way|then|to|in|at|is|was|"
    r"has|had|it|its|they|he|she|we|i|so|because|cos|near|by|on|who|that|before|after)\b",
    re.IGNORECASE,
)
POLICED = re.compile(r"[ ](?:poli[cs]e[ ]station|station|cid|nick)\b", re.IGNORECASE)
STREET = re.compile(
    r"""\b(?:road|rd|street|st|avenue|ave|lane|close|drive|crescent|terrace|grove|mews|court|way|place|row|
        gardens),[ ]\Z""",
    re.VERBOSE | re.IGNORECASE,
)
TITLED = re.compile(r"\b[A-Z][a-z]{2,20},[ ]\Z")
ENDINGS = re.compile(
    r"(?:llan|aber|bally|inver|strath)[a-z]{3,15}|[a-z]{2,15}(?:" + "|".join(sorted(group("place endings"))) + ")"
)
