"""The preview of what will be printed, and the way to the printer."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QDialog, QScrollArea, QVBoxLayout, QWidget

from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.desk.workers import on_every_core
from desktop.installed.screen_texts import t
from desktop.on_paper.printing.page_rasters import PageSize, print_pages, sizes
from desktop.parts.theme.tokens import tokens
from desktop.parts.widgets.basics import button, label, row
from desktop.parts.widgets.messages import MessageStrip
from forms.office.case_standing import check_cases
from forms.office.paper_making import Unprintable, by_weight
from forms.office.paper_making import made as made_of
from forms.office.paper_orders import Order, Orders
from forms.office.store import CannotDo, case_name, of_pack
from forms.office.stored import Made
from forms.pack.types import Pack
from forms.paper.document import Document

_WIDE, _GAP, _MARGIN = 560, 20, 28
_LOOKED_AT = 40  # so many pages are shown; all are printed


class PrintPreview(QDialog):
    """Shows the pages as they will come out; asks for the printer; prints beside the window.

    Where there are papers of several kinds, each kind can be left out.
    """

    def __init__(
        self,
        desk: Desk,
        title: str,
        papers: Sequence[Made],
        *,
        printed: Callable[[Sequence[Made]], object] | None = None,
        faults: Sequence[str] = (),
        pack: Pack | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`printed` is called with the papers that have gone to the printer.

        They are papers of a pack, of the one in use where none is named.
        """
        super().__init__(parent)
        self._desk = desk
        self._pack = pack or desk.pack
        self._all = tuple(papers)
        self._printed = printed
        self._file = ""  # what it was printed into, where that was no printer
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 820)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setProperty("role", "paper")
        self._words = label("", "hint")
        self.go = button(
            t("printing.print"), "primary", icon="printer", mnemonic="P", clicked=self.ask_printer
        )
        foot = row(
            self._words,
            None,
            button(t("frame.close"), mnemonic="C", clicked=self.reject),
            self.go,
            margins=(24, 12, 24, 16),
        )
        self.kinds = self._kinds()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        if len(self.kinds) > 1:
            whole.addLayout(row(*self.kinds.values(), None, space=20, margins=(24, 12, 24, 12)))
        said = "".join(dict.fromkeys(faults))
        if drafts := sum(one.draft for one in papers):
            said += t("printing.drafts", count=drafts)
        if said:
            strip = QVBoxLayout()
            strip.setContentsMargins(24, 0 if len(self.kinds) > 1 else 12, 24, 12)
            strip.addWidget(MessageStrip("pending", said))
            whole.addLayout(strip)
        whole.addWidget(self._area, 1)
        whole.addLayout(foot)
        self._choose()

    def _kinds(self) -> dict[str, QCheckBox]:
        """A box for each kind of paper."""
        boxes = {}
        for code in dict.fromkeys(one.paper for one in self._all):
            count = sum(one.paper == code for one in self._all)
            paper = self._pack.papers.get(code)
            title = paper.title if paper else self.windowTitle()
            box = QCheckBox(t("printing.kind", title=title, count=count))
            box.setChecked(True)
            box.toggled.connect(self._choose)
            boxes[code] = box
        return boxes

    def _choose(self) -> None:
        """Show the papers of the kinds that are ticked."""
        ticked = [code for code, box in self.kinds.items() if box.isChecked()]
        self._papers = [one for one in self._all if one.paper in ticked]
        self._contents = [one.content for one in self._papers]
        self._pages = sizes(self._contents)
        self.sheets = _Sheets(self._pages[:_LOOKED_AT])
        self._area.setWidget(self.sheets)
        words = t("printing.pages", count=len(self._pages), papers=len(self._contents))
        if len(self._pages) > _LOOKED_AT:
            words += t("printing.first_shown", count=_LOOKED_AT)
        self._words.setText(words)
        self.go.setEnabled(bool(self._pages))
        self._draw()

    def ask_printer(self) -> None:
        """Open the system's dialog; print where the clerk says yes."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.windowTitle())
        if self.choose(printer):
            self.print_on(printer)

    def choose(self, printer: QPrinter) -> bool:
        """The system's dialog."""
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, max(1, len(self._pages)))
        return bool(dialog.exec())

    def print_on(self, printer: QPrinter) -> None:
        """Print in a job; the dialog closes when it is done."""
        self.go.setDisabled(True)
        self._file = printer.outputFileName()
        first, last = printer.fromPage() or 1, printer.toPage() or len(self._pages)
        pages = self._pages[first - 1 : last] or self._pages
        work = partial(_printing, self._contents, pages, printer)
        self._desk.jobs.run(
            work,
            t("printing.printing", count=len(pages)),
            finished=self._finished,
            failed=self._failed,
            cancelled=self._stopped,
            drawing=True,
        )

    def _finished(self, count: int) -> None:
        if not count:
            self._desk.notices.tell("error", t("printing.no_printer"))
            self.go.setEnabled(True)
            return
        if self._printed is not None:
            self._printed(self._papers)
        key = "printing.done_file" if self._file else "printing.done"
        name = Path(self._file).name
        self._desk.notices.tell("done", t(key, count=count, name=name))
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        self._desk.jobs.unheard.emit(error)

    def _stopped(self) -> None:
        self.go.setEnabled(True)
        self._desk.notices.tell("advice", t("printing.stopped"))

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        sheets = self.sheets
        for place, page in enumerate(self._pages[:_LOOKED_AT]):
            wide = round(_WIDE * ratio)
            work = partial(_drawing, place, self._contents[page.document], page, wide)
            self._desk.jobs.run(
                work,
                self.windowTitle(),
                finished=sheets.show_image,
                drawing=True,
                quiet=True,
            )


