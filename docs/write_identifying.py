"""Write docs/identifying.md with what is measured here, in two minutes: `python docs/write_identifying.py`."""

import sys
from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from stories.core.publication_gate import HELD_BACK, is_held_back  # noqa: E402
from stories.danger import scan_for_danger  # noqa: E402
from stories.pii import find_identifying  # noqa: E402
from stories.pii.kinds import INDIRECT  # noqa: E402
from stories.pii.model import names  # noqa: E402
from tests.stories.danger import measuring  # noqa: E402
from tests.stories.pii import origins, scoring  # noqa: E402

PAGE = ROOT / "docs" / "identifying.md"
WORDS = """# Finding what could identify someone

Made by `docs/write_identifying.py` from what it measures: change the words there, then run it.

`stories/pii/` reads a text and gives a list of findings: where, what kind, why, and whether it is sure. It is
pure: no Django, no network, no log, no file once loaded; nothing of a text is kept, not even in a cache. No screen
says that nothing was found: a computer misses things, and the page asks the contributor to read once more.

## How
Rules are data (`data/rules/`, read by `rule_files.py`): one regular expression a line, with the checks of the module
beside it that a match has to pass.
1. *Shapes* (`patterns/`): what can be told by its form, or by its form beside a word such as "ref". The table of
   platforms in `contacts.py` says where a path leads to somebody; their help, tags and buttons to share do not.
2. *Context* (`context/`): names, towns, schools and workplaces told by the words around them; then names told by our
   lists.
3. *The name model* (`model/`, `context/bare_names.py`): Rampart, read with numpy. It adds names that no rule knows and
   takes back bare guesses in which it sees nothing. Without its files the rules answer alone, and nothing fails.
4. *The allowlist* (`allowlist.py`): reasons to stay quiet, each for its own kind, each tested beside the real thing.
5. *Merging* (`kinds.py`): earlier layers win; nothing overlaps.
6. *Whole names* (`context/bare_names.py`): a name takes in the title before it and the rest of it after,
   and the same name is found where it is told again.
7. *Combinations* (`combinations.py`): details that identify together. The finding is on the words that nothing else
   marks ("only Polish PCSO"); where everything is marked it takes the place of the lesser part (the day beside a small
   place, the age beside a school). Its reason names the other words.
8. *Quotations* (`combinations.py`): words from a post or a message that a search engine would find.
9. *Relations* (`finder.py`): whose name it is (a child's, a new partner's), so that the neutral words fit.
10. *Neutral words* (`replacements.py`): which of them fit there. The first accuse nobody: the text's own "my
    daughter" for a name beside it, "somebody" for any other, and for an age words from its number and from whose it is.
11. *Putting them in* (`replacements.py`): the noun, rank or title before a name gives way with it, and what is taken
    out takes its comma and its brackets along, so that the sentence can still be read.

`data/kinds.toml` is the one table of words: for contributors, for moderators, and to put instead.
`words_for(finding)` gives those that fit a finding best, and the other words of a combination.

## Measured
`dev.jsonl` is the project's synthetic set, and the rules were made with it. "Tuned on" and "kept apart" are other in
wording: the rules were mended with the first, and the second was only ever counted, but who wrote it knew the rules.
"By strangers" is the fairest: invented without sight of any rule, and not opened while mending but for a
university and a postcode at the end, which two rules more now find. On the first texts of that sort the rules found
88 of 100 details (89 with the model), 81 of them whole; mending what those showed is what brought the last lines of
the table up. A detail is *found* when half of it is covered, *whole* when all of it is.

{overall}

### By kind
{kinds}

### What is held back
Phone numbers, addresses, references and the like go public only with a written reason, where the finder is *sure* of
them. Where it isn't, they are marked all the same, and people decide.

{held_back}

### By way of writing
{styles}

### Numbers without their word
Bank numbers and officers' numbers where no "sort code" and no "badge" is near: told by who rang, by whom something was
taken or where money went, by their length, and an IBAN and a card by their check digits. Both halves are ours; the
second was written before the rules and only ever counted.

{numbers}

### By origin of names
The same seven sentences around names of nine origins (`tests/stories/pii/data/names_by_origin.txt`), half
of them in small letters. The origin is that of the name, not of a person.

{origins}

Chinese names fare worst: their syllables are short, and many are English words ("fang", "long", "wing").

### Time and memory
`python bench/identifying.py` measures: 300 words take about 140 ms with the model and 25 ms without, any 20,000
characters under 1.5 s, hostile ones included, and the process grows by about 136 MB. Load the model before forking:
`names.is_here()`.

The model is asked only about words that its answer could make a name, a town or a street, and about 12 pieces on
either side: one word in thirty of prose. What it may cost goes with the length of the text, up to 2,166 pieces: enough
for prose of the longest size, in which the held-out texts are found as well at the end as at the start, within one in
100. Where words are left over, words met once come first, and screens say that we looked in a hurry. Of looks past
1,000 pieces a process takes one at a time: a contributor's next one goes by rules alone and says so, and a
moderator's waits for its turn and asks about four times as much.

## Indirect details
`indirect.py` finds what says little alone: a job, a kind of workplace, a faith, a nationality or a language, a club or
a hobby, what can be seen of a body, a child's school, being one of very few, an event of a life. These kinds are apart:
the finder's own output does not hold them (`python -m stories.pii --indirect` adds them after it). Each phrase of the
lists in `data/indirect.txt` becomes one sign, so that the rules (`data/rules/indirect.txt`) say in what context it is a
detail; a slip of the pen is read as the word it meant. Whoever handled the report is none: officers, call handlers,
solicitors and support workers are told of only where they are who tells, family, or who did it.

`point_at_one_person` says which of them, with a small place or a named workplace, may point at one person together
("pharmacist · Sikh · Oadby"), and which to blur first: being the only one, then the place, then what fewest people
share. `replacements.py` has neutral words for each, which follow how it is told ("coaches the under 12s" becomes
"[goes to a club]").

The rules were made with one half of the accounts (ours). The table is of the other alone, written by somebody who had
seen no rule. Nobody opened it while the rules were made. It was counted at seven states of the rules: the first found
65 in 100, and then they were widened in general ways, from more accounts of ours and from figures alone (by kind, by
way of writing, and by how many words what was missed had). So it is a little kind. A detail is found when half of it is
covered by any finding; a false mark is an indirect finding where nothing is marked. 300 words take about 20 ms more.

{indirect}

Being one of few, clubs and looks are found least. In our own half, what is missed is told without a word of the lists
("Widow Twankey that year"), by a word that mostly says nothing ("the shop"), or over two sentences. The second reader's
anonymity check is for those.

## What it misses, and why
{misses}

- *Nicknames and pet names* ("Spud", "Coops", "Tank") are words or no known word; a rule that took every unknown word
  would mark every slip of the pen. With a cue ("everyone calls him …") they are found.
- *Names one letter from a common word, in small letters* ("qays", "maroof", "codie"): told from typing slips only by
  a cue or a capital. The model is no help, for it calls many slips names.
- *Names that are words, in small letters, without a cue* ("rosemary shere", "guy was lovely"): given up on, as are
  towns such as "reading" and "sale" where nobody is said to live there, be there or come from there.
- *Single letters* that stand for a name ("please use R.").
- *Days without a month* where no other day is near and no word such as "on" or "until" leads to them; day and
  month with a full stop ("10.1") are mostly times.
- *Ages in months*, unless it is a baby's: in these texts they are mostly the age of a case.
- *Houses with a name and no street* ("The Old Forge"), and lanes called by a common word ("back lane").
- *Shops and clubs with a name made of words* ("curl up and dye", "Bright Smiles"), unless somebody works there.
- *Combinations* are found in a handful of patterns. "The one with the limp who works nights at the big shop" is not
  among them; the second reader's anonymity check is.
- *Workplaces without a name* ("the bakery", "my manager"), unless somebody is said to work there.
- *Welsh*: it misses more. Names with a capital are found, kin, ages ("yn chwech oed"), schools ("Ysgol y Gelli") and
  towns whose first letter changes ("yng Nghaernarfon"); an unknown word in small letters is taken for a word.
  Other languages are read as English, with more false alarms.

## Words that speak of danger
`stories/danger/` reads the same text for danger to life, now or past, and for somebody under 18, in English and Welsh.
It knows cues and what softens them (past, denied, a charge, others' words, figures of speech), and
weighs the words of a sentence, alone, in pairs and as what they stand for ("pills" and "rope" are means): enough weight
needs no cue, and a cue whose other words weigh against it brings the help and no more, as does what weighs as danger to
life without saying when. The weights (`weights.tsv`) are learned by `tests/stories/danger/weigh.py` from the sentences
that it is built on and from ordinary accounts. It is as pure as the finder, and stops nobody from sending.

**It misses some**: on sentences that it was not made from, one in ten of those in danger now or of children, and of
hints more. So the help is on every page whatever the scanner says, anybody can say "This is urgent" themselves, and
two people answer the question of danger for every story.

{danger}

"Built on" was learned from, and says little. "Kept apart" was written by somebody who had seen neither rules nor
sentences, and is only counted. What enough weight is was set by leaving out each of three of the sets built on in turn.
The set kept apart was counted some fifteen times on the way, to see whether more sentences to learn from were worth it
(they were: it found 86 and 87 in 100 before them, and was never learned from). So it is a little kind.
{danger_accounts}
These were learned from too, as ordinary ones. With half of the finder's left out of that, two to four in 100 of the
rest were marked, and of those one in three rightly.
300 words take about 15 ms.

- *Hints* ("bye then", "I have set out my good clothes") are as many as people: of those that we then thought of to
  mislead it, it found half. Plans told without means and notes told without a reader are the next most missed.
- *Welsh* is found less often than English.
- *A child who is only there* ("my son was asleep upstairs"), a grown-up's own school days and the staff of a school
  cannot always be told from the one it happened to.
- *Past or now* is told from verbs and times near the cue; a long sentence can mislead it.

## Quiet on purpose
Forces, counties, countries, courts, laws, help lines, platforms, a month with a year, relative days, durations,
counts, operations of the police, and the bare address of a public body's site.
"""
RULES, MODEL = partial(find_identifying, by_rules_alone=True), find_identifying
LANGUAGES = (("English", "en"), ("Welsh", "cy"))
MARKED_FOR_NOTHING = (measuring.LOOK_ALIKES, measuring.ORDINARY)
STYLES = {
    "plain": "plain",
    "lower": "lower case",
    "lownp": "lower case, no punctuation",
    "typo": "typing slips",
    "lowtypo": "lower case with slips",
    "caps": "CAPITALS",
    "scots": "Scots",
    "dictated": "dictated",
}
TEXTS = {
    "dev.jsonl": scoring.dev,
    "tuned on": partial(scoring.held_out, "tuned_on"),
    "kept apart": partial(scoring.held_out, "kept_apart"),
    "by strangers": partial(scoring.held_out, "by_strangers"),
}


