"""A word where radicals were typed or pasted: they were turned into the letters they look like."""

from collections.abc import Mapping

from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t


def tell_turned(desk: Desk, field: str, letters: Mapping[str, str]) -> None:
    """Say which radicals of a field were turned into which letters."""
    pairs = "、".join(  # screens' fonts lack most radicals
        t("wizard.form.pair", old=f"U+{ord(old):04X}", new=new) for old, new in letters.items()
    )
    desk.notices.tell("advice", t("wizard.form.radicals", field=field, pairs=pairs))
