"""The user's guide as it ships: Markdown, one heading a task."""

from pathlib import Path

from forms.ground.locate import resources

_NAME = "user-guide.zh-CN.md"


def guide_file() -> Path:
    """The guide: beside the packs in a frozen build, in `docs` in the source tree."""
    shipped = resources() / "docs" / _NAME
    return shipped if shipped.is_file() else resources().parent / "docs" / _NAME


def tasks(markdown: str) -> list[str]:
    """The headings of the guide's tasks, in order."""
    return [line[3:].strip() for line in markdown.splitlines() if line.startswith("## ")]