class _Sheets(QWidget):
    """Pages below each other on the desk."""

    def __init__(self, pages: Sequence[PageSize]) -> None:
        super().__init__()
        self._pages = list(pages)
        self._images: dict[int, QImage] = {}
        self.setAccessibleName(t("printing.preview"))
        self.setMinimumSize(self.sizeHint())

    @property
    def shown(self) -> int:
        """How many pages have been drawn."""
        return len(self._images)

    def show_image(self, drawn: tuple[int, QImage]) -> None:
        """Show a page that was drawn: its place and image."""
        place, image = drawn
        self._images[place] = image
        self.update()

    def sizeHint(self) -> QSize:
        """All pages in their width."""
        high = sum(self._high(page) + _GAP for page in self._pages)
        return QSize(_WIDE + 2 * _MARGIN, round(high) + 2 * _MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw desk and pages."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().colour("desk"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        x, y = float((self.width() - _WIDE) // 2), float(_MARGIN)
        for place, page in enumerate(self._pages):
            sheet = QRectF(x, round(y), _WIDE, round(self._high(page)))
            if sheet.intersects(QRectF(event.rect())):
                painter.setPen(QPen(QColor(0, 0, 0, 40), 1))
                painter.fillRect(sheet, QColor("#FFFFFF"))
                if place in self._images:
                    painter.drawImage(sheet, self._images[place])
                painter.drawRect(sheet)
            y += sheet.height() + _GAP

    def _high(self, page: PageSize) -> float:
        return _WIDE * page.height_pt / page.width_pt


Orderly = Callable[[Report], tuple[Orders, Sequence[Document], Sequence[str]]]
"""Says in a job what is to be made: orders of cases' papers, and papers of many cases."""


def print_papers(
    desk: Desk,
    parent: QWidget,
    title: str,
    orders: Sequence[Order],
    *,
    together: Sequence[Document] = (),
    pack: Pack | None = None,
) -> None:
    """Make papers in a job, show them, print them; what was printed is noted in the store.

    `together` are papers of many cases.  All are of the pack in use, or of the one named.
    """
    all_orders = Orders(
        pack=pack or desk.pack, office=desk.store.parties.office(), each=tuple(orders)
    )
    _print(desk, parent, title, lambda _report: (all_orders, together, ()), all_orders.pack)


def print_cases(
    desk: Desk,
    parent: QWidget,
    title: str,
    case_ids: Sequence[int],
    first: str = "",
    *,
    then: Callable[[], object] = lambda: None,
) -> None:
    """Print the papers of cases, drafts while they have errors; `first` is a paper's code.

    `then` is called once they were printed.
    """
    work = partial(_of_cases, desk, tuple(case_ids), first)
    _print(desk, parent, title, work, desk.pack, then)


def _print(
    desk: Desk,
    parent: QWidget,
    title: str,
    orderly: Orderly,
    pack: Pack,
    then: Callable[[], object] = lambda: None,
) -> None:
    def finished(result: tuple[list[Made], list[str]]) -> None:
        made, faults = result

        def noted(papers: Sequence[Made]) -> None:
            _note(desk, papers)
            then()

        PrintPreview(
            desk, title, made, printed=noted, faults=faults, pack=pack, parent=parent
        ).open()

    desk.jobs.run(partial(_making, orderly), t("printing.making"), finished=finished)


def _of_cases(
    desk: Desk, case_ids: Sequence[int], first: str, report: Report
) -> tuple[Orders, Sequence[Document], Sequence[str]]:
    pack = desk.pack
    with desk.own_store() as store:
        by_id = {stored.id: stored for stored in store.cases.listed(ids=case_ids)}
        there = [by_id[case_id] for case_id in case_ids if case_id in by_id]
        cases = of_pack(there, pack)
        if not cases and there:
            raise CannotDo(t("printing.other_pack"))
        checked = check_cases(store, pack, desk.today, cases, progress=report)
        office = store.parties.office()
    orders = tuple(
        Order(
            paper=paper.code,
            format="pdf",
            case=one.stored.case,
            case_id=one.stored.id,
            granted=tuple(licence for _, licence in one.licences),
            draft=bool(one.errors()),
        )
        for one in checked
        for paper in sorted(
            by_weight(pack, ("case",), one.stored.case), key=lambda paper: paper.code != first
        )
    )
    others = len(there) - len(cases)
    told = [t("printing.others", count=others)] if others else []
    return Orders(pack=pack, office=office, each=orders), (), told


def _making(orderly: Orderly, report: Report) -> tuple[list[Made], list[str]]:
    orders, together, told = orderly(report)
    made: list[Made] = []
    faults = list(told)
    total = orders.count + len(together)
    for document in together:
        report(len(made), total)
        try:
            made.append(made_of(document, "pdf", orders.pack))
        except Unprintable as fault:
            faults.append(f"{fault}。")
    results = zip(orders.each, on_every_core(orders), strict=True)
    for place, (order, result) in enumerate(results, start=len(together)):
        report(place, total)
        if isinstance(result, Unprintable):
            faults.append(f"{case_name(order.case)}：{result}。")
        else:
            made.append(result)
    if not made:
        raise CannotDo("".join(dict.fromkeys(faults)) or t("printing.nothing"))
    return made, faults


def _note(desk: Desk, made: Sequence[Made]) -> None:
    desk.store.papers.record_exports(made)
    desk.papers_changed.emit()


def _printing(
    contents: Sequence[bytes], pages: Sequence[PageSize], printer: QPrinter, report: Report
) -> int:
    return print_pages(contents, pages, printer, report)


def _drawing(
    place: int, content: bytes, page: PageSize, wide: int, report: Report
) -> tuple[int, QImage]:
    from desktop.on_paper.preview.page_image import image_of

    report.check()
    return place, image_of(content, wide, page.page)
