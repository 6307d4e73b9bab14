"""No answer becomes markup, a formula, a header, a path, a link or a script in any output."""

from __future__ import annotations

import io
import json
import re
import zipfile
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pikepdf
import pypdfium2
import pytest

from forms.facts.patent_number import check_character
from tests.desktop.clerk import GOOD, Clerk
from tests.scans import one_page

PAYLOADS = (
    '=HYPERLINK("http://203.0.113.1/x","点")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd",
    "@SUM(1+1)*cmd",
    "<b onclick='x'>粗</b>&amp;&lt;",
    "<script>alert(1)</script>",
    '<para><img src="http://203.0.113.1/x.png"/><a href="file:///etc">x</a></para>',
    "{patent.number}{contact.phone}{{x}}{0.__class__}",
    "甲\r\nBcc: spy@example.org\r\nContent-Type: text/html\r\n\r\n<html>",
    "../../../../etc/passwd",
    "C:\\Windows\\CON",
    "\\\\203.0.113.1\\share\\x",
    "表\u202efdp.exe",
    "表\u200b\u2066藏\u2069",
    "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "%n%s%00%2e%2e/&P&N&[文件]",
    "[点](javascript:alert(1)) \\href{x} $(id) `id`",
    ") Tj /JS (app.alert(1)) /URI (http://203.0.113.1) <<",
)
TEXTS = [
    *(
        "发明创造名称",
        "专利权人",
        "专利法律状态",
        "收件人",
        "联系地址",
        "邮编",
        "联系电话",
        "电子邮件",
    ),
    *("发明人", "自行实施时间", "自行实施范围", "自行实施方式", "开放范围", "其他约定"),
]
CHECKED = ("邮编", "联系电话", "电子邮件", "发明创造名称", "专利法律状态")
TURNS = "[\u202a-\u202e\u2066-\u2069]"
FORBIDDEN_IN_PDF = {
    *("/JS", "/JavaScript", "/URI", "/Launch", "/OpenAction", "/AA", "/EmbeddedFile", "/A"),
    *("/GoToR", "/SubmitForm", "/ImportData", "/RichMedia", "/XFA", "/Annots"),
}


def number_of(place: int) -> str:
    digits = f"20181{place:07d}"
    return f"ZL{digits}.{check_character(digits)}"


def hostile_rows() -> list[dict[str, object]]:
    """As many cases as payloads; each answer of text gets each payload once."""
    rows = []
    for place in range(len(PAYLOADS)):
        row = {**GOOD, "专利号": number_of(place), "自行实施情况": "自行实施"}
        for at, head in enumerate(TEXTS):
            if place % 2 and head in CHECKED:
                continue  # every second case has no error and is submitted
            row[head] = PAYLOADS[(place + at) % len(PAYLOADS)]
        rows.append(row)
    return rows


def hostile_licence(place: int) -> dict[str, object]:
    texts = iter(PAYLOADS[place:] + PAYLOADS[:place])
    party = ("name", "identity_number", "address", "representative", "contact", "phone", "email")
    own = ("manner", "scope", "term", "penalty", "benefit_sharing", "other_matters")
    return {
        "licensee": {name: next(texts) for name in party},
        "bank": {name: next(texts) for name in ("name", "address", "account")},
        **{name: next(texts) for name in own},
        "termination_grounds": list(PAYLOADS),
    }


@pytest.fixture
def made(clerk: Clerk) -> Clerk:
    """All papers in all formats and a package, of answers that are hostile throughout."""
    clerk.imports(*hostile_rows())
    clerk.types(
        "office",
        "set",
        *(
            f"--{n}={PAYLOADS[i]}"
            for i, n in enumerate(("name", "contact", "phone", "region", "email"))
        ),
    )
    for place in range(4):
        file = clerk.folder / "许可.json"
        file.write_text(json.dumps(hostile_licence(place * 4)), encoding="utf-8")
        assert clerk.types("license", "add", number_of(place), file).code == 0
    formats = ("--format", "pdf", "--format", "docx", "--format", "xlsx")
    for papers in (["info"], ["consent"], ["contract"], ["summary"]):
        words = [word for paper in papers for word in ("--paper", paper)]
        known = {"contract": formats[:4], "summary": (*formats[:2], *formats[4:])}
        answer = clerk.types(
            "export", *words, *known.get(papers[0], formats[:2]), "--out", clerk.folder / "文书"
        )
        assert answer.code in (0, 1), answer.err
        assert "意外情况" not in answer.err
        harmless(answer.out + answer.err)
    attached = clerk.folder / "=措施 (1).pdf"
    attached.write_bytes(one_page())
    answer = clerk.types(
        "submit", "--skip-faulty", "--out", clerk.folder / "报送", "--attach", attached
    )
    assert answer.code in (0, 1), answer.err
    harmless(answer.out + answer.err)
    return clerk


