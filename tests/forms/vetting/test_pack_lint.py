"""A pack's author is told every fault: file, key and reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from forms.ground.locate import packs_folder
from forms.pack.load import find_packs
from forms.vetting.pack_lint import lint

HUBEI = packs_folder() / "hubei-2022"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pack to spoil."""
    return Path(shutil.copytree(HUBEI, tmp_path / "pack"))


def spoiled(folder: Path, file: str, *changes: tuple[str, str]) -> list[str]:
    """Replace words in a file and return the faults, as an author reads them."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return [str(fault) for fault in lint(folder)]


def only(faults: list[str]) -> str:
    assert len(faults) == 1, faults
    return faults[0]


@pytest.mark.parametrize("folder", find_packs(packs_folder()).values(), ids=lambda path: path.name)
def test_every_shipped_pack_is_without_fault(folder: Path) -> None:
    assert lint(folder) == []


def test_a_rule_is_told_of_fields_that_the_pack_asks(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(packs_folder() / "cnipa-2024", tmp_path / "pack"))
    change = ('field = "extra.hindrance_text"', 'field = "extra.hindrances"')
    said = only(spoiled(folder, "rules.toml", change))
    assert "bars.other：“extra.hindrances”没有在 fields 中声明" in said


def test_a_rule_is_told_of_papers_that_the_pack_has(folder: Path) -> None:
    said = spoiled(
        folder,
        "rules.toml",
        ('{ paper = "consent" }', '{ paper = "consents" }'),
        ('papers = ["info", "consent"]', 'papers = ["info", "seal"]'),
    )
    assert [one.rpartition("：")[2] for one in said] == [
        "没有“consents”这种文书",
        "没有“seal”这种文书",
    ]


def test_the_invented_pack_of_the_tests_is_too() -> None:
    packs = Path(__file__).parents[2] / "packs"
    for folder in sorted(path for path in packs.iterdir() if path.is_dir()):
        assert lint(folder) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "找不到文件夹" in only([str(f) for f in lint(tmp_path / "无")])


def test_faults_of_shape_and_of_sense_are_told_together(folder: Path) -> None:
    (folder / "rules.toml").write_text("[[rules]]\nrule = 1", encoding="utf-8")
    (folder / "rule.toml").touch()
    faults = spoiled(folder, "pack.toml", ('code = "hubei-2022"', 'code = "湖北"'))
    assert "pack.toml：identity.code：只能用小写字母、数字和连字符，最多 32 个" in faults
    assert "rules.toml：rules[0].rule：应为文字，现在是整数" in faults
    assert "rule.toml：无法识别这个文件；文书放在 papers/ 里" in faults


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('version = "1.0"', 'version = " "', "identity.version：不能空着"),
        ("= 2023-12-31", "= 2020-01-01", "identity.in_force_until：早于"),
        ('id = "owners"', 'id = "patent"', "steps：id “patent”出现了 2 次"),
        ('"dingwei@hbipo.gov.cn"', '"dingwei"', "submission.address：“dingwei”不是"),
        (
            "{office}专利开放许可（试点）材料（{count}件）",
            "{where}",
            "submission.subject：无法识别 {where}",
        ),
        ('"{office}_{paper}_{date}"', '"{office}_{{paper"', "summary_name：花括号不成对"),
        ('"{office}_{paper}_{date}"', '""', "summary_name：不能空着"),
        ('"{number}_{title}_{paper}"', '"{title}_{paper}"', "paper_name：要有 {number}"),
        ("size_limit_mb = 20", "size_limit_mb = 0", "size_limit_mb：应在 1 至 1000"),
        ('office_kind = "city"', 'office_kind = "town"', "deadlines[0].office_kind：没有“town”"),
        ('office_kinds = ["city"]', 'office_kinds = ["town"]', "attachments[0].office_kinds：没有"),
        ('path = "region"', 'path = "regions"', "regions：案卷里没有这一项"),
        ('path = "region"', 'path = "extra.区域"', "extra.区域：案卷里没有这一项"),
        ('path = "region"\nlabel = "开放范围"', 'path = "region"\nlabel = ""', "region：不能空着"),
        (
            'path = "offer_end"\nlabel = "许可期限届满日"\nkind = "date"',
            'path = "offer_end"\nlabel = "许可期限届满日"\nkind = "money"',
            "offer_end：“money”与这一项不合，应为 date",
        ),
        ('step = "term"', 'step = "terms"', "offer_end：没有“terms”这一步"),
        ('step = "term"', 'step = "term"\nnought = true', "只有整数（integer）可以写明 0"),
        (
            'step = "term"',
            'step = "term"\nimplies = { signing = "nobody" }',
            "implies.signing：offer_end：那一项没有“nobody”这个值",
        ),
        (
            'sample = "2030-12-31"',
            'sample = "2030-02-30"',
            "offer_end：示例“2030-02-30”本身无法识别",
        ),
        (
            '{ value = "free", label = "免费"',
            '{ value = "gratis", label = "免费"',
            "没有“gratis”这个值",
        ),
        (
            'words = ["其它", "其他标准"',
            'words = ["免费 使用", "其他标准"',
            "“免费 使用”也是另一个选项",
        ),
        ('words = ["普通", ', 'words = ["——", ', "选项的说法不能空着"),
        (
            '{ value = "pledged", label',
            '{ value = "none", label',
            "choices：patent.pledge：value “none”出现了 2 次",
        ),
        (
            '"royalty.way" = "lump_sum"',
            '"royalty.ways" = "lump_sum"',
            "when.royalty.ways：royalty.lump_sum.days：没有声明",
        ),
        ('"royalty.way" = "lump_sum"', '"royalty.way" = "lump"', "那一项没有“lump”这个值"),
        ('columns = ["开放范围"', 'columns = ["***", "开放范围"', "region：列名不能空着"),
        ('columns = ["开放范围"', 'columns = ["开放 范围", "开放范围"', "列名“开放范围”写了两次"),
        (
            'columns = ["开放范围"',
            'columns = ["地址", "开放范围"',
            "列名“地址”也是 contact.address 的",
        ),
        (
            'when = { "royalty.way" = "instalments" }\n',
            "",
            "列名“付款期限”也是 royalty.lump_sum.days 的（用 when 区分）",
        ),
        (
            'path = "licence.penalty"\n',
            'path = "licence.penalty"\ncolumns = ["违约金"]\n',
            "许可合同的事项不从工作簿导入",
        ),
    ],
)
def test_faults_of_the_pack_file(folder: Path, old: str, new: str, said: str) -> None:
    faults = spoiled(folder, "pack.toml", (old, new))
    assert any(fault.startswith("pack.toml：") and said in fault for fault in faults), faults


def test_a_field_twice(folder: Path) -> None:
    faults = spoiled(
        folder,
        "pack.toml",
        ("[[fields]]", '[[fields]]\npath = "region"\nlabel = "x"\nkind = "text"\n\n[[fields]]'),
    )
    assert "fields：path “region”出现了 2 次" in only(faults)


def test_choices_where_none_are_asked_and_none_where_they_are(folder: Path) -> None:
    fields = """[[fields]]
