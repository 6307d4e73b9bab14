"""The columns of the list of lapsed rights of others that are watched (关注的失效专利)."""

from collections.abc import Mapping
from types import MappingProxyType

from forms.ground.cleaning import fold

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "number": "专利号",
        "title": "专利名称",
        "owner": "原专利权人",
        "lapsed_on": "失效日",
        "until": "可恢复至",
        "reason": "失效原因",
        "use": "拟用于",
        "notes": "备注",
    }
)
"""The headings by the record's facts, in the order of a sheet."""

_ALSO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "number": ("申请号", "公开号"),
        "title": ("名称", "发明名称", "发明创造名称"),
        "owner": ("专利权人", "权利人"),
        "lapsed_on": ("终止日", "失效日期"),
        "until": ("恢复期限",),
        "reason": ("法律状态", "原因"),
        "use": ("用途",),
    }
)
DAYS = ("lapsed_on", "until")


def known_headings() -> Mapping[str, str]:
    """Return the facts by the folded headings."""
    known = {fold(word): name for name, words in _ALSO.items() for word in words}
    return known | {fold(heading): name for name, heading in COLUMNS.items()}
