"""What a backup would change of where the office's data go, in words."""

from collections.abc import Sequence

from db.daily import SECOND_PLACE
from db.leading_settings import PACK, PACKAGES_FOLDER, Leading, is_package, pack_of_address
from forms.ground.cleaning import visible

_WORDS = {
    SECOND_PLACE: "备份另存一份到",
    PACKAGES_FOLDER: "报送包保存到",
    PACK: "使用的表单包",
}
_LONGEST = 120


def told(settings: Sequence[Leading]) -> list[str]:
    """A line for each setting that differs; former packages are counted in one."""
    lines = [f"{_what(one.name)}：{_change(one)}" for one in settings if not is_package(one.name)]
    packages = sum(is_package(one.name) for one in settings)
    if packages:
        lines.append(f"以前的报送包所在的文件夹：{packages} 处与现在不同")
    return lines


def _what(name: str) -> str:
    code = pack_of_address(name)
    return _WORDS[name] if code is None else f"收件邮箱（{_shown(code)}）"


def _change(one: Leading) -> str:
    return f"现在 {_shown(one.now) or '无'}，备份中 {_shown(one.backup)}"


def _shown(text: str) -> str:
    line = " ".join(visible(text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
