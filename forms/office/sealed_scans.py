"""Keep the sealed scan of a paper beside its case, with the words it was printed from."""

from dataclasses import dataclass
from pathlib import Path

from forms.exchange.strangers import is_locked, locked
from forms.ground.files import TooLarge, read_bytes
from forms.ground.pdf_pages import page_count
from forms.office.paper_making import (
    batch_papers,
    composed,
    not_for,
    sealed_papers,
)
from forms.office.store import CannotDo, CaseStore, case_name
from forms.office.stored import SCAN_LIMIT_MB, StoredCase, StoredLicence
from forms.pack.language import Paper
from forms.pack.types import Pack
from forms.paper.document_words import words_sha256


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """A scan that was kept; `stale` where the facts have changed since the paper was printed."""

    case: str | None
    paper: Paper
    stale: bool


def paper_to_seal(pack: Pack, code: str | None, stored: StoredCase | None) -> Paper:
    """The paper of a case, or of many (None), a scan is of.

    Raises CannotDo where the pack has none such to be sealed.
    """
    papers = batch_papers(pack) if stored is None else sealed_papers(pack, stored.case)
    if code is None and len(papers) == 1:
        return papers[0]
    for paper in papers:
        if paper.code == code:
            return paper
    others = () if stored is None else sealed_papers(pack)
    for paper in others:
        if paper.code == code:
            raise CannotDo(f"《{paper.title}》{not_for(paper)}")
    known = "、".join(f"{paper.code}（{paper.title}）" for paper in papers) or "无"
    raise CannotDo(f"请用 --paper 指明签章的文书，可选：{known}。")


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """A scan as it is kept, a PDF, and what the clerk is to be told of it."""

    content: bytes
    words: tuple[str, ...] = ()


def read_scan(file: Path) -> Scanned:
    """A file as a scan: a PDF as it is, a picture (JPEG, PNG, TIFF) made into PDF/A.

    Raises CannotDo where it is neither, does not open or is larger than is borne; NoPicture,
    CannotRead.
    """
    try:
        content = read_bytes(file, most=SCAN_LIMIT_MB << 20)
    except TooLarge as error:
        raise CannotDo(_too_large(file.name)) from error
    from forms.output.picture_scans import is_picture, pdf_of

    if not is_picture(content):
        check_pdf(content, file.name)
        return Scanned(content=content)
    from forms.ground.fonts import shipped_fonts

    made = pdf_of(content, file.name, shipped_fonts())
    if len(made.content) > SCAN_LIMIT_MB << 20:
        raise CannotDo(_too_large(file.name))
    return Scanned(content=made.content, words=made.words)


def _too_large(name: str) -> str:
    return f"“{name}”超过 {SCAN_LIMIT_MB} MB。请降低扫描分辨率（例如 200 dpi）后再添加。"


def check_pdf(content: bytes, name: str) -> None:
    """Raise CannotDo unless the bytes are a PDF whose pages can be opened."""
    if not content:
        raise CannotDo(f"“{name}”是空文件，请重新扫描。")
    if is_locked(content):
        raise CannotDo(locked(name))
    if b"%PDF-" not in content[:1024]:
        raise CannotDo(
            f"“{name}”不是 PDF 文件，也不是 JPEG、PNG、TIFF 图片。请将签章后的纸件扫描成 PDF。"
        )
    if not page_count(content):
        raise CannotDo(
            f"“{name}”无法打开：文件不完整、没有页面或设有密码，请重新扫描，或取消密码后再添加。"
        )


def keep_sealed(
    store: CaseStore,
    pack: Pack,
    stored: StoredCase | None,
    paper: Paper,
    content: bytes,
    *,
    licence: StoredLicence | None = None,
    who: str = "",
) -> Sealed:
    """Keep the scan of a case's paper, of a licence's contract, or of the summary (stored None).

    Raises CannotDo where the paper was never exported as a final one.
    """
    case_id = stored.id if stored else None
    licence_id = licence.id if licence else None
    name = case_name(stored.case) if stored else None
    finals = [
        export
        for export in store.papers.exports(case_id)
        if (export.paper, export.licence_id) == (paper.code, licence_id) and not export.draft
    ]
    if not finals:
        of = f"{name} 的" if name else ""
        raise CannotDo(
            f"{of}《{paper.title}》尚未导出正式文件（草稿不能签章）。"
            f"请先用 export --paper {paper.code} 导出，打印、签章、扫描后再添加。"
        )
    printed = finals[0].words_sha256
    store.papers.add_scan(case_id, paper.code, content, printed, licence_id=licence_id, who=who)
    # Whether a summary is stale depends on the cases chosen: that is asked when submitting.
    stale = stored is not None and printed != words_sha256(
        composed(
            pack,
            paper,
            stored.case,
            store.parties.office(),
            licence=licence.licence if licence else None,
        )
    )
    return Sealed(case=name, paper=paper, stale=stale)
