"""The rows of 网上填报: what is copied, in which order, and what has changed since."""

from decimal import Decimal

import msgspec
import pytest

from forms.facts.paths import with_value
from forms.facts.record import Case, LumpSum, Party, Royalty
from forms.ground.locate import packs_folder
from forms.office.online_form import OnlineRow, Stated, rows_of
from forms.pack.load import load
from forms.pack.online import OnlineField, Text
from forms.pack.types import Pack
from tests.forms.filled import FULL

CNIPA = load(packs_folder() / "cnipa-2024")
HUBEI = load(packs_folder() / "hubei-2022")
LUMP = Royalty(way="lump_sum", lump_sum=LumpSum(amount=Decimal(30000), days=0))
CASE = msgspec.structs.replace(FULL, pack="cnipa-2024", royalty=LUMP)


def rows(case: Case = CASE, pack: Pack = CNIPA, **more: object) -> dict[str, OnlineRow]:
    copied = more.pop("copied", {})
    return {row.id: row for row in rows_of(case, pack, copied, **more)}  # type: ignore[arg-type]


def test_the_rows_stand_in_the_order_of_the_chapter() -> None:
    assert list(rows()) == [
        *("number", "owners", "way", "standard", "term", "contact", "promise", "other"),
        "statement",
    ]
    assert rows()["standard"].value == "一次总付：许可使用费30,000.00元，随书面通知一次付清。"
    assert rows()["term"].value == "自公告之日起至2030年12月31日"
    two = with_value(CASE, "owners.1", Party(name="乙公司"))
    assert rows(two)["representative"].value == "武汉示例大学"


def test_what_is_missing_can_not_be_copied_and_is_named() -> None:
    row = rows(with_value(CASE, "offer_end", None))["term"]
    assert (row.state, row.value, row.lacks) == ("missing", "", ("许可期限届满日",))
    typed = with_value(CASE, "offer_end", None)
    typed = msgspec.structs.replace(typed, unread={"offer_end": "明年底"})
    assert rows(typed)["term"].value == ""
    assert rows(with_value(CASE, "other_terms", ""))["other"].state == "blank"


def test_of_a_sentence_the_fact_that_is_missing_is_named() -> None:
    none = rows(with_value(CASE, "royalty.lump_sum.amount", None))["standard"]
    assert (none.state, none.lacks, none.fill) == (
        *("missing", ("总付金额",), "royalty.lump_sum.amount"),
    )
    typed = with_value(CASE, "royalty.lump_sum.amount", None)
    typed = msgspec.structs.replace(typed, unread={"royalty.lump_sum.amount": "面议"})
    assert rows(typed)["standard"].lacks == ("总付金额",)
    assert rows(with_value(CASE, "royalty.way", None))["standard"].fill == "royalty.way"
    statement = rows()["statement"]
    assert (statement.state, statement.lacks, statement.fill) == ("missing", (), "statement")
    other = with_value(CASE, "royalty.way", "other")
    other = with_value(other, "royalty.other.text", "按年付费，每年一万元。")
    assert rows(other)["standard"].value == "按年付费，每年一万元。"


def test_a_number_is_written_as_the_web_form_wants_it() -> None:
    usual, bare = rows()["number"], rows(writing="digits")["number"]
    assert (usual.value, bare.value) == ("ZL202110345678.3", "2021103456783")
    assert usual.sha256 == bare.sha256  # another writing is no other number
    assert rows(writing="wide")["number"].value == usual.value


def test_what_was_copied_is_known_until_it_changes() -> None:
    done = {"term": rows()["term"].sha256}
    assert rows(copied=done)["term"].state == "copied"
    later = with_value(CASE, "offer_end", CASE.offer_end.replace(year=2029))  # type: ignore[union-attr]
    assert rows(later, copied=done)["term"].state == "changed"


def test_the_promise_is_ticked_and_never_copied() -> None:
    row = rows()["promise"]
    assert (row.kind, row.value, row.state) == ("tick", "", "todo")
    assert rows(copied={"promise": row.sha256})["promise"].state == "ticked"


@pytest.mark.parametrize("bad", ["\x00", "\x1b[2J", "\x08", "\u202e", "\u200b", "\ud800", "\x7f"])
def test_no_control_character_reaches_the_clipboard(bad: str) -> None:
    value = rows(msgspec.structs.replace(CASE, other_terms=f"可{bad}提供指导"))["other"].value
    assert not set(value) & set("\x00\x1b\x08\u202e\u200b\ud800\x7f")
    assert value.startswith("可")


def test_names_are_compared_with_what_was_stated() -> None:
    case = with_value(CASE, "owners.0.name", "示例科技(武汉)有限公司")
    listed = Stated(source="导入的清单", names=("示例科技（武汉）有限公司",))
    assert rows(case, stated=[listed])["owners"].hints == (
        "“示例科技(武汉)有限公司”在导入的清单中写作“示例科技（武汉）有限公司”，"
        "全角、半角不同，请逐字核对",
    )
    assert rows(case)["owners"].hints == (
        "“示例科技(武汉)有限公司”有半角括号，专利证书上通常是全角，请与专利证书逐字核对",
    )
    assert rows(stated=[listed])["owners"].hints == ()


def test_the_pilots_own_way_is_data() -> None:
    found = rows(FULL, HUBEI)
    assert [row.label for row in found.values()] == [
        *("专利号", "专利名称", "权利人姓名", "开放许可专利价格", "许可周期", "开户行", "账号"),
        "同意开放许可（试点）的声明",
    ]
    assert found["price"].value == "分期支付，共计180000元"
    assert found["bank"].lacks == ("开户银行",)


def asking(*texts: str) -> Pack:
    """The pack with a web form that nobody has linted, of one field of these texts."""
    assert CNIPA.online is not None
    field = OnlineField(id="odd", label="怪", texts=tuple(Text(text=one) for one in texts))
    online = msgspec.structs.replace(CNIPA.online, fields=(field,))
    return msgspec.structs.replace(CNIPA, online=online)


def test_a_pack_that_nobody_has_linted_stops_nothing() -> None:
    assert rows(pack=asking("{patent.nonsense}"))["odd"].state == "missing"
    assert rows(pack=asking("{owners.9.name}"))["odd"].state == "missing"


def test_a_value_of_any_length_is_borne() -> None:
    case = msgspec.structs.replace(CASE, other_terms="长" * 30_000)
    assert rows(case)["other"].state == "todo"
    row = rows(case, asking("{other_terms}" * 150))["odd"]
    assert (row.state, row.value, row.lacks) == ("missing", "", ("内容过长，请精简",))
