"""What is kept by which objects it follows from: made once, let go when it was not asked for."""

from __future__ import annotations

from forms.ground.kept import Kept


def test_what_is_asked_for_again_and_again_stays() -> None:
    kept: Kept[object] = Kept(4)
    often, others = object(), [object() for _ in range(20)]
    first = kept.get((often,), object)
    for other in others:
        kept.get((other,), object)
        assert kept.get((often,), object) is first


def test_what_was_not_asked_for_long_is_let_go() -> None:
    kept: Kept[object] = Kept(4)
    once, others = object(), [object() for _ in range(20)]
    first = kept.get((once,), object)
    for other in others:
        kept.get((other,), object)
    assert kept.get((once,), object) is not first


def test_values_beside_the_objects_tell_apart() -> None:
    kept: Kept[object] = Kept(4)
    one = object()
    assert kept.get((one,), object, 1.0) is kept.get((one,), object, 1.0)
    assert kept.get((one,), object, 1.0) is not kept.get((one,), object, 2.0)
