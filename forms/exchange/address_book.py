"""The address book (名册) as a workbook: written for other programs, read back from any order of
columns.  This module must not know the store or a screen.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO

import msgspec
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from forms.exchange.sheets import Sheet, UnreadableFile
from forms.facts.paths import value_at, with_value
from forms.facts.record import IdentityDocument, Party, PartyKind
from forms.facts.several_names import party_of
from forms.ground.cleaning import cell_text, clean_line, fold, narrow
from forms.ground.steady_archive import steady
from forms.ground.workbook_cells import put_text

SHEET = "名册"
KIND_WORDS: Mapping[PartyKind, str] = {"unit": "单位", "person": "个人"}
DOCUMENT_WORDS: Mapping[IdentityDocument, str] = {
    "credit_code": "统一社会信用代码",
    "resident_card": "居民身份证",
    "residence_permit": "港澳台居民居住证",
    "travel_permit": "来往内地（大陆）通行证",
    "passport": "护照",
    "permanent_residence": "外国人永久居留身份证",
    "foreign_registration": "境外登记证件",
    "other": "其他证件",
}
WORDS_OF: Mapping[str, Mapping[str, str]] = {
    "kind": {str(kind): word for kind, word in KIND_WORDS.items()},
    "document": {str(document): word for document, word in DOCUMENT_WORDS.items()},
}
"""The columns that are choices: what each value is called."""


class BookColumn(msgspec.Struct, frozen=True):
    """A column: the party's field, its header, other headers that mean it, its width."""

    path: str
    header: str
    words: tuple[str, ...] = ()
    width: float = 18


COLUMNS = (
    BookColumn("name", "名称", ("姓名", "姓名或者名称", "单位名称", "专利权人", "被许可人"), 32),
    BookColumn("kind", "单位或者个人", ("类型", "类别"), 14),
    BookColumn("document", "证件种类", ("证件类型",), 20),
    BookColumn("identity_number", "证件号码", ("统一社会信用代码", "公民身份号码", "身份证号"), 24),
    BookColumn("address", "住所地", ("地址", "住所"), 36),
    BookColumn("representative", "法定代表人", ("法人代表",)),
    BookColumn("contact", "联系人", ("联系人姓名",)),
    BookColumn("phone", "联系电话", ("电话", "手机")),
    BookColumn("email", "电子信箱", ("电子邮件", "电子邮箱", "邮箱"), 26),
    BookColumn("fax", "传真"),
    BookColumn("mailing_address", "通讯地址", ("通信地址",), 36),
    BookColumn("bank.name", "开户银行", ("开户行",), 28),
    BookColumn("bank.address", "开户银行地址", ("开户行地址",), 28),
    BookColumn("bank.account", "帐号", ("账号", "银行帐号", "银行账号"), 26),
)


class BookRead(msgspec.Struct, frozen=True):
    """What a workbook holds: the parties, and the rows (as Excel counts) without a name."""

    parties: tuple[Party, ...]
    nameless: tuple[int, ...]


def write_book(parties: Sequence[Party]) -> bytes:
    """The workbook, every cell text; the same bytes for the same parties."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    for place, column in enumerate(COLUMNS, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = column.width
        head = put_text(sheet, 1, place, column.header)
        head.font = Font(name="微软雅黑", bold=True)
        head.fill = PatternFill("solid", start_color="ECEAE4")
        for line, party in enumerate(parties, start=2):
            cell = put_text(sheet, line, place, _shown(party, column))
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "B2"
    book.properties.creator = ""
    out = BytesIO()
    book.save(out)
    return steady(out.getvalue())


def read_book(sheets: Sequence[Sheet]) -> BookRead:
    """The parties of a workbook.  Raises UnreadableFile where no sheet has a column of names."""
    for sheet in sheets:
        for top, row in enumerate(sheet.rows[:20]):
            columns = _understood([cell_text(cell) for cell in row])
            if "name" in columns.values():
                return _read(sheet, top, columns)
    file = sheets[0].file if sheets else ""
    headers = "、".join(column.header for column in COLUMNS[:4])
    raise UnreadableFile(f"“{file}”中没有“名称”一列，请补上。名册的列名为：{headers}等。")


def _read(sheet: Sheet, top: int, columns: Mapping[int, str]) -> BookRead:
    parties, nameless = [], []
    for line, row in enumerate(sheet.rows[top + 1 :], start=top + 2):
        texts = {
            path: clean_line(cell_text(row[place]))
            for place, path in columns.items()
            if place < len(row)
        }
        if not any(texts.values()):
            continue
        if not texts.get("name"):
            nameless.append(line)
            continue
        parties.append(_party(texts))
    return BookRead(tuple(parties), tuple(nameless))


def _party(texts: Mapping[str, str]) -> Party:
    party = party_of(texts["name"])
    for path, words in WORDS_OF.items():
        said = next((value for value, word in words.items() if word == texts.get(path)), None)
        party = with_value(party, path, said or value_at(party, path))
    for path, text in texts.items():
        if path != "name" and path not in WORDS_OF:
            is_number = path in ("identity_number", "phone", "email", "fax", "bank.account")
            party = with_value(party, path, narrow(text) if is_number else text)
    return party


def _understood(headers: Sequence[str]) -> dict[int, str]:
    known = {
        fold(word): column.path for column in COLUMNS for word in (*column.words, column.header)
    }
    found: dict[int, str] = {}
    for place, header in enumerate(headers):
        path = known.get(fold(header))
        if path is not None and path not in found.values():
            found[place] = path
    return found


def _shown(party: Party, column: BookColumn) -> str:
    value = value_at(party, column.path)
    words = WORDS_OF.get(column.path)
    return clean_line(str(value)) if words is None else words.get(value, "")
