"""A clerk scans a stack of signed papers in any order: each goes to its case, or is told."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from PIL import Image, ImageDraw

from db.store import Store, open_store
from desktop.installed.coded_papers import with_codes
from forms.exchange.scanned_pages import PageOf, code_on, put_together, seen_pages
from forms.facts.record import Office
from forms.ground.locate import packs_folder
from forms.ground.page_code import page_code
from forms.office.paper_making import composed, made
from forms.office.scan_filing import file_stack, read_stack, told
from forms.office.store import CannotDo
from forms.output.pdf import render
from forms.pack.load import load
from forms.pack.pack_shelf import Shelf
from tests.forms.filled import FULL
from tests.scanned import as_pdf, pages_of, scanned

PACK = with_codes(load(packs_folder() / "hubei-2022"))
OTHER = msgspec.structs.replace(
    FULL, patent=msgspec.structs.replace(FULL.patent, number="ZL202121057728.X", title="检测装置")
)
CHANCE = random.Random(7)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "资料.db", now=lambda: datetime(2026, 11, 23, tzinfo=UTC)) as opened:
        yield opened


def printed(store: Store, case_id: int, paper: str) -> list[Image.Image]:
    """Print a paper of a case and remember it, as an export does."""
    (stored,) = store.cases.listed(ids=[case_id])
    document = composed(PACK, PACK.papers[paper], stored.case, Office())
    done = made(document, "pdf", PACK, case_id=case_id)
    store.papers.record_export(done)
    return pages_of(done.content)


def stacked(folder: Path, *images: Image.Image) -> Path:
    file = folder / "整叠.pdf"
    file.write_bytes(as_pdf(images))
    return file


def test_a_stack_in_any_order_files_itself(store: Store, tmp_path: Path) -> None:
    one, two = store.cases.save(FULL).id, store.cases.save(OTHER).id
    info, consent = printed(store, one, "info"), printed(store, one, "consent")
    others = printed(store, two, "info")
    assert len(info) > 1
    sealed = scanned(consent[0], CHANCE, sealed_mm=(182, 285))
    stack = read_stack(
        store,
        Shelf(PACK),
        [
            stacked(
                tmp_path,
                info[1].transpose(Image.Transpose.ROTATE_180),
                sealed,
                scanned(others[0], CHANCE, mode="1", askew=0, grain=False),
                Image.new("L", (827, 1169), 255),
                info[0],
                *others[1:],
            )
        ],
    )
    kept = file_stack(store, stack)
    assert {(paper.number, paper.export.paper) for paper in kept} == {
        ("ZL202110345678.3", "info"),
        ("ZL202110345678.3", "consent"),
        ("ZL202121057728.X", "info"),
    }
    assert [page.number for page in stack.unread] == [4]
    (paper,) = (one for one in kept if one.number != "ZL202121057728.X" and len(one.pages) > 1)
    assert [page.number for page in paper.pages] == [5, 1]
    scan = store.papers.scan(one, "info")
    assert scan is not None
    upright = [seen.turn for seen in seen_pages(store.papers.scan_content(scan), "归入")]
    assert upright == [0] * len(info)
    assert [sentence for sentence in told(stack) if "第 4 页" in sentence]
    again = read_stack(store, Shelf(PACK), [tmp_path / "整叠.pdf"])
    file_stack(store, again)
    assert len(store.papers.scans(one, "info")) == 1, "the same scan is kept once"


def test_missing_and_double_pages_are_told(store: Store, tmp_path: Path) -> None:
    one = store.cases.save(FULL).id
    info = printed(store, one, "info")
    stack = read_stack(store, Shelf(PACK), [stacked(tmp_path, info[0], info[0])])
    (paper,) = stack.papers
    assert (paper.missing, paper.again) == (tuple(range(2, len(info) + 1)), (2,))
    assert file_stack(store, stack) == ()
    assert any("缺第 2" in sentence for sentence in told(stack))


def test_a_paper_of_former_words_is_told_and_not_filed(store: Store, tmp_path: Path) -> None:
    one = store.cases.save(FULL).id
    info = printed(store, one, "info")
    store.cases.save(
        msgspec.structs.replace(
            FULL, patent=msgspec.structs.replace(FULL.patent, title="改过的名称")
        ),
        case_id=one,
    )
    stack = read_stack(store, Shelf(PACK), [stacked(tmp_path, *info)])
    assert [paper.is_stale for paper in stack.papers] == [True]
    assert file_stack(store, stack) == ()
    assert store.papers.scan(one, "info") is None


def test_a_paper_of_another_computer_is_left_to_the_hand(store: Store, tmp_path: Path) -> None:
    store.cases.save(FULL)
    document = composed(PACK, PACK.papers["consent"], OTHER, Office())
    stack = read_stack(store, Shelf(PACK), [stacked(tmp_path, *pages_of(render(document)))])
    assert (stack.papers, len(stack.unread)) == ((), 1)


def test_a_code_in_a_picture_or_two_that_differ_say_nothing() -> None:
    import zxingcpp

    def code(words: str) -> Image.Image:
        made = zxingcpp.create_barcode(
            page_code(words * 64, 1, 1), zxingcpp.BarcodeFormat.QRCode, ec_level="M"
        )
        return made_picture(made)

    page = Image.new("RGB", (1654, 2339), "white")
    page.paste(code("a"), (700, 900))
    assert code_on(page) == (None, 0)
    page.paste(code("a"), (1430, 2200))
    assert code_on(page)[0] is not None
    page.paste(code("b"), (1200, 2200))
    assert code_on(page) == (None, 0)


def made_picture(made: object) -> Image.Image:
    rows = memoryview(made.to_image(scale=1, add_quiet_zones=True)).tolist()  # type: ignore[attr-defined]
    picture = Image.new("RGB", (len(rows[0]), len(rows)), "white")
    draw = ImageDraw.Draw(picture)
    for y, row in enumerate(rows):
        for x, shade in enumerate(row):
            draw.point((x, y), (shade, shade, shade))
    return picture.resize((picture.width * 3, picture.height * 3), Image.Resampling.NEAREST)


def test_a_draft_has_no_code_and_a_file_that_is_no_scan_is_refused(
    store: Store, tmp_path: Path
) -> None:
    document = composed(PACK, PACK.papers["consent"], FULL, Office(), draft=True)
    assert [code_on(page) for page in pages_of(render(document))] == [(None, 0)]
    file = tmp_path / "不是.pdf"
    file.write_bytes(b"hello")
    with pytest.raises(CannotDo, match=r"不是\.pdf"):
        read_stack(store, Shelf(PACK), [file])


def test_pages_are_put_together_the_same_each_time() -> None:
    document = composed(PACK, PACK.papers["info"], FULL, Office())
    content = render(document)
    pages = [PageOf(content, 1, 180), PageOf(content, 0)]
    put = put_together(pages)
    assert b"CreationDate(D:20000101000000" in put
    assert put_together(pages) == put
    assert [seen.turn for seen in seen_pages(put_together(pages), "x")] == [180, 0]
