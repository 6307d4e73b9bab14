"""The law of the store: what is put in comes out, to the letter, and never fails to be filed."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.lean_json import writer_of
from db.projection import columns, folded, number_key
from db.store import Store, open_store
from forms.facts import record
from forms.facts.paths import with_value
from forms.facts.record import Case, LedgerEntry, Licence, Party

_BLANKS = Path(__file__).parents[1] / "data" / "blank_records.json"
_NOW = datetime(2022, 10, 10, 8, 0, tzinfo=UTC)
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_NUMBERS = st.one_of(_TEXT, st.from_regex(r"ZL[0-9]{8,12}(\.[0-9X])?", fullmatch=True))
_DATES = st.dates(date(1985, 1, 1), date(2100, 12, 31))

st.register_type_strategy(str, _TEXT)
st.register_type_strategy(date, _DATES)
# NaN and infinities are no money, and JSON has none.
st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False, places=2))


def records(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    """Records of a kind with every field filled at will."""
    return st.builds(kind, **{name: st.from_type(t) for name, t in get_type_hints(kind).items()})


for one in vars(record).values():
    if isinstance(one, type) and issubclass(one, record.Record) and one.__struct_fields__:
        st.register_type_strategy(one, records(one))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    file: Path = tmp_path_factory.mktemp("law") / "x.db"
    with open_store(file, now=lambda: _NOW) as opened:
        yield opened


@given(case=st.from_type(Case), cells=st.dictionaries(_TEXT, _TEXT, max_size=3))
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_a_case_comes_out_as_it_went_in(store: Store, case: Case, cells: dict[str, str]) -> None:
    saved = store.cases.save(case, imported=cells)
    assert store.cases.one(saved.id) == saved
    assert store.cases.at_version(saved.id, 1) == case
    assert store.cases.save(case, case_id=saved.id, revision=1, imported=cells) == saved
    assert store.cases.save(case, case_id=saved.id) == saved


@given(licence=st.from_type(Licence), party=st.from_type(Party))
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
def test_licences_and_parties_too(store: Store, licence: Licence, party: Party) -> None:
    case_id = store.cases.save(Case()).id
    added = store.licences.add(case_id, licence)
    assert store.licences.of_case(case_id) == [added]
    assert added.licence == licence
    assert store.parties.remember(party) in store.parties.listed()


_KEPT_LEAN = (Case, LedgerEntry, Licence)
_in_full = msgspec.json.Encoder(order="deterministic").encode
_WRITERS = {shape: writer_of(shape) for shape in _KEPT_LEAN}


@given(record=st.one_of(*map(st.from_type, _KEPT_LEAN)))
@settings(suppress_health_check=list(HealthCheck))
def test_what_is_left_out_comes_back(record: Case | LedgerEntry | Licence) -> None:
    """Equal records have one such JSON, however they were made."""
    write, shape = _WRITERS[type(record)], type(record)
    written = write(record)
    assert msgspec.json.decode(written, type=shape) == record
    assert written == write(msgspec.json.decode(_in_full(record), type=shape))
    assert msgspec.json.decode(written).keys() >= {"version", "unread"}


def test_what_is_left_out_is_known() -> None:
    """A default that changes changes what stores hold: it needs a step that writes the old one."""
    known = msgspec.json.decode(_BLANKS.read_bytes())
    assert msgspec.json.decode(msgspec.json.encode(_blanks(_KEPT_LEAN))) == known


def _blanks(shapes: Iterable[type[msgspec.Struct]]) -> dict[str, dict[str, Any]]:
    """The defaults of shapes and of what lies in them, by the field; none where it must be said."""
    found: dict[str, dict[str, Any]] = {}
    left = list(shapes)
    while left:
        shape = left.pop()
        told = msgspec.inspect.type_info(shape)
        assert isinstance(told, msgspec.inspect.StructType)
        found[shape.__name__] = {
            field.name: (
                field.default_factory() if field.default is msgspec.NODEFAULT else field.default
            )
            for field in told.fields
            if not field.required
        }
        left += [one for one in _inside(told.fields) if one.__name__ not in found]
    return found


def _inside(told: Any) -> Iterator[type[msgspec.Struct]]:
    """The shapes that lie in a description of types."""
    if isinstance(told, msgspec.inspect.StructType):
        yield told.cls
    elif isinstance(told, tuple):
        for one in told:
            yield from _inside(one)
    elif isinstance(told, msgspec.Struct):
        for name in told.__struct_fields__:
            if name not in ("default", "default_factory"):
                yield from _inside(getattr(told, name))


@given(
    title=st.text("稻育秧机Ａａ bＢ１2.·（）㈱é\n"),
    start=st.integers(0, 20),
    length=st.integers(1, 5),
)
def test_any_part_of_a_title_finds_it(title: str, start: int, length: int) -> None:
    part = folded(folded(title)[start : start + length])
    text = columns(with_value(Case(), "patent.title", title))["folded"]
    assert part in text


@given(number=_NUMBERS)
def test_a_numbers_key_is_stable(number: str) -> None:
    key = number_key(number)
    assert number_key(number.lower()) == number_key(number.upper()) or not number.isascii()
    assert number_key(f" {number} ") == key
