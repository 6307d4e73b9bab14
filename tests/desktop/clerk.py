"""A clerk at the command line: fills workbooks, types commands, reads what comes back."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest

from desktop.cli import main

TODAY = "2022-09-01"

GOOD: Mapping[str, str] = {
    "专利号": "ZL201810024046.5",
    "发明创造名称": "一种低温烧结陶瓷基板的制备方法",
    "专利权人": "示例大学",
    "申请日": "2018-01-10",
    "授权公告日": "2020-06-02",
    "专利法律状态": "有效",
    "单次许可期限": "3年",
    "开放范围": "全省",
    "许可期限届满日": "2030-12-31",
    "自行实施情况": "未自行实施",
    "许可他人情况": "未许可他人",
    "许可使用费方式": "免费",
    "收件人": "张喆",
    "联系地址": "湖北省武汉市洪山区示例路88号",
    "邮编": "430070",
    "联系电话": "027-68880001",
    "电子邮件": "licensing@example.edu.cn",
    "质押情况": "无",
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

    def scans(self, name: str = "扫描.pdf", content: bytes = b"%PDF-1.4 sealed") -> Path:
        """Scan a sealed paper."""
        path = self.folder / name
        path.write_bytes(content)
        return path

    def names(self, folder: str) -> list[str]:
        """The files of a folder the clerk looks into, by name."""
        return sorted(p.name for p in (self.folder / folder).rglob("*") if p.is_file())