def main() -> int:
    if not names.is_here():
        print("The name model is not here: run deploy/fetch_model.py first.")
        return 1
    scores = {name: (scoring.score(read(), RULES), scoring.score(read(), MODEL)) for name, read in TEXTS.items()}
    by_origin = (origins.scored(RULES), origins.scored(MODEL))
    tables = {
        "overall": _overall(scores),
        "kinds": _by("kind", scores),
        "held_back": _held_back(),
        "styles": _by("style", scores, names_of=STYLES),
        "origins": _origins(by_origin),
        "numbers": _numbers(),
        "indirect": _indirect(),
        "misses": _misses(scores),
        "danger": _danger(),
        "danger_accounts": _danger_in_accounts(),
    }
    PAGE.write_text(WORDS.format(**tables), encoding="utf-8")
    return 0


Scores = dict[str, tuple[scoring.Score, scoring.Score]]


def _overall(scores: Scores) -> str:
    head = ["texts", "", "details", "found", "whole", "findings that are right", "clean texts left quiet"]
    head.append("false alarms a 100 words")
    rows = [
        [
            *(name, way, str(each.count["gold",])),
            *map(_percent, (each.recall, each.whole, each.precision, each.quiet)),
            f"{each.alarms_per_100_words:.2f}",
        ]
        for name, pair in scores.items()
        for way, each in zip(("rules alone", "with the model"), pair, strict=True)
    ]
    return _table(head, rows)


