"""The list of what a web form asks of cases, as a table for a colleague: PDF and workbook."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from forms.facts.amounts import chinese_date
from forms.office.online_form import OnlineRow, RowState
from forms.office.online_uploads import Upload, UploadState
from forms.pack import language as lang
from forms.pack.online import Online
from forms.paper import document as doc

CODE = "online_list"
TITLE = "网上填报清单"

ROW_WORDS: dict[RowState, str] = {
    "missing": "未填",
    "blank": "没有，不填",
    "todo": "未复制",
    "copied": "已复制",
    "changed": "值已改，请再复制",
    "ticked": "已勾选",
}
UPLOAD_WORDS: dict[UploadState, str] = {
    "ready": "已备齐",
    "printable": "随文件夹生成",
    "unwritten": "还不能生成，请先写好",
    "unmade": "尚未打印签章",
    "unsealed": "尚未签章",
    "stale": "签章后有改动，须重新签章",
    "wanting": "待放入文件",
    "optional": "不是必须",
    "not_needed": "不需要",
    "too_large": "超过大小限制",
}
_LONGEST_ON_PAPER = 160  # characters of a value; the whole of it stands in the workbook
_CELL = lang.Type(role="song", size_pt=9.5, leading_pt=13.5, answer_role="song")
_HEAD = lang.Type(role="fangsong", size_pt=11, leading_pt=17)
_HEADER = lang.Type(role="heading", size_pt=10, leading_pt=13.2)
_COLUMNS = (
    lang.Column(header="专利号", text="", width_mm=33, align="left"),
    lang.Column(header="网页的栏目", text="", width_mm=41, align="left"),
    lang.Column(header="填写的内容", text="", width_mm=72, align="left"),
    lang.Column(header="状态", text="", width_mm=24, align="left"),
)
_PAGE = lang.Page(
    left_mm=20, right_mm=20, top_mm=20, first_top_mm=44, bottom_mm=18, number_pt=9, number_mm=10
)


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A case on the list."""

    number: str
    rows: tuple[OnlineRow, ...]
    uploads: tuple[Upload, ...]


def listed(
    forms: Sequence[Online], cases: Sequence[Listed], today: date, *, whole: bool = False
) -> doc.Document:
    """Return the list of cases for their web forms; long values are cut short unless `whole`."""
    named = "；".join(f"{online.name}　{online.address}" for online in forms)
    head = f"{named}　{chinese_date(today)}"
    table = lang.Table(
        columns=_COLUMNS,
        head_at_mm=38,
        head_mm=170,
        next_title=f"{TITLE}（续）",
        header_pt=24,
        row_min_pt=22,
        row_pad_pt=6,
        seal_mm=15,
        frame_pt=1,
    )
    return doc.Document(
        code=CODE,
        title=TITLE,
        label="",
        number="",
        page=_PAGE,
        blocks=(
            doc.Title(spec=lang.Title(text=TITLE, size_pt=18, at_mm=26), text=TITLE),
            doc.Table(
                spec=table,
                head=doc.Paragraph(inlines=_words(head), type=_HEAD, align="left"),
                type=_CELL,
                header_type=_HEADER,
                rows=tuple(_rows(cases, whole=whole)),
            ),
        ),
    )


def _rows(cases: Sequence[Listed], *, whole: bool) -> Iterator[tuple[doc.Inlines, ...]]:
    for case in cases:
        for row in case.rows:
            value = row.value or row.help
            if row.lacks:
                value = f"未填：{'、'.join(row.lacks)}"
            yield _cells(case.number, row.label, value, ROW_WORDS[row.state], whole=whole)
        for upload in case.uploads:
            if upload.state == "not_needed":
                continue
            value = upload.name if upload.files else upload.help
            label = f"附件：{upload.label}"
            yield _cells(case.number, label, value, UPLOAD_WORDS[upload.state], whole=whole)


def _cells(
    number: str, label: str, value: str, state: str, *, whole: bool
) -> tuple[doc.Inlines, ...]:
    if not whole and len(value) > _LONGEST_ON_PAPER:
        value = f"{value[:_LONGEST_ON_PAPER]}…（共 {len(value)} 字，全文见电子表格）"
    return tuple(_words(text) for text in (number, label, value, state))


def _words(text: str) -> doc.Inlines:
    """A text of lines as a cell holds it."""
    inlines: list[doc.AnyInline] = []
    for place, line in enumerate(text.split("\n")):
        if place:
            inlines.append(doc.Break())
        if line:
            inlines.append(doc.Run(text=line))
    return tuple(inlines)
