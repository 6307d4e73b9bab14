"""Measures the register with very many cases: `python -m tools.measure_register [COUNT [FOLDER]]`.

Opens the page on a store of invented cases as the program does, and says how long it takes to
show the first rows, to hold all, to search as one types, to scroll and to sort.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

COUNT = 100_000
SEARCHES = ("水", "水冷", "装置", "ZL2021", "示例大学", "李四", "没有这样的")


def fill(file: Path, count: int) -> None:
    """Put invented cases into a new store, states settled."""
    import msgspec

    from db.store import open_store
    from forms.exchange.importing import plan, read_file
    from forms.locate import packs_folder
    from forms.office.checking import State
    from forms.office.states import Settled
    from forms.pack.load import load
    from forms.record import Case

    pack = load(packs_folder() / "hubei-2022")
    cases = [row.case for row in plan(read_file(pack.folder / pack.sample), pack, []).rows]
    states: tuple[State, ...] = (
        "drafting",
        "faulty",
        "pending",
        "ready",
        "unsealed",
        "sent",
        "licensed",
    )
    with open_store(file, now=lambda: datetime.now(UTC)) as store:
        store.settle_by(
            lambda _store, ids: {
                number: Settled(
                    state=states[number % 7], until=date(2099, 1, 1), royalty="免费使用"
                )
                for number in ids
            }
        )
        for start in range(0, count, 5000):
            some: list[tuple[Case, dict[str, str], str]] = []
            for place in range(start, min(count, start + 5000)):
                case = cases[place % len(cases)]
                number = f"ZL20{10 + place % 12}1{place:07d}.{place % 10}"
                title = f"{case.patent.title}（{place}）"
                patent = msgspec.structs.replace(case.patent, number=number, title=title)
                some.append((msgspec.structs.replace(case, patent=patent), {}, "导入"))
            store.add_cases(some, who="")


def timed(what: str, do: Callable[[], object], times: int = 5) -> None:
    """Do something some times and say how long it took, by the clock and in this thread."""
    taken, worked = [], []
    for _ in range(times):
        begun, busy = time.perf_counter(), time.thread_time()
        do()
        taken.append((time.perf_counter() - begun) * 1000)
        worked.append((time.thread_time() - busy) * 1000)
    median, own = statistics.median(taken), statistics.median(worked)
    print(f"{what:<28} median {median:7.1f} ms   worked {own:7.1f} ms   most {max(taken):7.1f} ms")


def measure(folder: Path, count: int) -> None:
    """Measure the page on a store of so many cases."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from db.store import open_store
    from desktop.app import application
    from desktop.desk import Desk
    from desktop.jobs import Jobs
    from desktop.notices import Notices
    from desktop.register import RegisterPage
    from desktop.settings import Settings
    from forms.locate import packs_folder
    from forms.pack.load import find_packs, load

    file = folder / f"{count}.db"
    if not file.exists():
        fill(file, count)
    print(f"{count:,} cases, {file.stat().st_size >> 20} MiB")
    settings = Settings(folder / "settings.toml")
    app = application(settings)
    assert isinstance(app, QApplication)
    store = open_store(file, now=lambda: datetime.now(UTC), check=False)
    identity = load(packs_folder() / "hubei-2022").identity
    store.set_setting("register.settled_by", f"{identity.code} {identity.version} 1")
    settings.keep_data_in(store)
    desk = Desk(
        store=store,
        pack=load(packs_folder() / "hubei-2022"),
        packs=find_packs(packs_folder()),
        clock=lambda: datetime.now(UTC),
        settings=settings,
        theme=None,  # type: ignore[arg-type]
        notices=Notices(),
        jobs=Jobs(),
    )
    pages: list[RegisterPage] = []

    def open_page() -> None:
        page = RegisterPage(desk)
        page.resize(1368, 900)
        page.show()
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        page.grab()
        pages.append(page)

    timed("open to the first rows", open_page, 1)
    page = pages[0]
    begun = time.perf_counter()
    while not page.loader.is_whole:
        app.processEvents()
        time.sleep(0.002)
    print(f"{'all rows are there':<28} after  {(time.perf_counter() - begun) * 1000:7.1f} ms")
    assert page.model.rowCount() == count

    def search(text: str) -> None:
        page.filters.search.blockSignals(True)
        page.filters.search.setText(text)
        page._look()
        page.filters.search.blockSignals(False)
        page.table.viewport().repaint()

    for text in SEARCHES:
        search("")
        timed(f"search {text}", lambda text=text: search(text), 1)  # type: ignore[misc]
    timed("search nothing again", lambda: search(""), 1)
    bar = page.table.verticalScrollBar()

    def scroll() -> None:
        bar.setValue((bar.value() + 987_654) % bar.maximum())
        page.table.viewport().repaint()

    timed("scroll by a jump", scroll, 50)
    for column in (1, 2, 4, 6, 7):
        timed(f"sort by column {column}", lambda c=column: page.table._sort(c), 2)  # type: ignore[misc]
    timed("tick all", page.table.tick_all_or_none, 2)
    timed("take a row in hand", page._show_summary, 5)
    page.close()
    desk.close()


def main() -> int:
    """Measure with as many cases as the command line says."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    if len(sys.argv) > 2:  # a folder in which the store is kept for the next time
        measure(Path(sys.argv[2]), count)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
