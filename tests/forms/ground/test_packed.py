"""Packed records read as a tuple of them does."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.ground.packed import Packed


class Record(msgspec.Struct, frozen=True):
    folder: Path
    name: str
    case: str | None


def records(count: int) -> tuple[Record, ...]:
    return tuple(
        Record(Path("出"), f"表 {place}.pdf", str(place) if place % 3 else None)
        for place in range(count)
    )


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 1000])
def test_they_come_out_as_they_went_in(count: int) -> None:
    packed = Packed(Record, iter(records(count)))
    assert len(packed) == count
    assert tuple(packed) == records(count)
    assert [packed[place] for place in range(count)] == list(records(count))


@given(at=st.integers(-700, 700), to=st.integers(-700, 700), step=st.sampled_from([-3, -1, 1, 2]))
def test_places_and_slices_are_those_of_a_tuple(at: int, to: int, step: int) -> None:
    plain, packed = records(600), Packed(Record, records(600))
    assert tuple(packed[at:to:step]) == plain[at:to:step]
    if -600 <= at < 600:
        assert packed[at] == plain[at]
    else:
        with pytest.raises(IndexError):
            packed[at]


def test_a_hundred_thousand_take_little() -> None:
    packed = Packed(Record, records(100_000))
    assert sum(map(len, packed._blocks)) < 2_000_000