def harmless(text: str) -> None:
    """Nothing that drives a terminal or turns text around."""
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def files(clerk: Clerk, end: str) -> list[Path]:
    found = sorted((clerk.folder).rglob(f"*{end}"))
    return [
        path for path in found if path.parent.name not in ("数据",) and path.name != "专利.xlsx"
    ]


def test_no_answer_becomes_anything_but_words(made: Clerk) -> None:
    pdfs = [path for path in files(made, ".pdf") if path.stat().st_size > 100]
    assert len(pdfs) > 3 * len(PAYLOADS) / 2
    for path in pdfs:
        _pdf_is_plain(path)
    for path in files(made, ".docx"):
        _docx_is_plain(path)
    for path in files(made, ".xlsx"):
        _xlsx_is_plain(path)
    assert len(files(made, ".docx")) == 4 and len(files(made, ".xlsx")) >= 1
    _names_are_plain(made)
    for path in files(made, ".eml"):
        _mail_is_plain(path)
    for path in files(made, "manifest.json"):
        json.loads(path.read_text(encoding="utf-8"))
    assert not list(made.folder.parent.glob("passwd"))
    _words_are_printed_as_they_were_typed(made)


def _pdf_is_plain(path: Path) -> None:
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
                keys = set(thing.keys())
                if "/A" in keys and "/O" in thing.A and "/S" not in thing.A:
                    keys.remove("/A")  # the attributes of an element that is read out, no action
                assert not FORBIDDEN_IN_PDF & keys, (path.name, keys)


def _words_are_printed_as_they_were_typed(made: Clerk) -> None:
    words = ""
    for path in (made.folder / "文书").glob("*信息表*.pdf"):
        with pypdfium2.PdfDocument(path) as pdf:
            words += "".join(page.get_textpage().get_text_bounded() for page in pdf)
    bare = re.sub(r"\s", "", words)
    for text in (
        "<script>alert(1)</script>",
        "&amp;&lt;",
        "{patent.number}",
        "../../../../etc/passwd",
    ):
        assert text in bare


def _docx_is_plain(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not re.search(TURNS, parts["word/document.xml"].decode())
    for name, part in parts.items():
        assert not name.startswith(("/", "\\")) and ".." not in name
        if name.endswith((".xml", ".rels")):
            tree = ElementTree.fromstring(part)
            tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
            assert not tags & {"hyperlink", "script", "object", "OLEObject", "altChunk"}, name
            modes = [e.get("TargetMode") for e in tree.iter() if e.tag.endswith("Relationship")]
            assert "External" not in modes, name
            for element in tree.iter():
                if element.tag.endswith("instrText"):
                    assert (element.text or "").strip() in ("PAGE", "NUMPAGES")


def _xlsx_is_plain(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert not re.search(TURNS, str(cell.value or ""))
                assert cell.data_type in ("s", "n") and cell.hyperlink is None
                counts = cell.column == 1 and isinstance(cell.value, int)  # the rows', no answer
                assert cell.data_type == "s" or cell.value is None or counts
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert not any("external" in name.lower() for name in archive.namelist())
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name) and b"hyperlink" not in archive.read(name)


def _names_are_plain(made: Clerk) -> None:
    out = [path for folder in ("文书", "报送") for path in (made.folder / folder).rglob("*")]
    names = [path.name for path in out]
    for path in files(made, ".zip"):
        with zipfile.ZipFile(path) as archive:
            assert not any("/" in name or "\\" in name for name in archive.namelist())
            names += archive.namelist()
    for name in names:
        harmless(name)
        assert not re.search(r'[<>:"/\\|?*{}]|\.\.', name.replace("{", "").replace("}", "")), name
        assert not name.startswith(("=", "+", "-", "@", ".", "~", " ")), name
        assert not re.search("[\u200b-\u200f\u2028-\u202f\u2060-\u206f]", name), name
        assert not name.endswith((".", " ")) and len(name.encode()) <= 255


def _mail_is_plain(path: Path) -> None:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert {key.lower() for key in message} == {
        *("subject", "to", "date", "x-unsent", "mime-version", "content-type"),
    }
    assert message["To"] == "dingwei@hbipo.gov.cn"
    kinds = {part.get_content_type() for part in message.walk()}
    assert "text/html" not in kinds and "message/rfc822" not in kinds
    for part in message.iter_attachments():
        harmless(part.get_filename() or "")
        assert not set("/\\\r\n") & set(part.get_filename() or "")
    body = message.get_body()
    assert body is not None
    harmless(str(body.get_content()).replace("\r", ""))
