"""Read a package without a manifest, as far as it goes: PDFs and perhaps a table of the patents.

The table (汇总表, a list of any heading that an import takes) gives the cases, its head the unit;
files are told to be of a case by the number or the title in their names.  A number that only a
file's name has makes a case of that number alone.  The rest is for the hand (无清单，已识别).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from forms.bureau.package_reading import (
    Held,
    Read,
    bounded,
    contents_sha256,
    is_number,
)
from forms.bureau.records import CasePaper, Fault, Package, PackageCase, PackageFile, Sender
from forms.exchange.import_plan import plan
from forms.exchange.mail import plain_line
from forms.exchange.package_cases import carried, content_sha256
from forms.exchange.package_manifest import MANIFEST_NAME
from forms.exchange.parcels import Parcel
from forms.exchange.sheets import MAX_FILE_BYTES, Sheet, UnreadableFile
from forms.exchange.workbook_reader import read_content
from forms.exchange.zip_reading import UnreadableZip
from forms.facts.derived import number_text
from forms.facts.patent_number import parse
from forms.facts.record import Case, Patent
from forms.office.paper_making import sealed_papers
from forms.office.scan_names import Candidate, matched
from forms.pack.types import Pack

_TABLES = (".xlsx", ".xls", ".et", ".ods", ".csv")
_PRINTED = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".docx", ".doc", ".wps")
_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:ZL)?\s?([0-9]{12})\.?([0-9Xx])(?![0-9])", re.IGNORECASE)
_RUN = re.compile(r"[0-9]{8,14}")
_MOST_COMPARED = 400_000  # names with titles: a second
_HEAD_ROWS = 12
_HEADS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(
        rf"(?:{words})(?:[（(][^（）()]*[）)])?\s*[:：]\s*(\S[^:：\n]*?)(?=\s{{2,}}|\u3000|$)"
    )
    for name, words in {
        "office": "单位名称|填报单位|报送单位|申报单位",
        "name": "联系人",
        "phone": "联系电话|电话",
    }.items()
}
_NO_MANIFEST = "没有清单，从{}识别 {} 件，请逐件核对后再送审核。"
_NOTHING = "没有清单，也没有识别出专利号，请用手工登记。"


def read_foreign(parcel: Parcel, held: Mapping[str, Held], pack: Pack) -> Read:
    """Read a parcel by a pack's words."""
    listed, head, faults = _of_tables(held, pack)
    named = [_of_name(number, pack) for number in _numbers_in_names(held, listed)]
    cases = [
        PackageCase(
            office=head.get("office", ""),
            place=place,
            case=case,
            content_sha256=content_sha256(case),
            read_from="summary" if place <= len(listed) else "names",
        )
        for place, case in enumerate([*listed, *named], 1)
    ]
    files, cases = _shared_out(held, cases, pack)
    faults += _told(cases)
    if not head.get("office"):
        message = "未能从汇总表识别单位名称，请填写。"
        faults.append(Fault(code="office", where="单位名称", message=message))
    sender = msgspec.structs.replace(_sender(head), email=parcel.sender)
    return Read(
        package=Package(
            office=head.get("office", ""),
            sender=sender,
            pack_code=pack.identity.code,
            pack_version=pack.identity.version,
            source=_line(parcel.source, 500),
            channel=parcel.channel,
            contents_sha256=contents_sha256(held),
            root=parcel.root,
            size=sum(one.size for one in held.values()),
            faults=bounded(faults),
            files=tuple(files),
            cases=len(cases),
        ),
        cases=tuple(cases),
    )


def completed_by_table(
    held: Mapping[str, Held], known: Sequence[PackageCase], pack: Pack
) -> tuple[tuple[PackageCase, ...], Sender]:
    """Return the cases that a manifest only names, with what the table says; and of the unit."""
    listed, head, _ = _of_tables(held, pack)
    by_number = {number_text(case): case for case in listed}
    completed = []
    for one in known:
        case = by_number.get(one.number, one.case)
        read_from: Literal["summary", "names"] = "summary" if case is not one.case else "names"
        completed.append(
            msgspec.structs.replace(
                one, case=case, content_sha256=content_sha256(case), read_from=read_from
            )
        )
    return tuple(completed), _sender(head)


def _sender(head: Mapping[str, str]) -> Sender:
    return Sender(name=head.get("name", ""), phone=head.get("phone", ""))


def _of_tables(
    held: Mapping[str, Held], pack: Pack
) -> tuple[list[Case], dict[str, str], list[Fault]]:
    """The cases that the tables among some files make, what their heads say, what is unreadable."""
    faults: list[Fault] = []
    sheets: list[Sheet] = []
    for path, one in held.items():
        if path.lower().endswith(_TABLES) and one.size <= MAX_FILE_BYTES:
            try:
                sheets += read_content(one.entry.content(), path.rpartition("/")[2])
            except (UnreadableFile, UnreadableZip) as fault:
                faults.append(Fault(code="case", where=_line(path), message=_line(str(fault), 500)))
    return [carried(case, pack) for case in _of_rows(sheets, pack)], _head(sheets), faults


