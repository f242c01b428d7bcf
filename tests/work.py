"""How much work a call makes, counted, so that no busy machine changes it; what it takes in seconds the bench says."""

import re
import sys


def calls_made(do, *args, **options):
    """How many calls that makes in this thread, of functions and of the patterns' searches."""
    count = 0

    def note(_frame, event, _arg):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        do(*args, **options)
    finally:
        sys.setprofile(before)
    return count


def unbounded_in(part):
    """The repeats without a bound in a parsed pattern; within one search no calls are counted."""
    if isinstance(part, tuple) and str(part[0]) in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        yield from [part] if part[1][1] == re._parser.MAXREPEAT else []
    if isinstance(part, tuple | list | re._parser.SubPattern):
        for each in part:
            yield from unbounded_in(each)


def is_bounded(pattern):
    return not list(unbounded_in(re._parser.parse(pattern.pattern, pattern.flags)))
