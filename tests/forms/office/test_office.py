"""The use cases of an office, asked of a store without a screen."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from db.store import Store, open_store
from forms.facts.paths import with_value
from forms.facts.record import Case, Contact, Duration, Licence, Office, Party, Patent, Royalty
from forms.ground.for_the_clerk import ForTheClerk
from forms.ground.locate import packs_folder
from forms.ground.name_patterns import file_name
from forms.office.case_standing import check_cases
from forms.office.cover_letter import advice, letter_of, still_wanted
from forms.office.licence_import import LARGEST, add_licence, read_licence
from forms.office.paper_export import export
from forms.office.papers_wanted import wanted
from forms.office.sealed_scans import keep_sealed
from forms.office.store import CannotDo, case_name, chosen, chosen_one, is_of_number
from forms.office.submission import submit
from forms.pack.load import load
from forms.pack.types import Pack

TODAY = date(2022, 9, 1)

CASE = Case(
    pack="hubei-2022",
    patent=Patent(
        number="ZL201810024046.5",
        title="一种低温烧结陶瓷基板的制备方法",
        filing_date=date(2018, 1, 10),
        grant_date=date(2020, 6, 2),
        legal_status="有效",
        pledge="none",
    ),
    owners=(Party(name="示例大学", kind="unit"),),
    offer_end=date(2030, 12, 31),
    single_term=Duration(count=3),
    region="全省",
    royalty=Royalty(way="free"),
    contact=Contact(
        name="张喆", address="武汉市示例路1号", postcode="430070", phone="027-68880001"
    ),
)
CASE = with_value(with_value(CASE, "own_use.way", "none"), "other_licences.way", "none")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(packs_folder() / "hubei-2022")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "案卷.db", now=lambda: datetime(2022, 9, 1, tzinfo=UTC)) as opened:
        yield opened


def state(store: Store, pack: Pack) -> str:
    (one,) = check_cases(store, pack, TODAY, store.cases.listed())
    return one.state


# --- states ------------------------------------------------------------------------------


def test_a_case_goes_through_its_states(store: Store, pack: Pack, tmp_path: Path) -> None:
    stored = store.cases.save(with_value(CASE, "offer_end", None))
    assert state(store, pack) == "drafting"
    stored = store.cases.save(with_value(CASE, "offer_end", date(2022, 8, 31)), case_id=stored.id)
    assert state(store, pack) == "faulty"
    stored = store.cases.save(with_value(CASE, "patent.legal_status", ""), case_id=stored.id)
    assert state(store, pack) == "pending"
    stored = store.cases.save(CASE, case_id=stored.id)
    assert state(store, pack) == "ready"
    add_licence(store, pack, TODAY, stored, Licence())
    assert state(store, pack) == "ready"  # a licence does not hide what is to be done
    export(store, pack, TODAY, [stored], tmp_path / "文书", wanted(pack, [], []))
    assert state(store, pack) == "unsealed"
    for code in ("info", "consent"):
        sealed = keep_sealed(store, pack, stored, pack.papers[code], b"%PDF-1.4")
        assert not sealed.stale
    assert state(store, pack) == "licensed"
    store.licences.bin(store.licences.of_case(stored.id)[0].id)
    assert state(store, pack) == "sealed"
    store.cases.save(with_value(CASE, "contact.phone", "027-68880002"), case_id=stored.id)
    assert state(store, pack) == "stale"


def test_a_contract_is_a_draft_for_its_own_faults_only(store: Store, pack: Pack) -> None:
    stored = store.cases.save(CASE)
    for name in ("", "襄阳示例公司"):
        add_licence(store, pack, TODAY, stored, Licence(licensee=Party(name=name)))
    (one,) = check_cases(store, pack, TODAY, store.cases.listed())
    assert one.errors() == ()
    first, second = one.errors(0), one.errors(1)
    assert any(problem.field == "licence.0.licensee.name" for problem in first)
    assert not any(problem.field.startswith("licence.0") for problem in second)
    assert {p.field for p in first} & {p.field for p in second} == {
        p.field for p in first if not p.field.startswith("licence.")
    }


# --- choosing ----------------------------------------------------------------------------


def test_cases_are_chosen_in_the_order_asked_each_once(store: Store) -> None:
    first = store.cases.save(CASE)
    second = store.cases.save(with_value(CASE, "patent.number", "ZL201910055850.4"))
    ids = [one.id for one in chosen(store, ["2019100558504", "201810024046", "ZL201810024046.5"])]
    assert ids == [second.id, first.id]
    assert [one.id for one in chosen(store)] == [first.id, second.id]
    with pytest.raises(CannotDo, match=r"甲、ZL202110345678\.3"):
        chosen(store, ["甲", "201910055850.4", "ZL202110345678.3"])
    with pytest.raises(CannotDo, match=r"ZL202110345678\.9"):
        chosen(store, ["ZL202110345678.9"])


def test_a_number_that_two_cases_have_names_none(store: Store) -> None:
    store.cases.save(CASE)
    store.cases.save(CASE)
    with pytest.raises(CannotDo, match="2 件"):
        chosen_one(store, "ZL201810024046.5")


def test_a_case_is_named_by_what_is_known() -> None:
    assert case_name(CASE) == "ZL201810024046.5"
    assert case_name(with_value(CASE, "patent.number", None)) == f"《{CASE.patent.title}》"
    assert case_name(Case(unread={"patent.number": "某号"})) == "某号"
    assert case_name(Case()) == "未填专利号的案卷"
    assert is_of_number(CASE, "2018100240465")
    assert is_of_number(Case(unread={"patent.number": "某号"}), " 某号 ")
    assert not is_of_number(Case(), "某号")


# --- licences ----------------------------------------------------------------------------


def refused(data: Any) -> str:
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    with pytest.raises(ForTheClerk) as caught:
        read_licence(content, "许可.json")
    return str(caught.value)


def test_a_licence_is_read_clean() -> None:
    data = {
        "licensee": {"name": " 襄阳\u0000示例\r\n公司 "},
        "royalty": {"lump_sum": {"amount": 0.1}},
    }
    licence = read_licence(b"\xef\xbb\xbf" + json.dumps(data).encode(), "许可.json")
    assert licence.licensee.name == "襄阳示例\n公司"
    assert str(licence.royalty.lump_sum.amount) == "0.1"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不是完整的 JSON：第 1 行"),
        (b"\xff\xfe", "不是 UTF-8"),
        (b"[" * 100_000, "层次过深"),
        (b'{"copies": ' + b"9" * 5000 + b"}", "过长"),
        ([], "应为一组内容 { }"),
        ({"agreed": "maybe"}, "agreed：没有 'maybe' 这个选项"),
        ({"licensee": {"nme": "x"}}, "licensee.nme：没有“nme”这一项"),
        ({"foo": 1}, "foo：没有“foo”这一项"),
        ({"starts_on": "2023-02-30"}, "starts_on：日期格式有误"),
        ({"starts_on": 20230101}, "starts_on：应为日期"),
        ({"royalty": {"lump_sum": {"amount": "五万"}}}, "royalty.lump_sum.amount：金额格式有误"),
        ({"royalty": {"lump_sum": {"amount": True}}}, "royalty.lump_sum.amount：应为金额"),
        ({"royalty": {"lump_sum": {"amount": "NaN"}}}, "不是合理的数字"),
        ({"copies": 10**30}, "copies"),
        ({"copies": LARGEST}, "copies：不是合理的数字"),
        ({"copies": None, "manner": None}, "manner：应为文字"),
        ({"licensee": 7}, "licensee：应为一组内容"),
        ({"termination_grounds": "无"}, "termination_grounds：应为列表"),
        ({"termination_grounds": ["无", 7]}, "termination_grounds[1]：应为文字"),
        ({"unread": {"a": 3}}, "应为文字"),
        ({"version": 2}, "更新版本"),
    ],
)
def test_a_licence_at_fault_is_explained_by_its_keys(data: Any, said: str) -> None:
    assert said in refused(data)


def test_all_faults_of_a_licence_are_named_at_once() -> None:
    said = refused({"copies": "五", "foo": 1, "penalty": 3, "licensee": {"phone": 7}})
    for key in ("copies", "foo", "penalty", "licensee.phone"):
        assert key in said
    many = refused({f"key{n}": n for n in range(40)})
    assert many.count("没有“key") == 20


def test_a_fault_in_other_words_is_still_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forms.exchange.json_shape._REASONS", ())
    assert "copies：格式不合要求" in refused({"copies": "五"})


# --- the letter --------------------------------------------------------------------------


def test_the_day_to_send_is_watched_until_the_procedure_is_over(pack: Pack) -> None:
    office = Office(name="甲", contact="乙", phone="1")
    assert advice(pack, office, date(2022, 9, 20)) == []
    assert "2022 年 9 月 20 日" in advice(pack, office, date(2022, 9, 21))[0]
    assert advice(pack, office, date(2023, 12, 31))[0].startswith("报送期限已过")
    assert advice(pack, office, date(2024, 1, 1)) == ["试点已结束，请先与主管部门确认。"]
    silent = msgspec.structs.replace(
        pack, submission=msgspec.structs.replace(pack.submission, over_notice="")
    )
    assert advice(silent, office, date(2024, 1, 1)) == ["试点已结束，请先与主管部门确认。"]


def test_what_is_still_wanted_depends_on_the_office(pack: Pack) -> None:
    office = Office(name="甲", contact="乙", phone="1", kind="city")
    assert still_wanted(pack, office, attached=True) == []
    assert "工作措施" in still_wanted(pack, office, attached=False)[0]
    assert "联系人、联系电话" in still_wanted(pack, Office(name="甲"), attached=False)[0]


def test_a_letter_without_an_office_is_signed_by_the_day_only(pack: Pack) -> None:
    letter = letter_of(pack, Office(), TODAY, {"count": "0"}, [], [])
    assert letter.text.endswith("\n\n2022-09-01")
    signed = letter_of(pack, Office(name="甲", phone="1"), TODAY, {"count": "0"}, [], [])
    assert signed.text.endswith("甲\n联系人：1\n2022-09-01")


# --- names and packages ------------------------------------------------------------------


def test_a_long_title_gives_way_to_number_and_paper() -> None:
    values = {"number": "ZL201810024046.5", "title": "长" * 300, "paper": "信息表"}
    name = file_name("{number}_{title}_{paper}", values)
    assert name.startswith("ZL201810024046.5_长")
    assert name.endswith("_信息表")
    endless = file_name("{number}_{title}_{paper}", {**values, "paper": "表" * 300})
    assert len(endless.encode()) <= 200
    assert file_name("{office}_{paper}", {"paper": "表"}) == "表"


def test_a_pack_without_a_summary_is_submitted_whole(
    store: Store, pack: Pack, tmp_path: Path
) -> None:
    papers = {code: paper for code, paper in pack.papers.items() if code == "info"}
    small = msgspec.structs.replace(pack, papers=papers)
    stored = store.cases.save(CASE)
    done = submit(store, small, TODAY, [stored], tmp_path)
    assert done.complete
    assert [line.papers for line in done.missing_seals] == [("专利开放许可（试点）信息表",)]
    (noted,) = store.papers.submissions()
    assert {file.case_id for file in noted.files} == {stored.id}
    assert {file.name for file in noted.files} | {"manifest.json"} == set(done.written.names)


def test_a_paper_without_facts_has_a_name(store: Store, pack: Pack, tmp_path: Path) -> None:
    stored = store.cases.save(Case(pack=pack.identity.code))
    report = export(store, pack, TODAY, [stored], tmp_path, wanted(pack, ["info"], []))
    assert report.made[0].path.name.startswith("无专利号")
    assert report.made[0].draft
