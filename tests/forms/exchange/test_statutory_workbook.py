"""The statutory declaration's workbook: the template comes back, and the sample shows the work."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from forms.check.case_check import check
from forms.exchange.import_plan import plan
from forms.exchange.template import LIST_SHEET, template, template_columns
from forms.exchange.workbook_reader import read_file
from forms.facts.record import Case
from forms.ground.locate import packs_folder
from forms.pack.load import load
from tools.make_sample import SAMPLES, workbook

PACK = load(packs_folder() / "cnipa-2024")
TODAY = date(2026, 11, 2)
ASKED = """
许可使用费方式 提成基数 费用计算方法 预计被许可人数 简要说明 评价报告结论 质权人同意 专利代理机构
专利号 发明创造名称 专利权人 申请日 授权公告日 专利法律状态 年费已交至 许可期限届满日
入门费 提成比例 总付金额 付款期限(日) 首期金额 每期金额 每期付款期限(日) 分期批次 分期周期 其他标准
其他约定事项 收件人 联系地址 邮编 联系电话 电子邮件 评价报告 质押情况
"""


def filled(tmp_path: Path, *rows: dict[str, object]) -> list[Case]:
    book = openpyxl.load_workbook(io.BytesIO(template(PACK)))
    sheet = book[LIST_SHEET]
    places = {cell.value: cell.column for cell in sheet[1]}
    for place, row in enumerate(rows, start=3):
        for header, text in row.items():
            sheet.cell(place, places[header], text)
    book.save(tmp_path / "清单.xlsx")
    done = plan(read_file(tmp_path / "清单.xlsx"), PACK, [])
    assert done.notes == ()
    return [row.case for row in done.rows if row.case is not None]


def test_the_template_asks_what_a_declaration_states() -> None:
    assert set(ASKED.split()) <= {column.header for column in template_columns(PACK)}


ROW = {"专利号": "ZL202110345678.3", "发明创造名称": "一种水冷散热装置", "专利权人": "示例大学"}


@pytest.mark.parametrize(
    ("way", "value"),
    [("提成", "running"), ("提成支付", "running"), ("入门费附加提成", "entry_running")],
)
@pytest.mark.parametrize(("base", "meant"), [("净销售额", "net_sales"), ("利润额", "profit")])
def test_a_running_royalty_comes_in_with_its_base(
    tmp_path: Path, way: str, value: str, base: str, meant: str
) -> None:
    (case,) = filled(tmp_path, {**ROW, "许可使用费方式": way, "提成比例": "3%", "提成基数": base})
    assert case.royalty.way == value
    of_way = case.royalty.running if value == "running" else case.royalty.entry_running
    assert (of_way.rate_percent, of_way.base) == (3, meant)


def test_what_is_new_for_a_declaration_comes_in(tmp_path: Path) -> None:
    (case,) = filled(
        tmp_path,
        {
            **ROW,
            "许可使用费方式": "一次总付",
            "总付金额": 50000,
            "付款期限(日)": 0,
            "费用计算方法": "评估",
            "预计被许可人数": 5,
            "简要说明": "按评估值计算。",
            "评价报告": "有",
            "评价报告结论": "不符合",
            "质押情况": "已质押",
            "质权人同意": "是",
            "签章方式": "委托专利代理机构",
            "专利代理机构": "武汉示例专利代理事务所",
            "先使用后付费": "延期支付",
            "先使用后付费约定": "满一年之日起15日内付清",
        },
    )
    assert case.unread == {}
    assert (case.royalty.lump_sum.amount, case.royalty.lump_sum.days) == (50000, 0)
    assert (case.statement.method, case.statement.licensees) == ("valuation", 5)
    assert case.patent.report_conclusion == "unqualified"
    assert case.patent.pledgee_consents is True
    assert (case.signing, case.agency) == ("agency", "武汉示例专利代理事务所")
    rules = {problem.rule for problem in check(case, PACK, TODAY)}
    assert not rules & {"pledge.pledged", "royalty.use_first", "royalty.count"}


def test_an_agency_that_is_named_seals_unless_the_list_says_otherwise(tmp_path: Path) -> None:
    named = {**ROW, "专利代理机构": "武汉示例专利代理事务所"}
    said = {**named, "专利号": "ZL202110418826.X", "签章方式": "全体专利权人签章"}
    none = {**ROW, "专利号": "ZL201810236617.1"}
    signing = [case.signing for case in filled(tmp_path, named, said, none)]
    assert signing == ["agency", "every_owner", "every_owner"]


def test_a_list_that_gives_the_kind_of_licence_says_that_there_is_one(tmp_path: Path) -> None:
    (case,) = filled(tmp_path, {**ROW, "许可他人方式": "独占许可"})
    assert (case.other_licences.way, case.other_licences.kind) == ("granted", "exclusive")


def test_the_samples_are_what_the_tool_makes() -> None:
    for code, (headers, rows) in SAMPLES.items():
        shipped = (packs_folder() / code / "sample.xlsx").read_bytes()
        assert entries(shipped) == entries(workbook(headers, rows))


def entries(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_sample_shows_what_is_declared_and_what_is_not() -> None:
    done = plan(read_file(PACK.folder / PACK.sample), PACK, [])
    assert done.notes == ()
    cases = [row.case for row in done.rows if row.case is not None]
    assert len(cases) == len(done.rows) == 20
    assert {case.royalty.way for case in cases} == {
        *("free", "lump_sum", "running", "entry_running", "instalments", "other")
    }
    assert {case.statement.method for case in cases} >= {
        *("own_working", "licences", "statistics", "international", "valuation")
    }
    assert {case.signing for case in cases} == {"every_owner", "representative", "agency"}
    found = [check(case, PACK, TODAY) for case in cases]
    faulty = [problems for problems in found if any(p.severity == "error" for p in problems)]
    assert len(faulty) == 5
    assert all(problem.severity != "error" for problems in found[:15] for problem in problems)
    told = {problem.rule for problems in found for problem in problems}
    assert told >= {
        *("number.check", "report.negative", "other_licences.exclusive", "royalty.base_blank"),
        *("offer_end.on_anniversary", "text.advertising", "fee.arrears", "pledge.pledged"),
        *("royalty.high", "royalty.high_of_profit", "statement.missing", "signing.consent"),
    }