def _by(part: str, scores: Scores, names_of: dict[str, str] | None = None) -> str:
    """Recall of each kind or style: how many there are, by rules alone and with the model, for each set of texts."""
    dev = scores["dev.jsonl"][0]
    keys = {
        key[2]: dev.count[key] for _, (each, _) in scores.items() for key in each.count if key[:2] == ("gold", part)
    }
    ordered = sorted(keys, key=lambda key: (-keys[key], key))
    head = [part, *(f"{name}: {what}" for name in scores for what in ("of", "rules", "model"))]
    rows = []
    for key in ordered:
        cells = [_cells(pair, part, key) for pair in scores.values()]
        rows.append([(names_of or {}).get(key, key), *(cell for group in cells for cell in group)])
    return _table(head, rows)


def _cells(pair: tuple[scoring.Score, scoring.Score], part: str, key: str) -> list[str]:
    count = pair[0].count["gold", part, key]
    if not count:
        return ["", "", ""]
    return [str(count), *(_percent(each.share("found", "gold", part, key)) for each in pair)]


def _held_back() -> str:
    rows = []
    for name, read in TEXTS.items():
        texts = [
            (row, [each for each in find_identifying(row.text) if is_held_back(each.kind, sure=each.sure)])
            for row in read()
        ]
        details = [(each, sure) for row, sure in texts for each in row.details if each.kind in HELD_BACK]
        covered = sum(any(at.start < each.end and each.start < at.end for at in sure) for each, sure in details)
        rows.append([name, str(len(details)), _percent(covered / len(details))])
    return _table(["texts", "details of these kinds", "of which it is sure"], rows)


