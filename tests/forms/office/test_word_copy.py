"""The other party sends the contract back in Word: what it says otherwise is shown."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from docx import Document as open_document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from forms.facts.record import Case, Licence, Office, Party, Patent
from forms.ground.for_the_clerk import ForTheClerk
from forms.ground.locate import packs_folder
from forms.office.paper_making import composed, written
from forms.office.word_copy import WordDifference, differences_of
from forms.pack.load import load

PACK = load(packs_folder() / "hubei-2022")
OFFICE = Office(name="示例大学")
CASE = Case(
    patent=Patent(number="ZL202110345678.3", title="桥梁裂缝检测方法"),
    owners=(Party(name="示例大学", kind="unit", address="武汉市示例路 88 号"),),
)
LICENCE = msgspec.json.decode((PACK.folder / "sample-licence.json").read_bytes(), type=Licence)

Change = Callable[[object], None]


@cache
def ours() -> bytes:
    document = composed(PACK, PACK.papers["contract"], CASE, OFFICE, licence=LICENCE)
    return written(document, "docx", PACK)


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """Our contract as it was sent to the licensee."""
    file = tmp_path / "合同.docx"
    file.write_bytes(ours())
    return file


def found(file: Path, licence: Licence = LICENCE) -> tuple[WordDifference, ...]:
    return differences_of(PACK, CASE, licence, OFFICE, file)


def retyped(file: Path, old: str, new: str) -> None:
    """Type something else into the one paragraph that says `old`."""
    word = open_document(str(file))
    (paragraph,) = (p for p in word.paragraphs if old in p.text)
    text = paragraph.text.replace(old, new)
    for run in paragraph.runs[1:]:
        run.text = ""
    paragraph.runs[0].text = text
    word.save(str(file))


def test_what_came_back_untouched_says_the_same(sent: Path) -> None:
    assert found(sent) == ()


def test_an_amount_that_was_changed_is_shown_under_its_article(sent: Path) -> None:
    retyped(sent, "制造、使用、销售", "制造、使用")
    (one,) = found(sent)
    assert (one.change, one.where) == ("changed", "第三条")
    assert "制造、使用、销售" in one.ours and "制造、使用、销售" not in one.theirs


def test_a_clause_that_was_added_and_one_left_out_are_told_apart(sent: Path) -> None:
    word = open_document(str(sent))
    (last,) = (p for p in word.paragraphs if "双方签字盖章后生效" in p.text)
    last.insert_paragraph_before("许可人应当免费提供全部后续改进技术的源代码和图纸资料。")
    (gone,) = (p for p in word.paragraphs if "依法向人民法院起诉" in p.text)
    gone._p.getparent().remove(gone._p)
    word.save(str(sent))
    assert [(one.change, one.where) for one in found(sent)] == [
        ("left_out", "第十一条"),
        ("added", "第十四条"),
    ]


def test_content_controls_speak_with_what_was_chosen_not_with_their_prompt(sent: Path) -> None:
    word = open_document(str(sent))
    (bank,) = (p for p in word.paragraphs if p.text.startswith("开户银行"))
    name = bank.text.partition("：")[2].strip()
    for run in bank.runs[1:]:
        run._r.getparent().remove(run._r)
    bank.runs[0].text = "开户银行："
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent><w:r><w:t>{name}</w:t></w:r>"
        "</w:sdtContent></w:sdt>"
    )
    prompt = (
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        "<w:r><w:t>单击此处输入文字</w:t></w:r></w:sdtContent></w:sdt>"
    )
    bank._p.append(parse_xml(control))
    bank._p.append(parse_xml(prompt))
    word.save(str(sent))
    assert found(sent) == ()


def test_tracked_changes_count_as_they_would_stand(sent: Path) -> None:
    word = open_document(str(sent))
    (paragraph,) = (p for p in word.paragraphs if "依法向人民法院起诉" in p.text)
    inserted = f"<w:ins {nsdecls('w')} w:id='1'><w:r><w:t>，由被告所在地管辖</w:t></w:r></w:ins>"
    struck = f"<w:del {nsdecls('w')} w:id='2'><w:r><w:delText>仅此一次</w:delText></w:r></w:del>"
    paragraph._p.append(parse_xml(inserted))
    paragraph._p.append(parse_xml(struck))
    word.save(str(sent))
    (one,) = found(sent)
    assert one.theirs.endswith("，由被告所在地管辖")


def test_blanks_and_the_shape_of_ticks_do_not_count(sent: Path) -> None:
    word = open_document(str(sent))
    for paragraph in word.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("☑", "☒").replace("\u00a0", " ")
    word.save(str(sent))
    assert found(sent) == ()


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 150_000_000 + b"</a>")
    return out.getvalue()


def holding(xml: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", xml)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"%PDF-1.7", "不是 Word 文件"),
        (lambda: b"\xd0\xcf\x11\xe0 old Word", "不是 Word 文件"),
        (lambda: b"PK\x03\x04 broken", "已损坏"),
        (bomb, "过大"),
        (lambda: holding(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "已损坏"),
        (lambda: holding(b"<a><b></a>"), "已损坏"),
        (lambda: holding(b"<a>" * 100_000), "已损坏"),
    ],
    ids=["pdf", "doc", "broken", "bomb", "entity", "unclosed", "deep"],
)
def test_what_is_no_contract_in_word_is_refused_in_words(
    tmp_path: Path, make: Callable[[], bytes], said: str
) -> None:
    file = tmp_path / "来件.docx"
    file.write_bytes(make())
    with pytest.raises(ForTheClerk, match=said):
        found(file)
