"""Where the code can be changed on purpose, and which lines say whether a test looks there."""

import ast

from tests.mutants import changes, pieces

CODE = '''
LIMIT: Literal[3] = 4
def say(words: "1", *, most=2):
    """Not 5."""
    logger.error("%s", 6 + 7)
    if (
        words is None
        or 8 < most
    ):
        raise ValueError
    return words[:-1]
@cache
def once():
    return {}
'''


def test_all_is_changed_but_type_hints_docstrings_and_logs():
    places = {ast.unparse(node): (changes(node), lines) for node, *_, lines in pieces(ast.parse(CODE)) if changes(node)}

    assert {was: [ast.unparse(each) for each in new] for was, (new, _) in places.items()} == {
        "4": ["5", "3"],
        "2": ["3", "1"],
        "words is None or 8 < most": ["words is None and 8 < most"],
        "words is None": ["words is not None"],
        "8 < most": ["8 <= most"],
        "8": ["9", "7"],
        "raise ValueError": ["pass"],
        "return words[:-1]": ["return None"],
        "1": ["2", "0"],
        "return {}": ["return None"],
    }
    assert not places["4"][1]
    assert not places["return {}"][1]
    assert places["2"][1] == {*range(4, 12)}
    assert places["8"][1] == {*range(6, 10)}
    assert places["raise ValueError"][1] == {10}