path = "extra.none"
label = "x"
kind = "choice"

[[fields]]
path = "extra.some"
label = "x"
kind = "text"
choices = [{ value = "a", label = "a" }]

[[fields]]
path = "extra.free"
label = "x"
kind = "choice"
choices = [{ value = "a", label = "a" }]

[[fields]]
path = "extra.yes"
label = "x"
kind = "flag"
choices = [{ value = "yes", label = "是" }]

[[fields]]"""
    faults = spoiled(folder, "pack.toml", ("[[fields]]", fields))
    assert len(faults) == 3
    assert "extra.none：选择题没有选项" in faults[0]
    assert "extra.some：“text”不是选择题" in faults[1]
    assert "extra.yes：没有“yes”这个值，只有 true、false" in faults[2]


def test_a_pack_that_can_not_be_imported_into(folder: Path) -> None:
    text = (folder / "pack.toml").read_text(encoding="utf-8")
    start = text.index('columns = ["专利号"')
    line = text[start : text.index("\n", start)]
    faults = spoiled(folder, "pack.toml", (line, ""))
    assert any("要有 patent.number，并且写明它的列名" in fault for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('rule = "number.blank"', 'rule = "number.blanc"', "没有“number.blanc”这条规则"),
        (
            'rule = "number.blank"\nseverity = "error"',
            'rule = "number.blank"\nscope = "contract"\nseverity = "error"',
            "number.blank：这条规则只能用于 offer",
        ),
        ('rule = "grant_date.blank"', 'rule = "number.blank"', "number.blank（offer）”出现了 2 次"),
        ('basis = "ZC 0006-2003 专利申请号标准"', 'basis = ""', "number.shape：要写明依据"),
        (
            'rule = "number.blank"',
            'rule = "number.blank"\nparams = { x = 1 }',
            "params.x：number.blank：这条规则没有这个参数",
        ),
        ("most_yuan = 2", 'most_yuan = "viel", x = 2', "应为整数"),
    ],
)
def test_faults_of_the_rules(folder: Path, old: str, new: str, said: str) -> None:
    faults = spoiled(folder, "rules.toml", (old, new))
    assert any(fault.startswith("rules.toml：rules") and said in fault for fault in faults), faults


def test_a_list_of_words_holds_words(folder: Path) -> None:
    text = (folder / "rules.toml").read_text(encoding="utf-8")
    start = text.index("words = [")
    faults = spoiled(folder, "rules.toml", (text[start : start + 9], "words = [1, "))
    assert any("应为文字的列表" in fault for fault in faults), faults


def test_a_rule_about_what_is_never_asked(folder: Path) -> None:
    faults = spoiled(folder, "pack.toml", ('path = "patent.grant_date"', 'path = "extra.day"'))
    assert any("它查的 patent.grant_date 没有在 fields 中声明" in fault for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"number.blank" =', '"number.blanc" =', "number.blanc：没有哪条规则用这一句"),
        ('"number.blank" =', '"number.blanc" =', "number.blank：缺少这一句提示语"),
        ('"number.blank" = "{place}', '"number.blank" = "{wo}', "没有 {wo} 可用，只有 place"),
        ('"number.blank" = "{place}', '"number.blank" = "{place', "花括号不成对"),
    ],
)
def test_faults_of_the_wording(folder: Path, old: str, new: str, said: str) -> None:
    faults = spoiled(folder, "wording.toml", (old, new))
    assert any(fault.startswith("wording.toml：") and said in fault for fault in faults), faults


def test_faults_of_the_papers(folder: Path) -> None:
    faults = spoiled(folder, "papers/info.toml", ("{patent.title", "{patent.titel"))
    assert only(faults).startswith("papers/info.toml：")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../sample.xlsx", "不带路径"),
        ("..\\\\sample.xlsx", "不带路径"),
        ("C:sample.xlsx", "不带路径"),
        ("anders.xlsx", "表单包里没有“anders.xlsx”"),
        ("rules.toml", "sample"),
    ],
)
def test_faults_of_the_sample(folder: Path, name: str, said: str) -> None:
    faults = spoiled(folder, "pack.toml", ('sample = "sample.xlsx"', f'sample = "{name}"'))
    assert said in only(faults)


def test_a_sample_that_is_no_list_of_patents(folder: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Hallo"])
    book.save(folder / "sample.xlsx")
    assert "没有找到表头" in only([str(f) for f in lint(folder)])
    (folder / "rules.toml").unlink()
    assert not any("表头" in str(fault) for fault in lint(folder))


def test_a_pack_may_do_without_a_sample(folder: Path) -> None:
    assert spoiled(folder, "pack.toml", ('sample = "sample.xlsx"', "")) == []


@pytest.mark.parametrize("file", ["pack.toml", "wording.toml"])
def test_what_can_still_be_read_is_linted(folder: Path, file: str) -> None:
    (folder / file).write_text("x = ", encoding="utf-8")
    assert all(fault.file == file for fault in lint(folder))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ('made_as = "recordal"', 'made_as = "contract"'),
            "procedures[0].papers[0].made_as：没有“contract”这种许可文书",
        ),
        (('code = "identity"', 'code = "late"'), "procedures[0].papers[3].code：“late”重复"),
        (('met_by = "notice"', 'met_by = "magic"'), "procedures[0].papers[1].met_by"),
    ],
)
def test_the_papers_for_a_recordal_are_looked_through(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    folder = Path(shutil.copytree(packs_folder() / "cnipa-2024", tmp_path / "pack"))
    assert said in only(spoiled(folder, "recordal.toml", change))
