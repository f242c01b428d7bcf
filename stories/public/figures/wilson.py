"""How far a share of few people can be off: the Wilson score interval. Numbers in, numbers out.

E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
"""

from math import sqrt

# 95 in 100 such intervals hold the share that they are about.
_Z = 1.959964


def interval(part: int, whole: int) -> tuple[float, float]:
    """The lower and the upper end of a share `part` of `whole`, from 0 to 1; raises `ValueError` for none of none."""
    if not 0 <= part <= whole or whole == 0:
        raise ValueError("A share is of somebody, and never more than everybody.")
    share, square = part / whole, _Z**2
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    reach = _Z * sqrt(share * (1 - share) / whole + square / (4 * whole**2)) / (1 + square / whole)
    return max(0.0, middle - reach), min(1.0, middle + reach)
