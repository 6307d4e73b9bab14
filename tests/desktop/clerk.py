"""A clerk at the command line: fills workbooks, types commands, reads what comes back."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest

from desktop.command_line.cli import main
from tests.scans import one_page
from tools.develop.torture.jobs import ROW

TODAY = "2022-09-01"

GOOD: Mapping[str, str] = {
    "专利号": "ZL201810024046.5",
    "发明创造名称": "一种低温烧结陶瓷基板的制备方法",
    **ROW,
}
SECOND = {
    **GOOD,
    "专利号": "ZL201910055850.4",
    "发明创造名称": "抗冻融再生混凝土",
    "申请日": "2019-01-21",
}
FAULTY = {
    **GOOD,
    "专利号": "ZL201710601862.3",
    "申请日": "2017-07-21",
    "许可期限届满日": "2030年2月30日",
}


class Answer(msgspec.Struct, frozen=True):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Clerk:
    """Types commands on a store of their own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.db = folder / "数据" / "案卷.db"
        self.capsys = capsys

    def types(self, *words: object, today: str = TODAY) -> Answer:
        """Run a command; --db and --today are added unless the clerk says otherwise."""
        self.capsys.readouterr()
        code = main([*map(str, words), "--db", str(self.db), "--today", today])
        said = self.capsys.readouterr()
        assert "Traceback" not in said.err
        return Answer(code, said.out, said.err)

    def fills(self, *rows: Mapping[str, str], name: str = "专利.xlsx") -> Path:
        """Fill a workbook."""
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        heads = list(dict.fromkeys(head for row in rows for head in row))
        sheet.append(heads)
        for row in rows:
            sheet.append([row.get(head) for head in heads])
        path = self.folder / name
        book.save(path)
        return path

    def imports(self, *rows: Mapping[str, str]) -> None:
        """Fill a workbook and import it."""
        assert self.types("import", self.fills(*rows)).code == 0

    def scans(self, name: str = "扫描.pdf", content: bytes = one_page("sealed")) -> Path:
        """Scan a sealed paper."""
        path = self.folder / name
        path.write_bytes(content)
        return path

    def names(self, folder: str) -> list[str]:
        """The files of a folder the clerk looks into, by name."""
        return sorted(p.name for p in (self.folder / folder).rglob("*") if p.is_file())
