"""What is asked of a stock patent: answers as clerks write them, and what is missing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.facts.record import LedgerEntry, Patent
from forms.stock.facts import together
from forms.stock.records import Answer, StockPatent
from forms.stock.stock_items import (
    Item,
    NoAnswer,
    StockFormFault,
    lacking,
    lacking_main,
    load_form,
    read_answer,
    shown,
)

FORM = load_form()


@pytest.mark.parametrize(
    ("item", "typed", "read", "written"),
    [
        ("stars", "★★★☆☆", ("3",), "三星"),
        ("stars", "4.0", ("4",), "四星"),
        ("stars", "五星级", ("5",), "五星"),
        ("stars", "２ 星", ("2",), "二星"),
        ("willing", "转让、许可", ("license", "transfer"), "许可、转让"),
        (
            "willing",
            "许可使用；入股 ， 转让",
            ("license", "transfer", "share"),
            "许可、转让、作价入股",
        ),
        ("willing", "不愿意", ("unwilling",), "不愿转化"),
        ("working", "已产业化", ("industrial",), "产业化"),
        ("funded", "Y", ("yes",), "是"),
        ("use", " 桥梁\n检测 ", ("桥梁检测",), "桥梁检测"),
        ("use", "—", (), ""),
        ("maturity", "待填", (), ""),
    ],
)
def test_an_answer_is_read_as_clerks_write_it(
    item: str, typed: str, read: tuple[str, ...], written: str
) -> None:
    asked = FORM.item(item)
    assert read_answer(asked, typed) == read
    assert shown(asked, read) == written


@pytest.mark.parametrize(
    ("item", "typed", "told"),
    [
        ("stars", "六星", "不是星级"),
        ("stars", "0", "不是星级"),
        ("working", "看情况", "可填：未实施、自行实施、许可实施、产业化"),
        ("willing", "许可、不愿转化", "不能与其他选项同时选择"),
        ("willing", "许可、卖掉", "“卖掉”不在可选项中"),
        ("use", "#REF!", "错误值"),
        ("use", "长" * 201, "最多 200 字"),
    ],
)
def test_what_is_no_answer_is_told_in_words(item: str, typed: str, told: str) -> None:
    with pytest.raises(NoAnswer, match=told):
        read_answer(FORM.item(item), typed)


@given(st.sampled_from(FORM.items), st.data())
def test_what_is_written_is_read_again(item: object, data: st.DataObject) -> None:
    assert isinstance(item, Item)
    values: tuple[str, ...]
    if item.kind == "stars":
        values = (data.draw(st.sampled_from("12345")),)
    elif item.kind == "text":
        values = (data.draw(st.sampled_from(["桥梁检测", "-40℃ 电池", "=1+1"])),)
    else:
        codes = [one.code for one in item.choices]
        chosen = data.draw(st.sets(st.sampled_from(codes), min_size=1))
        values = tuple(one for one in codes if one in chosen)
        if item.kind == "choice" or any(one.alone for one in item.choices if one.code in chosen):
            values = values[-1:]
    assert read_answer(item, shown(item, values)) == values


def test_the_six_items_are_missed_and_a_project_only_of_a_financed_patent() -> None:
    assert len(FORM.main) == 6
    answers = {
        "funded": Answer(values=("no",)),
        "working": Answer(values=("none",)),
        "maturity": Answer(values=("pilot",)),
        "use": Answer(values=("桥梁",)),
        "stars": Answer(values=("3",)),
    }
    assert [one.code for one in lacking(FORM, answers)] == ["willing"]
    answers["willing"] = Answer(unread="看情况")
    assert [one.code for one in lacking(FORM, answers)] == ["willing"], "unread is unanswered"
    answers["funded"] = Answer(values=("yes",))
    assert "project_number" in [one.code for one in lacking(FORM, answers)]
    assert [one.code for one in lacking_main(FORM, answers)] == ["funded", "willing"]


def test_the_ledgers_facts_count_before_those_a_patent_came_with() -> None:
    own = LedgerEntry(
        patent=Patent(number="ZL202110345678.3", title="旧名称", inventors=("李衡",)),
        department="土木学院",
    )
    ledger = LedgerEntry(
        patent=Patent(number="ZL202110345678.3", title="一种桥梁监测方法", inventors=("王敏",)),
        department="材料学院",
    )
    other = LedgerEntry(patent=Patent(number="ZL202010018862.4", title="浮标"))
    kept = [(1, 1, StockPatent(entry=own)), (2, 1, StockPatent(entry=other, college="环境学院"))]
    first, second = together(kept, [ledger])
    assert (first.title, first.college, first.filler) == ("一种桥梁监测方法", "材料学院", "王敏")
    assert first.of_ledger
    assert (second.title, second.college) == ("浮标", "环境学院")
    assert not second.of_ledger
    named = StockPatent(entry=own, college="交通学院", filler="赵示例")
    (again,) = together([(1, 1, named)], [ledger])
    assert (again.college, again.filler) == ("交通学院", "赵示例")


def test_a_list_of_codes_that_can_not_be_used_is_refused_with_the_place(tmp_path: Path) -> None:
    text = 'code="x"\nversion="1"\ntitle="x"\nnote=""\n'
    item = '[[items]]\ncode="a"\nlabel="a"\nheader="甲"\nkind="choice"\n'
    (tmp_path / "stock.toml").write_text(text + item, encoding="utf-8")
    with pytest.raises(StockFormFault, match="项目 a 的可选项与种类不符"):
        load_form(tmp_path)
