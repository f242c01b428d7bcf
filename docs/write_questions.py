"""Write docs/questions.md from the table of questions: `.venv/bin/python docs/write_questions.py`."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "questions.md"
# Longer lists stand in the data, and would make this page a list of police forces.
MOST_LISTED = 20
KINDS = {
    "one": "one answer",
    "many": "all that fit",
    "list": "one of a list",
    "year": "a year",
    "text": "words",
    "tick": "a tick",
}


def as_markdown():
    """The whole page; a test fails where the file says anything else."""
    from stories.intake import questions

    lines = [
        "# The questions",
        "",
        "Made from the table in `stories/intake/questions.toml` by `docs/write_questions.py`:",
        "change the table, then run it. Each answer is kept under its slug, in `code`. Names and slugs never change;",
        "words may, with a release.",
        "Every choice offers *Not sure* (`not-sure`) and *Rather not say* (`rather-not-say`) too, but where it says",
        "“without asides”.",
        "",
        f"This is version {questions.VERSION} of the questions; the version is sealed with every set of answers.",
    ]
    for section in questions.SECTIONS:
        lines += ["", f"## {section.title}", *([section.lead] if section.lead else [])]
        for question in questions.BY_NAME.values():
            if question.section == section.name:
                lines += ["", *_about(question)]
    return "\n".join(lines) + "\n"


def _about(question):
    lines = [f"**{question.words}** `{question.name}`  "]
    if question.why:
        lines += [f"*{question.why}*  "]
    lines += [". ".join(_facts(question)) + "."]
    answers = [f"{option.words} `{option.slug}`" for option in question.options]
    if len(answers) > MOST_LISTED:
        lines += [f"- {len(answers)} answers, from {answers[0]} to {answers[-1]}"]
    else:
        lines += [f"- {answer}" for answer in answers]
    return lines + [f"- {option.words} `{option.slug}` (not offered any more)" for option in question.retired]


def _facts(question):
    yield KINDS[question.kind].capitalize()
    if not question.is_asked:
        yield "Not asked any more"
    if question.needed:
        yield "Needed"
    if question.limit:
        yield f"Up to {question.limit:,} characters"
    if question.options and not question.with_asides:
        yield "Without asides"
    if question.asked_if:
        yield f"{'Passed over' if question.asked_if.is_not else 'Comes up'} where {_where(question.asked_if)}"
    if question.instead:
        yield f"Where {_where(question.instead.asked_if)}, it reads “{question.instead.words}”"
    for slug in question.alone:
        yield f"`{slug}` goes with no other answer"
    if question.counts:
        yield "Counted, where they agreed to be counted"


def _where(asked_if):
    answers = " or ".join(f"`{slug}`" if slug else "nothing" for slug in asked_if.slugs)
    return f"`{asked_if.question}` is {answers}"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    PAGE.write_text(as_markdown(), encoding="utf-8")
