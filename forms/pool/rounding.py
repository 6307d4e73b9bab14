"""Whole fen of exact shares: bounded, rounded by largest remainder, the sum never off.

All integers: no float, no Decimal whose precision could end.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any


def bounded(
    total: int, weights: Sequence[int], least: Sequence[int], most: Sequence[int | None]
) -> list[Fraction]:
    """Return exact shares by weight, none below its least or above its most.

    Whoever is at a bound gets it; the others share the rest by their weights, at one rate.  Units:
    as `total`.  Raises ValueError where the bounds can not be kept (`total` below the sum of the
    least, or above that of the most).
    """
    if all(one == 0 for one in least) and all(one is None for one in most):
        of_all = sum(weights)
        return [Fraction(total * weight, of_all) for weight in weights]
    rate = _rate(total, weights, least, most)
    shares = []
    for weight, low, high in zip(weights, least, most, strict=True):
        share = max(rate * weight, Fraction(low))
        shares.append(share if high is None else min(share, Fraction(high)))
    return shares


def _rate(
    total: int, weights: Sequence[int], least: Sequence[int], most: Sequence[int | None]
) -> Fraction:
    """What one of weight gets, so that the bounded shares make up the total.

    The sum of the shares grows with the rate, and bends only where a share leaves its least or
    reaches its most: the bends are passed one by one, so no search and no error of one.
    """
    bends: list[tuple[Fraction, int, int]] = []  # where; what it adds to the fixed and to the slope
    for weight, low, high in zip(weights, least, most, strict=True):
        if weight:
            bends.append((Fraction(low, weight), -low, weight))
            if high is not None:
                bends.append((Fraction(high, weight), high, -weight))
    bends.sort(key=lambda bend: bend[0])
    fixed, slope = sum(least), 0
    if total < fixed:
        raise ValueError("less than the least")
    rate = Fraction(0)
    for at, more_fixed, more_slope in bends:
        if fixed + slope * at >= total:
            return Fraction(total - fixed, slope) if slope else at
        fixed, slope, rate = fixed + more_fixed, slope + more_slope, at
    if slope:
        return Fraction(total - fixed, slope)
    if fixed < total:
        raise ValueError("more than the most")
    return rate


def rounded(total: int, shares: Sequence[Fraction], ties: Sequence[Any]) -> list[int]:
    """Return whole numbers that make up the total, each less than one from its exact share.

    Every share is rounded down; what is over goes by one to the largest remainders, of equal ones
    to the first by `ties`, which tells any two apart.
    """
    whole = [share.numerator // share.denominator for share in shares]
    over = total - sum(whole)
    order = sorted(range(len(shares)), key=lambda i: (whole[i] - shares[i], ties[i]))
    for place in order[:over]:
        whole[place] += 1
    return whole
