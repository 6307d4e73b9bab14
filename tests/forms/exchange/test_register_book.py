"""The register as a workbook: imported again it changes nothing, or says beforehand what."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.exchange.import_plan import plan, read_file
from forms.exchange.register_book import PLACE, register_columns, write_register
from forms.facts.derived import number_text
from forms.facts.paths import with_value
from forms.facts.record import Case
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.pack.types import Pack
from tests.forms.kept import Kept

FOLDER = packs_folder() / "hubei-2022"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(FOLDER)


@pytest.fixture(scope="module")
def sample(pack: Pack) -> list[Kept]:
    rows = plan(read_file(FOLDER / "sample.xlsx"), pack, []).rows
    return [Kept(n, row.case, row.imported) for n, row in enumerate(rows, 1) if row.name]


def again(cases: Sequence[Kept], pack: Pack, known: Sequence[Kept], folder: Path) -> Any:
    file = folder / "台账.xlsx"
    file.write_bytes(write_register(cases, pack).content)
    return plan(read_file(file), pack, known)


def test_the_sample_comes_back_without_a_change_and_whole(
    pack: Pack, sample: list[Kept], tmp_path: Path
) -> None:
    assert write_register(sample, pack).words == ()
    planned = again(sample, pack, sample, tmp_path)
    assert planned.count("unchanged") == len(sample) == len(planned.rows)
    elsewhere = again(sample, pack, [], tmp_path)
    assert [row.case for row in elsewhere.rows] == [one.case for one in sample]


def test_what_stands_in_ways_not_chosen_comes_back_too(
    pack: Pack, sample: list[Kept], tmp_path: Path
) -> None:
    case = sample[0].case
    for path, value in (
        ("royalty.way", "free"),
        ("royalty.lump_sum.days", 30),
        ("royalty.instalments.first_days", 60),
        ("own_use.way", "none"),
        ("own_use.scope", "全省"),
    ):
        case = with_value(case, path, value)
    kept = [Kept(1, case)]
    assert again(kept, pack, kept, tmp_path).count("unchanged") == 1
    [row] = again(kept, pack, [], tmp_path).rows
    assert row.case.royalty == case.royalty
    assert row.case.own_use == case.own_use


def test_every_column_that_an_import_knows_stands_there_once_under_its_own_name(
    pack: Pack,
) -> None:
    columns = register_columns(pack)
    assert len({header for header, _ in columns}) == len(columns)
    asked = [f.path for f in pack.fields if f.columns and not f.path.startswith("licence.")]
    assert [field.path for _, field in columns] == asked


def test_order_dates_numbers_and_texts_are_what_they_are(pack: Pack, sample: list[Kept]) -> None:
    turned = sample[::-1]
    first = with_value(turned[0].case, "patent.title", "=1+1")
    first = with_value(first, "owners.0.identity_number", "110105194912310021")
    turned[0] = Kept(turned[0].id, first)
    book = openpyxl.load_workbook(io.BytesIO(write_register(turned, pack).content))
    [sheet] = book.worksheets
    heads = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert [row[PLACE].value for row in rows] == list(range(1, len(sample) + 1))
    assert [row["专利号"].value for row in rows] == [number_text(one.case) for one in turned]
    assert rows[0]["发明创造名称"].data_type == "s"
    assert str(rows[0]["专利权人证件号码"].value).startswith("110105194912310021")
    granted = rows[0]["授权公告日"].value
    assert isinstance(granted, datetime) and granted.date() == first.patent.grant_date
    fees = [row["总付金额"].value for row in rows if row["总付金额"].value is not None]
    assert fees and all(isinstance(fee, int | float) for fee in fees)


ODD = st.one_of(
    st.sampled_from(
        [
            "=1+1",
            "@SUM(A1)",
            "+86 27 8700",
            "-",
            "--",
            "0",
            "示例",
            "1E5",
            "2021-3-5",
            "是",
            "甲；乙",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=12),
)
FREE = ("patent.title", "own_use.scope", "royalty.other.text", "other_terms", "contact.address")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(FREE), text=ODD, day=st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_whatever_a_case_says_comes_back_or_is_told(
    pack: Pack, sample: list[Kept], tmp_path: Path, path: str, text: str, day: date
) -> None:
    case = with_value(with_value(sample[0].case, path, text), "patent.filing_date", day)
    kept = [Kept(1, case, sample[0].imported), *sample[1:3]]
    words = write_register(kept, pack).words
    rows = again(kept, pack, kept, tmp_path).rows
    changed = [row.row for row in rows if row.action != "unchanged"]
    assert bool(words) == bool(changed)
    assert all(f"第 {row} 行" in words[0] for row in changed)


def test_what_could_not_be_read_stays_as_it_stands(
    pack: Pack, sample: list[Kept], tmp_path: Path
) -> None:
    case = msgspec.structs.replace(sample[0].case, unread={"offer_end": "2030年2月30日"})
    kept = [Kept(1, with_value(case, "offer_end", None))]
    [row] = again(kept, pack, kept, tmp_path).rows
    assert (row.action, row.case.unread) == ("unchanged", {"offer_end": "2030年2月30日"})


def test_a_case_that_says_nothing_is_told(pack: Pack) -> None:
    [words] = write_register([Kept(1, Case())], pack).words
    assert "第 2 行（没有专利号）没有专利号" in words
