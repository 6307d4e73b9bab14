"""The doors under invented inputs: a stretch of the long run, what it found, and Hypothesis."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.develop.fuzz import doors
from tools.develop.fuzz.make import HOSTILE, MAKERS

FOUND = Path(__file__).with_name("found")
STRETCH = {"csv": 150, "case": 300, "pack": 80, "package": 120, "shares": 300, "workbook": 40}
NEVER_TRIED = 1_000_000_000  # numbers of inputs that no long run reaches

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGVTALRM"), reason="a tool for makers")


@pytest.fixture(autouse=True, scope="module")
def workplace() -> Iterator[None]:
    yield
    doors.close()


@pytest.mark.parametrize("path", sorted(FOUND.iterdir()), ids=lambda path: path.name)
def test_what_was_found_stays_mended(path: Path) -> None:
    doors.DOORS[path.name.partition("-")[0]](path.read_bytes())


@pytest.mark.parametrize("target", MAKERS)
def test_a_stretch_of_the_long_run(target: str) -> None:
    for number in range(STRETCH[target]):
        data = MAKERS[target](Random(f"{target} {NEVER_TRIED + number}"))
        doors.DOORS[target](data)


@pytest.mark.parametrize("target", MAKERS)
def test_the_same_number_makes_the_same_input(target: str) -> None:
    assert MAKERS[target](Random("7")) == MAKERS[target](Random("7"))
    made = {MAKERS[target](Random(str(number))) for number in range(30)}
    assert len(made) > 25


@given(st.binary(max_size=600))
def test_any_bytes_at_any_door(data: bytes) -> None:
    for door in doors.DOORS.values():
        door(data)


_CELLS = st.sampled_from(HOSTILE) | st.text(max_size=40)


@given(st.lists(st.tuples(_CELLS, _CELLS, _CELLS), min_size=1, max_size=4))
def test_any_words_in_a_table(rows: list[tuple[str, str, str]]) -> None:
    head = ("专利号", "许可期限届满日", "首期金额")
    text = "\n".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (head, *rows)
    )
    doors.table(text.encode("utf-8", "replace"))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.sampled_from(["licensee", "royalty", "copies", "starts_on", "unread", "版本"]), _JSON)
def test_any_value_in_a_licence(key: str, value: object) -> None:
    import json

    doors.case(json.dumps({key: value}).encode())
