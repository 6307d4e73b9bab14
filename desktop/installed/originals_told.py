"""Which originals of a bureau's packages are not beside its data, in words: no backup holds any."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.store import Store

_MOST_NAMED = 3


def lacking_originals(store: "Store", folder: Path) -> list[str]:
    """Return the packages of a store, by their files' names, that are not in a folder of originals.

    Raises a StoreProblem.
    """
    from forms.bureau.originals import lacking
    from forms.bureau.records import PACKAGES

    return lacking(folder, (one.record for one in store.records.of(PACKAGES).listed()))


def told_lacking(names: Sequence[str], folder: Path) -> str:
    """Say which are lacking, the first by name, and what to do."""
    first = "、".join(f"“{one}”" for one in names[:_MOST_NAMED])
    others = f"等 {len(names)} 个" if len(names) > _MOST_NAMED else ""
    return (
        f"报送包{first}{others}的原件不在“{folder}”中。"
        "备份里没有原件，请把原来的 intake 文件夹整个复制到数据文件旁。"
    )