def _of_rows(sheets: Sequence[Sheet], pack: Pack) -> list[Case]:
    """The cases that the rows of some tables make; tables of other things make none."""
    try:
        planned = plan(sheets, pack, ()) if sheets else None
    except UnreadableFile:
        return []
    rows = planned.rows if planned else ()
    found: dict[str, Case] = {}
    for place, row in enumerate(rows):
        if row.action == "new":  # the summary is often there twice, in two formats
            found.setdefault(number_text(row.case) or f"#{place}", row.case)
    return list(found.values())


def _head(sheets: Sequence[Sheet]) -> dict[str, str]:
    """What the head of a summary says of the unit."""
    found: dict[str, str] = {}
    for sheet in sheets:
        for row in sheet.rows[:_HEAD_ROWS]:
            for cell in row:
                for name, words in _HEADS.items():
                    if isinstance(cell, str) and (match := words.search(cell[:500])):
                        found.setdefault(name, _line(match[1].strip("_ \u3000")))
    return {name: text for name, text in found.items() if text}


def _numbers_in_names(held: Mapping[str, Held], listed: Sequence[Case]) -> list[str]:
    known = {number_text(case) for case in listed}
    found: dict[str, None] = {}
    for path in held:
        if path.lower() == MANIFEST_NAME or not path.lower().endswith(_PRINTED):
            continue
        for match in _NUMBER.finditer(path):
            text = f"ZL{match[1]}.{match[2].upper()}"
            if is_number(text) and parse(text).text not in known:
                found[parse(text).text] = None
    return list(found)


def _of_name(number: str, pack: Pack) -> Case:
    return Case(pack=pack.identity.code, patent=Patent(number=number))


def _shared_out(
    held: Mapping[str, Held], cases: Sequence[PackageCase], pack: Pack
) -> tuple[list[PackageFile], list[PackageCase]]:
    """Give each printed file to the case and the paper that its name tells."""
    find = _Finder(cases, pack, len(held))
    papers: dict[int, list[CasePaper]] = {}
    files: list[PackageFile] = []
    for path, one in held.items():
        is_printed = path.lower().endswith(_PRINTED)
        place, code = find.of(path) if is_printed else (-1, "")
        files.append(
            PackageFile(
                name=_line(path),
                found=one.sha256,
                size=one.size,
                paper=code,
                patent_number=cases[place].number if place >= 0 else "",
            )
        )
        if place >= 0:
            title = pack.papers[code].title if code else ""
            papers.setdefault(place, []).append(
                CasePaper(paper=code, title=title, file=_line(path), sha256=one.sha256)
            )
    return files, [
        msgspec.structs.replace(one, papers=tuple(papers.get(place, ())))
        for place, one in enumerate(cases)
    ]


class _Finder:
    """Finds the case and the paper that a file's name tells: by the number, else by the title.

    Titles are looked for in all cases, so only where these and the files are not too many.
    """

    def __init__(self, cases: Sequence[PackageCase], pack: Pack, files: int) -> None:
        self.by_digits: dict[str, list[Candidate[tuple[int, str]]]] = {}
        self.all: list[Candidate[tuple[int, str]]] = []
        for place, one in enumerate(cases):
            digits = _digits(one.number)
            some = [
                Candidate(
                    key=(place, paper.code),
                    digits=digits,
                    paper=paper.title,
                    title=one.case.patent.title,
                    stem=f"{one.number} {paper.title}",
                )
                for paper in sealed_papers(pack, one.case)
            ]
            self.all += some
            if digits:
                self.by_digits.setdefault(digits, []).extend(some)
        if len(self.all) * files > _MOST_COMPARED:
            self.all = []

    def of(self, path: str) -> tuple[int, str]:
        """The case by its place (-1: none is told) and the paper's code ("": none is told)."""
        found = {
            run[:length]
            for run in _RUN.findall(re.sub(r"[\W_]", "", path))
            for length in (12, 8)
            if run[:length] in self.by_digits
        }
        if not found:
            return matched(path, self.all) or (-1, "")
        some = [candidate for digits in found for candidate in self.by_digits[digits]]
        places = {candidate.key[0] for candidate in some}
        alone = (places.pop(), "") if len(places) == 1 else (-1, "")
        return matched(path, some) or alone


def _digits(number: str) -> str:
    return parse(number).digits if is_number(number) else ""


def _told(cases: Sequence[PackageCase]) -> Iterator[Fault]:
    if not cases:
        yield Fault(code="no_manifest", where="清单", message=_NOTHING)
        return
    ways = {"summary": "汇总表", "names": "文件名称"}
    used = "和".join(words for way, words in ways.items() if any(c.read_from == way for c in cases))
    yield Fault(code="no_manifest", where="清单", message=_NO_MANIFEST.format(used, len(cases)))
    for one in cases:
        if not is_number(one.number):
            where = _line(one.number or one.case.patent.title or f"第 {one.place} 件")
            message = f"{where}没有可以识别的专利号，请核对。"
            yield Fault(
                code="number", where=where, message=message, patent_number=_line(one.number)
            )
        elif not one.papers:
            message = f"{one.number} 没有找到对应的扫描件。"
            yield Fault(code="seal", where=one.number, message=message, patent_number=one.number)


def _line(text: str, longest: int = 200) -> str:
    return plain_line(text)[:longest]
