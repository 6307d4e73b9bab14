"""A web form in a pack (online.toml) is bounded and makes sense, or the pack is refused."""

from pathlib import Path

import pytest

from forms.ground.locate import packs_folder
from forms.pack.load import PackFault, load
from forms.vetting.pack_changes import differences
from forms.vetting.pack_lint import lint
from tests.pack_files import files_of, laid

CNIPA = packs_folder() / "cnipa-2024"
NUMBER = 'texts = [{ text = "{patent.number}" }]'


def faults(tmp_path: Path, old: str, new: str) -> str:
    folder = laid(tmp_path / "pack", files_of(CNIPA, (old, new), file="online.toml"))
    return "\n".join(str(fault) for fault in lint(folder))


@pytest.mark.parametrize("code", ["cnipa-2024", "hubei-2022"])
def test_the_web_forms_that_ship_are_without_fault(code: str) -> None:
    assert not [fault for fault in lint(packs_folder() / code) if fault.file == "online.toml"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (NUMBER, 'texts = [{ text = "{patent.number" }]', "不成对的 {"),
        (NUMBER, 'texts = [{ text = "{patent.numbr}" }]', "没有名为 patent.numbr 的事项"),
        (NUMBER, 'texts = [{ text = "{patent.number:blank=4}" }]', "不写方框、空白和字体"),
        (NUMBER, 'texts = [{ text = "{signing=agency}" }]', "不写方框、空白和字体"),
        (NUMBER, 'texts = [{ text = "号{patent.number}" }]', "才有几种写法"),
        (NUMBER, 'texts = [{ text = "\\u202E" }]', "不可见字符"),
        (NUMBER, "texts = [{ text = '" + "长" * 2001 + "' }]", "过长"),
        ('id = "number"', 'id = "owners"', "出现了 2 次"),
        ('id = "number"', 'id = "../x"', "应为小写字母"),
        ('label = "专利号"', 'label = ""', "不能空着"),
        ('is = "agency"', 'is = "nobody"', "signing 不会是 nobody"),
        ("{phrase.royalty:", "{phrase.price:", "没有名为 phrase.price 的事项"),
        ('kind = "tick"', 'kind = "tick"\ntexts = [{ text = "同意" }]', "不写文字"),
        ('address = "cponline.cnipa.gov.cn"', 'address = "file:///etc"', "不是网址"),
        ('address = "cponline.cnipa.gov.cn"', 'address = "请点 http://x.cn"', "不是网址"),
        ('folder_name = "{digits}"', 'folder_name = "up"', "要有 {digits}"),
        ('folder_name = "{digits}"', 'folder_name = "../{digits}"', "只能用字母"),
        ('"{digits}-report"', '"评价报告"', "只能用字母"),
        ('"{digits}-report"', '"con"', "只能用字母"),
        ('"{digits}-report"', '"{digits}-mandate"', "出现了 2 次"),
        ('id = "report"', 'id = "report"\npaper = "summary"', "没有“summary”这种"),
        ('id = "report"', 'id = "report"\nmax_mb = 100000', "应在 1 至 200 之间"),
        ('id = "report"', 'id = "report"\ntypes = ["exe"]', "之一，现在是 “exe”"),
        ('id = "report"', 'id = "report"\nrun = "calc"', "没有这个键"),
    ],
)
def test_every_fault_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert said in faults(tmp_path, old, new)


def test_too_many_fields_are_refused(tmp_path: Path) -> None:
    files = files_of(CNIPA)
    for place in range(61):
        more = f'[[fields]]\nid = "more{place}"\nlabel = "多"\ntexts = [{{ text = "多" }}]\n\n'
        files["online.toml"] += b"\n" + more.encode()
    with pytest.raises(PackFault, match="过多"):
        load(laid(tmp_path / "pack", files))


def test_a_step_that_has_no_web_form_is_told(tmp_path: Path) -> None:
    files = files_of(CNIPA)
    del files["online.toml"]
    said = "\n".join(str(fault) for fault in lint(laid(tmp_path / "pack", files)))
    assert "步骤“online”的 page 是 online，要有这个文件" in said


def test_another_address_is_the_first_thing_a_clerk_sees(tmp_path: Path) -> None:
    change = ("cponline.cnipa.gov.cn", "cponline.example.com")
    other = load(laid(tmp_path / "pack", files_of(CNIPA, change, file="online.toml")))
    found = differences(load(CNIPA), other)
    assert [(one.what, one.after, one.is_grave) for one in found] == [
        ("网上填报的网址", "cponline.example.com", True)
    ]
