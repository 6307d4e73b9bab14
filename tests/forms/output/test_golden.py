"""Golden files: what the papers were when somebody last looked at them and was content.

Each paper is kept as its words page by page, as it is read out, as one hash of its uncompressed
PDF and as one picture a page.  A change on purpose renews them with `python3 dev.py golden`;
look at the pictures before you commit them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import msgspec
import pikepdf
import pikepdf.pdfa
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from forms.facts.record import Case, Licence, Office, OtherStandard, OwnUse, Party, Royalty
from forms.ground.locate import packs_folder
from forms.output.pdf import render
from forms.pack.load import load
from forms.pack.types import Pack
from forms.paper.compose import compose, compose_summary
from forms.paper.document import Document
from tests.forms.output import declarations, letters, pools, stocks
from tests.forms.output.extremes import extremes
from tests.forms.output.heard import heard

DATA = Path(__file__).parents[2] / "data" / "papers"
GOLDEN = Path(__file__).parents[2] / "golden"
DPI, GRAYS = 60, 16
# How far a page's mean gray may stray (of 255) before it counts as another picture.
STRAY = 0.5
_CLAIMS = ("ISO_19005_2:6.6.2.3.1-1", "ISO_19005_2:6.6.4-3")

replace = msgspec.structs.replace
OFFICE = Office(name="示例大学", contact="张喆", phone="027-68880001")
TWELVE = (
    "示例大学",
    "江汉示例智能装备有限公司",
    "示例大学桥梁工程研究院",
    "武汉示例光电技术股份有限公司",
    "湖北示例交通规划设计院",
    "襄阳示例轴承制造有限公司",
    "宜昌示例水电检测中心",
    "张喆𬭎",
    "荆州示例农机有限责任公司",
    "黄石示例特种钢研究所",
    "十堰示例汽车零部件（集团）有限责任公司",
    "中南示例职业技术学院",
)


def ordinary() -> Case:
    """A patent of two owners with every box filled."""
    return msgspec.json.decode((DATA / "case.json").read_bytes(), type=Case)


def absurd() -> Case:
    """Twelve owners, a title of 300 characters, terms of 3,000, rare characters."""
    case = ordinary()
    term = "（{}）被许可人应当于每一会计年度终了后三十日内提交销售台账，差额超过5%的承担费用；"
    return replace(
        case,
        patent=replace(
            case.patent, title=("一种用于𬭎、𠮷与㐂等合金的桥梁拉索损伤识别方法、装置" * 12)[:300]
        ),
        owners=tuple(Party(name=name) for name in TWELVE),
        own_use=OwnUse(
            way="used", period="2023年9月至今", scope="湖北、湖南、江西" * 9, manner="检测"
        ),
        royalty=Royalty(
            way="other", other=OtherStandard(text="每销售一台合同产品支付使用费200元；" * 9)
        ),
        other_terms="".join(term.format(place) for place in range(1, 70))[:3000],
    )


def documents(pack: Pack) -> dict[str, Callable[[], Document]]:
    """Every golden paper by name."""
    licence = msgspec.json.decode((DATA / "licence.json").read_bytes(), type=Licence)
    cases = {"empty": Case(), "ordinary": ordinary(), "absurd": absurd()}
    made: dict[str, Callable[[], Document]] = {}
    for kind, case in cases.items():
        granted = Licence() if kind == "empty" else licence
        batch = {"empty": [], "ordinary": [case] * 7, "absurd": [case, ordinary()] * 6}[kind]
        for code, paper in pack.papers.items():
            if paper.scope == "batch":
                made[f"{code}-{kind}"] = lambda p=paper, b=batch: compose_summary(
                    p, b, pack, office=OFFICE
                )
            else:
                made[f"{code}-{kind}"] = lambda p=paper, c=case, g=granted: compose(
                    p, c, pack, licence=g, office=OFFICE
                )
    made["info-draft"] = lambda: compose(pack.papers["info"], ordinary(), pack, draft=True)
    return made | extremes(pack, ordinary(), licence)


PACK = load(packs_folder() / "hubei-2022")
RECORDS = pools.papers() | letters.papers() | stocks.papers()
DOCUMENTS = documents(PACK) | declarations.papers() | RECORDS


@cache
def printed(name: str) -> bytes:
    """The file of a golden paper, made once for all that look at it."""
    return render(DOCUMENTS[name]())


@pytest.fixture(scope="module", params=sorted(DOCUMENTS))
def paper(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    return request.param, printed(request.param)


def words(content: bytes) -> str:
    """The words of each page, as a reader of the PDF gets them."""
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return "".join(
        f"--- {number}\n" + "\n".join(line.rstrip() for line in page.splitlines()) + "\n"
        for number, page in enumerate(pages, 1)
    )


def fingerprint(content: bytes) -> str:
    """A hash of the file with every stream unpacked, so that another zlib gives the same."""
    unpacked = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        # qdf alone leaves streams packed.
        pdf.save(
            unpacked,
            qdf=True,
            static_id=True,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )
    return hashlib.sha256(unpacked.getvalue()).hexdigest() + "\n"


def pictures(content: bytes) -> list[Image.Image]:
    """One small gray picture a page."""
    document = pypdfium2.PdfDocument(content)
    try:
        drawn = [page.render(scale=DPI / 72, grayscale=True).to_pil() for page in document]
    finally:
        document.close()
    step = 256 // GRAYS
    return [page.convert("L").point(lambda gray: gray // step * step) for page in drawn]


def compare_text(path: Path, now: str, renew: bool) -> None:
    if renew:
        path.write_text(now, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == now


def test_its_words_are_those_looked_at(paper: tuple[str, bytes], renew_golden: bool) -> None:
    name, content = paper
    compare_text(GOLDEN / f"{name}.txt", words(content), renew_golden)


def test_it_is_read_out_as_it_was_when_listened_to(
    paper: tuple[str, bytes], renew_golden: bool
) -> None:
    name, content = paper
    compare_text(GOLDEN / f"{name}.heard.txt", heard(content), renew_golden)


def test_its_content_is_that_looked_at(paper: tuple[str, bytes], renew_golden: bool) -> None:
    name, content = paper
    compare_text(GOLDEN / f"{name}.sha256", fingerprint(content), renew_golden)


def test_its_pages_look_as_they_did(paper: tuple[str, bytes], renew_golden: bool) -> None:
    name, content = paper
    now = pictures(content)
    if renew_golden:
        for old in GOLDEN.glob(f"{name}-[0-9]*.png"):
            old.unlink()
        for number, picture in enumerate(now, 1):
            picture.save(GOLDEN / f"{name}-{number}.png", optimize=True)
    assert len(list(GOLDEN.glob(f"{name}-[0-9]*.png"))) == len(now)
    for number, picture in enumerate(now, 1):
        with Image.open(GOLDEN / f"{name}-{number}.png") as kept:
            difference = ImageChops.difference(kept.convert("L"), picture)
        assert ImageStat.Stat(difference).mean[0] < STRAY, f"page {number}"


def test_another_picture_is_told_apart() -> None:
    """The comparison can fail: a draft is not the final paper."""
    draft = pictures(printed("info-draft"))[0]
    final = pictures(printed("info-ordinary"))[0]
    assert ImageStat.Stat(ImageChops.difference(draft, final)).mean[0] > STRAY


def test_it_is_fit_for_the_archive(paper: tuple[str, bytes]) -> None:
    """PDF/A-2, by pikepdf's check, and sound by qpdf's; `test_verapdf` has the last word.

    pikepdf 10.18 checks level B alone, and permits neither PDF/UA's claim nor the description
    of its schema, for which ISO 19005-2, 6.6.2.3.3 asks: of these rules nothing counts here, nor
    what it says it does not look at (a form).
    """
    _, content = paper
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        found = pikepdf.pdfa.check(pdf, "2b").findings
    counts = [one for one in found if one.rule not in _CLAIMS and one.kind != "unsupported"]
    assert counts == []


def test_what_is_not_fit_for_the_archive_is_found() -> None:
    with pikepdf.open(BytesIO(printed("consent-ordinary"))) as pdf:
        del pdf.Root.OutputIntents
        del pdf.Root.Metadata
        assert pikepdf.pdfa.check(pdf, "2b").violations
