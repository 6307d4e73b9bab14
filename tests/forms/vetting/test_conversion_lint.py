"""How a pack converts cases (conversion.toml) is bounded and makes sense, or it is refused."""

from pathlib import Path

import pytest

from forms.ground.locate import packs_folder
from forms.pack.load import PackFault, load
from forms.vetting.pack_changes import differences
from forms.vetting.pack_lint import lint
from tests.pack_files import files_of, laid

CNIPA = packs_folder() / "cnipa-2024"
FILE = "conversion.toml"
BARS_BEGIN = '[[bars]]\nlabel = "独占、排他许可有效期限内"'


def faults(tmp_path: Path, old: str, new: str) -> list[str]:
    folder = laid(tmp_path / "pack", files_of(CNIPA, (old, new), file=FILE))
    return [str(fault) for fault in lint(folder) if fault.file == FILE]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('before = ["{region}"]', 'before = ["{regions}"]', "没有名为 regions 的事项"),
        ('before = ["{region}"]', 'before = ["{region"]', "不成对"),
        ('paths = ["region"]', 'paths = ["regions"]', "没有名为 regions 的事项"),
        ('is = "instalments"', 'is = "parts"', "royalty.way 不会是 parts"),
        ('rule = "hold.in_force"', 'rule = "hold.up"', "没有“hold.up”这条规则"),
        ('"offer_end.past"', '"offer_end.gone"', "没有“offer_end.gone”这条规则"),
        ('becomes = "dropped"', 'becomes = "lost"', "应为"),
        ('basis = "指南 1"', 'basis = " "', "要写明依据"),
        ('label = "实施地域"', f'label = "{"长" * 50}"', "过长"),
        ('before = ["{region}"]', 'before = ["a", "b", "c"]', "至多两行"),
        ('hubei-2022 = "试点"', 'hubei-2022 = ""', "不能空着"),
        ('state = "needless"', 'state = "maybe"', "应为"),
        ("[licences]", "[licence]", "没有这个键"),
    ],
)
def test_each_fault_is_told_with_its_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    found = faults(tmp_path, old, new)
    assert any(said in one for one in found), found


def test_too_many_items_are_refused(tmp_path: Path) -> None:
    more = "".join(f'\n[[items]]\nlabel = "第{n}项"\nbecomes = "kept"\n' for n in range(120))
    folder = laid(tmp_path / "pack", files_of(CNIPA, (BARS_BEGIN, more + BARS_BEGIN), file=FILE))
    with pytest.raises(PackFault, match="过多"):
        load(folder)


def test_a_pack_need_not_convert_anything(tmp_path: Path) -> None:
    files = files_of(CNIPA)
    del files[FILE]
    folder = laid(tmp_path / "pack", files)
    assert [fault for fault in lint(folder) if fault.file == FILE] == []
    assert load(folder).conversion is None


def test_a_bar_that_is_no_more_asked_is_grave(tmp_path: Path) -> None:
    change = (BARS_BEGIN, '[[bars]]\nlabel = "许可"')
    other = load(laid(tmp_path / "pack", files_of(CNIPA, change, file=FILE)))
    gone = next(one for one in differences(load(CNIPA), other) if "转换时核对" in one.what)
    assert gone.is_grave
    assert "独占、排他许可有效期限内" in gone.before + gone.after
