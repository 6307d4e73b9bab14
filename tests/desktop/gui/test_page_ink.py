"""Of a page that changed a little only that is drawn: it is the same page.

Where a page is drawn in parts, smoothed lines may differ in some pixels, by 1 of 255.
"""

from dataclasses import replace
from operator import sub
from typing import Any

import msgspec
import pytest
from PySide6.QtGui import QImage

from desktop.on_paper.preview import page_image
from desktop.on_paper.preview.page_image import DrawnPage, Wanted, draw_page
from forms.facts.paths import with_value
from forms.facts.record import Case, Office, Party
from forms.pack.types import Pack
from tests.forms.filled import FULL

OFFICE = Office(name="示例大学")
TYPED = "一种gjpy水冷装置Åg及其（控制）方法，含“余热”回收"


@pytest.fixture
def drawn_parts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows of pixels were drawn anew, each time."""
    rows: list[int] = []
    over, whole = page_image._drawn_over, page_image.image_of

    def seen_over(image: Any, some: Any, content: bytes) -> Any:
        rows.append(some.bottom - some.top)
        return over(image, some, content)

    def seen_whole(content: bytes, width_px: int) -> Any:
        made = whole(content, width_px)
        rows.append(made.height())
        return made

    monkeypatch.setattr(page_image, "_drawn_over", seen_over)
    monkeypatch.setattr(page_image, "image_of", seen_whole)
    return rows


def furthest(one: QImage, other: QImage) -> int:
    """By how much the colours of two images differ at most."""
    assert one.size() == other.size()
    high, wide = one.height(), one.bytesPerLine()
    mine, yours = (bytes(image.constBits()) for image in (one, other))
    rows = [slice(row * wide, (row + 1) * wide) for row in range(high)]
    unlike = [row for row in rows if mine[row] != yours[row]]
    return max((max(map(abs, map(sub, mine[row], yours[row]))) for row in unlike), default=0)


def follow(pack: Pack, cases: list[Case], **how: Any) -> list[DrawnPage]:
    """Draw cases one after the other as the preview does, and see that each is the whole page."""
    before, seen = None, []
    for case in cases:
        wanted = Wanted(**{"pack": pack, "office": OFFICE, "width_px": 431, "case": case, **how})
        drawn = draw_page(wanted, before)
        assert furthest(drawn.image, draw_page(wanted).image) <= 1
        seen.append(drawn)
        before = drawn
    return seen


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("width_px", [300, 431, 660, 1217])
@pytest.mark.parametrize("paper", ["info", "consent", "summary"])
def test_what_is_typed_is_drawn_as_the_whole_page_is(
    pack: Pack, paper: str, width_px: int, draft: bool
) -> None:
    typed = [TYPED[:end] for end in range(0, len(TYPED), 4)]
    cases = [with_value(FULL, "patent.title", text) for text in typed]
    cases += [with_value(FULL, "contact.phone", number) for number in ("1", "139", "027-8765")]
    follow(pack, cases, paper=paper, width_px=width_px, draft=draft)


def test_what_grows_moves_what_stands_below(pack: Pack) -> None:
    terms = [
        with_value(FULL, "other_terms", "许可人可提供技术指导。" * count) for count in range(9)
    ]
    owners = tuple(Party(name=f"第{place}示例大学") for place in range(12))
    more = [msgspec.structs.replace(FULL, owners=owners[:count]) for count in (1, 2, 5, 12, 1)]
    follow(pack, [*terms, *more], paper="info", draft=True)
    follow(pack, [*terms, *more], paper="consent")


def test_few_rows_are_drawn_for_a_key(pack: Pack, drawn_parts: list[int]) -> None:
    cases = [with_value(FULL, "contact.phone", number) for number in ("13", "139", "1390")]
    wanted = [
        Wanted(pack=pack, paper="info", case=one, office=OFFICE, width_px=431) for one in cases
    ]
    before = None
    for one in wanted:
        before = draw_page(one, before)
    high = drawn_parts[0]
    assert all(part < high / 8 for part in drawn_parts[1:])
    assert len(drawn_parts) == 3


def test_nothing_is_drawn_where_nothing_differs(pack: Pack, drawn_parts: list[int]) -> None:
    wanted = Wanted(pack=pack, paper="info", case=FULL, office=OFFICE, width_px=431)
    before = draw_page(wanted)
    noted = msgspec.structs.replace(wanted.case, notes="只在本单位可见")
    after = draw_page(replace(wanted, case=noted), before)
    assert after.image == before.image and len(drawn_parts) == 1


@pytest.mark.parametrize("change", [{"width_px": 500}, {"draft": True}, {"page": 1}])
def test_another_page_is_drawn_whole(pack: Pack, change: dict[str, Any]) -> None:
    given: dict[str, Any] = {"paper": "info", "case": FULL, "office": OFFICE, "width_px": 431}
    before = draw_page(Wanted(pack=pack, **given))
    wanted = Wanted(pack=pack, **{**given, **change})
    assert draw_page(wanted, before).image == draw_page(wanted).image
