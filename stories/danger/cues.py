"""How cues are written: one phrase a line, in the one spelling, with words in capitals that stand for many."""

import re

_STANDS_FOR = {
    # Up to so many words that may stand between, none of which denies.
    "GAP2": r"(?:(?!not |never )\w+ ){0,2}",
    "GAP3": r"(?:(?!not |never )\w+ ){0,3}",
    "GAP5": r"(?:(?!not |never )\w+ ){0,5}",
    "SELF": r"(?:my ?self|her ?self|him ?self|them ?sel(?:f|ves)|me|meself|masel|maself)",
    "OWN": r"(?:my|her|his|their|our|me|own|my own|her own|his own|their own)",
    "TABLETS": r"""(?:tablets|paracetamols?|codeine|co codamol|morphine|insulin|sertraline|ibuprofen|diazepam|
        valium|propranolol|amitriptyline|zopiclone|antidepressants|aspirin|tramadol|pregabalin|painkillers|
        sleeping tablets|packets?|blister packs?|box of tablets|sleepers)""",
    "TOOL": r"(?:rope|noose|razors?|razor blades?|blades?|stanley knife|bleach|belt|scissors|ligature)",
    "WEAPON": r"""(?:knife|knives|gun|shotgun|machete|bats?|baseball bat|hammer|axe|crowbar|sword|blade|screwdriver|
        iron bar|petrol|acid|weapon|metal bar|bottle of acid|petrol can|can of petrol|crossbow|hatchet|cleaver)""",
    "DWELLING": r"(?:house|flat|door|window|windows|home|place|block|bedroom|garden|drive|room|mums|work|street|gate)",
    "FAMILY": r"""(?:kids|children|mum|dad|parents|family|girls|boys|sons?|daughters?|sister|brother|husband|wife|
        partner|boyfriend|girlfriend|friends?|everyone|dog|cat|nan|babies|baby|lads)""",
    "HE": r"""(?:he|shes?|hes|they|theyre|theyve|someones?|somebody|my (?:ex|dad|father|uncle|husband|partner|
        boyfriend|girlfriend|stepdad|son|ex husband|ex partner|brothers?|cousins?|family)(?: is| has| are|s)?)""",
}
_CAPITALS = re.compile(r"\b(?:" + "|".join(_STANDS_FOR) + r")\b")


def compiled(lines: str) -> re.Pattern[str]:
    """Return one pattern for any of these phrases, each from the start of a word to the end of one.

    A line that is set in goes on with the phrase before it.
    """
    joined = re.sub(r"\n +", "", lines)
    phrases = [_spelt_out(line) for line in joined.splitlines() if line]
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


def _spelt_out(line: str) -> str:
    return _CAPITALS.sub(lambda match: _without_breaks(_STANDS_FOR[match[0]]), line)


def _without_breaks(pattern: str) -> str:
    return re.sub(r"\n\s*", "", pattern)
