"""The files of an issue: one value in many forms, harmless whatever a stranger typed."""

import csv
import errno
import json
import os
from datetime import date
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import msgspec
import openpyxl
import pytest

from forms.bureau.publication import Candidate, Publication, publication
from forms.bureau.publication_choice import Choice
from forms.bureau.publication_plan import find_plan
from forms.bureau.publish import NothingToPublish, make_files
from forms.facts.record import Case, Party
from forms.ground.files import CannotWrite
from forms.ground.locate import packs_folder
from forms.office.store import CannotDo
from forms.output.published_data import data_book, data_csv, data_json, data_schema, feed
from forms.output.site import site_files
from forms.pack.load import load
from tests.forms.bureau.made_cases import candidates, case_of

PLAN = find_plan()
DAY = date(2026, 12, 1)
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{main}}"
FORMULA = '=HYPERLINK("http://example.com","点这里")'


def issue(count: int, *more: Case) -> Publication:
    some = [*candidates(count), *(Candidate(case, "示例大学") for case in more)]
    first = publication(candidates(2), PLAN, Choice(), date(2026, 9, 1)).issue()
    return publication(some, PLAN, Choice(), DAY, [first])


def spoiled(text: str, place: int = 900) -> Case:
    case = case_of(place, region=text, other_terms=text, owners=(Party(name=text, kind="unit"),))
    contact = msgspec.structs.replace(case.contact, name=text, email="javascript:alert(1)@x.cn")
    patent = msgspec.structs.replace(case.patent, number=f"ZL{text}", title=text, main_class=text)
    return msgspec.structs.replace(case, patent=patent, contact=contact)


def site(found: Publication) -> dict[str, bytes]:
    return dict(site_files(found.published, b"book", b"contract"))