def _origins(pair: tuple[scoring.Score, scoring.Score]) -> str:
    keys = sorted({key[2] for key in pair[0].count if key[:2] == ("gold", "origin")})
    return _table(["origin", "of", "rules", "model"], [[key, *_cells(pair, "origin", key)] for key in keys])


def _numbers() -> str:
    """What is found of each kind without its word, and in how many of 100 clean texts there is a false mark."""
    rows = []
    for name, half in (("tuned on", "tuned_on"), ("kept apart", "kept_apart")):
        score = scoring.score(scoring.held_out(half, of="numbers"), RULES)
        clean = scoring.score((row for row in scoring.held_out(half, of="numbers") if not row.details), RULES)
        false = sum(kind in {"BANK", "COLLAR_NUMBER"} for kind, _, _ in clean.alarms)
        told = [
            cell
            for kind in ("BANK", "COLLAR_NUMBER")
            for cell in (str(score.count["gold", "kind", kind]), _percent(score.share("found", "gold", "kind", kind)))
        ]
        rows.append([name, *told, str(clean.count["clean",]), str(false)])
    head = ["texts", "bank numbers", "found", "officers' numbers", "found", "clean texts", "false marks of these kinds"]
    return _table(head, rows)


def _indirect() -> str:
    """Recall and false marks of each indirect kind, in the accounts by strangers."""
    score = scoring.indirect("by_strangers")
    false = Counter(kind for kind, _, _ in score.alarms)
    rows = [
        [
            kind,
            str(score.count["gold", "kind", kind]),
            *(_percent(score.share(part, "gold", "kind", kind)) for part in ("found", "whole")),
            str(false[kind]),
        ]
        for kind in INDIRECT
    ]
    every = [str(score.count["gold",]), _percent(score.recall), _percent(score.whole), str(len(score.alarms))]
    words, accounts = score.count["words",], score.count["accounts",]
    return (
        _table(["kind", "of", "found", "whole", "false marks"], [*rows, ["all", *every]])
        + f"\n\n{accounts} accounts of {words // accounts} words: {len(score.alarms) / accounts:.2f} false marks "
        f"an account, {300 * len(score.alarms) / words:.2f} in 300 words."
    )


def _misses(scores: Scores) -> str:
    lines: list[str] = []
    for name, (_, each) in scores.items():
        words = ", ".join(f"“{words}” ({kind})" for kind, words, _text in each.missed)
        lines.append(f"- {name}: {words or 'none'}.")
    return "\n".join(lines)


def _danger() -> str:
    """What is found of danger in what it is built on, and in each language of what is kept apart."""
    held_out = measuring.rows("held_out")
    built_on = [row for name in measuring.BUILT_ON for row in measuring.rows(name)]
    sets = {"built on": built_on, "kept apart": held_out}
    sets |= {f"kept apart, {name}": [row for row in held_out if row.language == code] for name, code in LANGUAGES}
    head = ["sentences", "in danger now", "found", "of children", "found", "past: as past", "as now", "missed"]
    head += ["look-alikes marked urgent", "ordinary marked urgent"]
    rows = []
    for name, among in sets.items():
        found = (measuring.now_found(among), measuring.children_found(among))
        counts = (sum(row.life == "now" for row in among), sum(row.child for row in among))
        alarms = (measuring.urgent(measuring.of_kinds(among, kinds)) for kinds in MARKED_FOR_NOTHING)
        told = [cell for count, share in zip(counts, found, strict=True) for cell in (str(count), _percent(share))]
        rows.append([name, *told, *map(_percent, measuring.pasts(among)), *map(_percent, alarms)])
    return _table(head, rows)


def _danger_in_accounts() -> str:
    said = {
        name: (sum(scan_for_danger(text).is_urgent for text in texts), len(texts))
        for name, texts in measuring.accounts().items()
    }
    (finder, of_finder), (demo, of_demo) = said["finder"], said["demo"]
    return (
        f"Of the finder's own texts {finder} of {of_finder} are marked urgent, rightly where they speak of a child; "
        f"of the demo's stories {demo} of {of_demo}."
    )


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"


if __name__ == "__main__":
    sys.exit(main())