class Page(HTMLParser):
    """What a page has: tags with their attributes, in order."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_data_keep_to_their_schema() -> None:
    found = issue(40).published
    data, schema = json.loads(data_json(found)), json.loads(data_schema(found))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    assert data["count"] == len(data["patents"]) == 40
    one = data["patents"][0]
    assert one["contact"]["phone"].startswith("027-8700")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data | {"patents": [one | {"bank": "6222"}]}, schema)


def test_every_form_has_every_patent() -> None:
    found = issue(120).published
    numbers = [patent.number for patent in found.patents]
    files = site(issue(120))
    rows = list(csv.reader(StringIO(data_csv(found).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == numbers
    book = openpyxl.load_workbook(BytesIO(data_book(found)))
    assert [cell.value for cell in book["公布"]["B"]][1:] == numbers
    plain = [Page(files[f"list/{page:04d}.html"]) for page in (1, 2)]
    told = [given.get("id") for page in plain for tag, given in page.tags if tag == "article"]
    assert told == numbers
    script = files["data.js"].decode().removeprefix("window.PUBLISHED = ").removesuffix(";\n")
    lines = json.loads(script)["rows"].split("\n")
    assert [line.split("\t")[0] for line in lines] == numbers


def test_same_input_same_bytes() -> None:
    assert site(issue(30)) == site(issue(30))
    assert data_book(issue(30).published) == data_book(issue(30).published)


def test_nothing_is_fetched_from_elsewhere() -> None:
    for name, content in site(issue(3)).items():
        if not name.endswith(".html"):
            continue
        for tag, given in Page(content).tags:
            for where in (given.get("src"), given.get("href")):
                assert not (where or "").startswith(("//", "http")), (name, tag, where)
        policy = next(
            given["content"]
            for tag, given in Page(content).tags
            if given.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy is not None
        assert policy.startswith("default-src 'none'; script-src 'self';")


@pytest.mark.parametrize("text", [HOSTILE, "a\u2028b</title>", "<!--", "javascript:alert(1)"])
def test_markup_in_a_name_stays_text(text: str) -> None:
    files = site(issue(1, spoiled(text)))
    honest = site(issue(1, case_of(900)))
    for name in ("index.html", "list/0001.html", "issues.html"):
        page, usual = Page(files[name]), Page(honest[name])
        assert {tag for tag, _ in page.tags} == {tag for tag, _ in usual.tags}, name
        for _, given in page.tags:
            assert not any(key.startswith("on") for key in given)
            assert not (given.get("href") or "").startswith("javascript")
    assert b"<" not in files["data.js"]
    assert ElementTree.fromstring(files["feed.xml"]) is not None


def test_a_formula_in_a_name_stays_text() -> None:
    found = issue(0, spoiled(FORMULA)).published
    (row,) = list(csv.reader(StringIO(data_csv(found).decode("utf-8-sig"))))[1:]
    assert not any(cell.startswith("=") for cell in row)
    sheet = openpyxl.load_workbook(BytesIO(data_book(found)))["公布"]
    assert {cell.data_type for cell in sheet[2] if cell.value == FORMULA} == {"s"}


def test_the_feed_names_each_change_once() -> None:
    tree = ElementTree.fromstring(feed(issue(4).published))
    names = [one.text for one in tree.iter("{http://www.w3.org/2005/Atom}id")]
    assert len(names) == len(set(names)) == 3  # the feed, and two patents that are new
    assert all(name and name.startswith("urn:uuid:") for name in names)
    first = publication(candidates(4), PLAN, Choice(), DAY)
    assert feed(first.published).count(b"<entry>") == 4


def test_an_issue_is_made_whole_and_the_pages_of_the_one_before_go(tmp_path: Path) -> None:
    pack = load(packs_folder() / PLAN.contract_pack)
    out = tmp_path / "公布"
    made = make_files(issue(150), PLAN, pack, out)
    assert {"index.html", "data.json", "data.schema.json", "data.csv"} <= {
        path.name for path in made.files
    }
    for name in ("公布.xlsx", "汇总表.xlsx", "汇总表.pdf", "contract.docx", "list/0002.html"):
        assert (out / name).is_file(), name
    (out / "管理员的.txt").write_text("别动")
    with pytest.raises(CannotDo, match="--force"):
        make_files(issue(3), PLAN, pack, out)
    make_files(issue(3), PLAN, pack, out, force=True)
    assert not (out / "list" / "0002.html").exists()
    assert (out / "管理员的.txt").read_text() == "别动"
    assert not list(out.glob(".~*"))


def test_the_summary_hides_what_the_page_hides(tmp_path: Path) -> None:
    case = case_of(0)
    contact = msgspec.structs.replace(case.contact, phone="13800002046")
    mobile = msgspec.structs.replace(case, contact=contact)
    pack = load(packs_folder() / PLAN.contract_pack)
    make_files(issue(0, mobile), PLAN, pack, tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "汇总表.xlsx").worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "138****2046" in cells
    assert not any("13800002046" in cell for cell in cells)


def test_nothing_to_publish_says_why(tmp_path: Path) -> None:
    pack = load(packs_folder() / PLAN.contract_pack)
    waiting = publication([Candidate(case_of(0), "示例大学", "waiting")], PLAN, Choice(), DAY)
    with pytest.raises(NothingToPublish, match="未审"):
        make_files(waiting, PLAN, pack, tmp_path / "新")
    assert not (tmp_path / "新").exists()


def test_a_place_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "占着").write_text("")
    pack = load(packs_folder() / PLAN.contract_pack)
    with pytest.raises(CannotWrite):
        make_files(issue(1), PLAN, pack, tmp_path / "占着" / "里面")


def test_a_full_disk_leaves_the_issue_before_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = load(packs_folder() / PLAN.contract_pack)
    out = tmp_path / "公布"
    make_files(issue(3), PLAN, pack, out)
    before = {one: one.read_bytes() for one in out.rglob("*") if one.is_file()}
    calls = iter(range(5))

    def full(_descriptor: int) -> None:
        if next(calls, None) is None:
            raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="空间"):
        make_files(issue(2), PLAN, pack, out, force=True)
    monkeypatch.undo()
    assert {one: one.read_bytes() for one in out.rglob("*") if one.is_file()} == before
