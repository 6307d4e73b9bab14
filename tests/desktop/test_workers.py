"""A long batch is made on every core: the same papers, in the same order, whatever happens."""

import concurrent.futures
import hashlib
import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desktop.desk import papers_sent, workers
from desktop.desk.papers_sent import Receiver, Sender
from desktop.desk.workers import on_cores, on_every_core
from desktop.installed.stop_signals import as_if_alone, interrupting
from forms.facts.record import Case, Office, Party, Patent
from forms.ground.alike_begun import note_beginning
from forms.ground.files import CannotWrite
from forms.ground.locate import packs_folder
from forms.office import paper_orders
from forms.office.paper_making import Unprintable
from forms.office.paper_orders import Order, Orders, in_turn
from forms.office.stored import Made
from forms.pack.load import load
from tests.desktop.clerk import GOOD, SECOND, Clerk

PACK = load(packs_folder() / "hubei-2022")


def orders(count: int) -> Orders:
    cases = [
        Case(
            patent=Patent(number=f"ZL2021103456{place:02d}.1", title=f"第{place}项"),
            owners=(Party(name="示例大学"),),
        )
        for place in range(count)
    ]
    each = [Order(paper="consent", format="pdf", case=case, case_id=4) for case in cases]
    return Orders(pack=PACK, office=Office(name="示例大学"), each=each)


def test_two_processes_make_the_same_bytes_as_one() -> None:
    wanted = orders(20)
    here = list(in_turn(wanted))
    assert list(on_cores(wanted, 2)) == here
    assert len({made.sha256 for made in here if isinstance(made, Made)}) == 20


def test_a_paper_that_can_not_be_printed_comes_back_as_its_fault() -> None:
    good = orders(3)
    odd = Order(paper="consent", format="pdf", case=Case(patent=Patent(number="\U000f0000")))
    mixed = Orders(pack=PACK, office=good.office, each=[*good.each[:1], odd, *good.each[1:]])
    kinds = [type(result) for result in on_cores(mixed, 2)]
    assert kinds == [Made, Unprintable, Made, Made]


def test_few_papers_are_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "on_cores", pytest.fail)
    monkeypatch.setattr(workers, "cores", lambda: 8)
    assert len(list(on_every_core(orders(2)))) == 2


def test_many_papers_go_to_as_many_workers_as_are_worth_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    def on_cores(wanted: Orders, count: int) -> Iterator[paper_orders.Result]:
        asked.append(count)
        return in_turn(wanted)

    monkeypatch.setattr(workers, "on_cores", on_cores)
    monkeypatch.setattr(workers, "WORTH_A_WORKER", 2)
    for cores in (1, 2, 64):
        monkeypatch.setattr(workers, "cores", lambda cores=cores: cores)
        list(on_every_core(orders(6)))
    assert asked == [2, 3]


def test_the_cores_are_those_we_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    assert workers.cores() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert workers.cores() == 1


def test_where_no_process_can_be_started_all_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("no more processes")

    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", refuse)
    wanted = orders(3)
    assert list(on_cores(wanted, 2)) == list(in_turn(wanted))


def test_what_broken_workers_leave_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_begin", _die)
    wanted = orders(10)
    assert list(on_cores(wanted, 2)) == list(in_turn(wanted))


def _die(*_: object) -> None:
    os._exit(3)


@pytest.mark.parametrize("way", ["fork", "spawn"])
def test_a_worker_that_is_killed_half_way_costs_no_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Not those it had written, and not those that were about to be given out."""
    if way not in multiprocessing.get_all_start_methods():
        pytest.skip("there are no copies of a process")
    monkeypatch.setattr(workers, "_way_to_start", lambda: way)
    monkeypatch.setattr(workers, "_AHEAD", 2)
    asked = [
        msgspec.structs.replace(order, file=tmp_path / str(place))
        for place, order in enumerate(orders(90).each)
    ]
    wanted = msgspec.structs.replace(orders(0), each=iter(asked), about=90)
    made = []
    with interrupting():  # which copies are not to do as well
        for result in on_cores(wanted, 2):
            made.append(result)
            if len(made) == 8:
                for child in multiprocessing.active_children():
                    child.kill()
                    child.join()
    assert all(isinstance(result, Made) for result in made)
    there = [hashlib.sha256((tmp_path / str(place)).read_bytes()) for place in range(90)]
    assert [one.sha256 for one in made] == [one.hexdigest() for one in there]


def test_a_system_that_makes_one_copy_and_no_more_costs_no_paper(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("there are no copies of a process")
    monkeypatch.setattr(workers, "_way_to_start", lambda: "fork")
    refusals = iter([False])
    fork = os.fork

    def reluctant() -> int:
        if next(refusals, True):
            raise BlockingIOError(11, "no more")
        return fork()

    monkeypatch.setattr(os, "fork", reluctant)
    wanted = orders(20)
    assert list(on_cores(wanted, 2)) == list(in_turn(wanted))
    assert not multiprocessing.active_children()  # the program's end would wait for them


def test_who_asks_for_papers_and_fails_is_not_taken_for_a_broken_worker() -> None:
    def failing() -> Iterator[Order]:
        yield from orders(3).each
        raise OSError("no more cases")

    with pytest.raises(OSError, match="no more cases"):
        list(on_cores(msgspec.structs.replace(orders(0), each=failing(), about=90), 2))


@pytest.mark.skipif(not hasattr(signal, "SIGTERM") or os.name == "nt", reason="signals")
def test_a_copy_that_is_told_to_stop_is_gone_without_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: dict[int, object] = {}
    monkeypatch.setattr(signal, "signal", heard.__setitem__)
    monkeypatch.setattr(signal, "getsignal", lambda one: {signal.SIGTERM: _die}.get(one))
    as_if_alone()
    assert heard == {signal.SIGTERM: signal.SIG_DFL}


def test_closed_early_nothing_goes_on() -> None:
    results = on_cores(orders(40), 2)
    assert isinstance(next(results), Made)
    results.close()
    assert list(results) == []


def test_a_disk_that_takes_no_file_stops_the_batch(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    (order,) = orders(1).each
    lost = Order(
        paper=order.paper, format="pdf", case=order.case, file=tmp_path / "file" / "paper.pdf"
    )
    with pytest.raises(CannotWrite):
        list(on_cores(Orders(pack=PACK, office=Office(), each=[lost]), 1))


def test_a_worker_does_what_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs in a worker, run here, where it is seen."""
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(workers, "_shared", [])
    wanted = orders(2)
    workers._begin(wanted.pack, wanted.office, os.getppid())
    receiver = Receiver()
    sent = [workers._carried_out(wanted.each) for _ in range(2)]
    assert [receiver.received(one) for one in sent] == [list(in_turn(wanted))] * 2


def test_what_papers_begin_with_is_sent_once() -> None:
    beginning = b"%PDF fonts " * 50
    note_beginning(beginning)
    results = [
        msgspec.structs.replace(made, content=beginning + b"of paper %d" % place)
        for place, made in enumerate(in_turn(orders(3)))
        if isinstance(made, Made)
    ]
    sender, receiver = Sender(1), Receiver()
    sent = [sender.sent(results) for _ in range(2)]
    assert [[*one.beginnings.values()] for one in sent] == [[beginning], []]
    on_the_way = [made.content for one in sent for _, made in one.results if isinstance(made, Made)]
    assert on_the_way == [b"of paper 0", b"of paper 1", b"of paper 2"] * 2
    assert [receiver.received(one) for one in sent] == [results] * 2


def test_a_paper_begun_like_no_other_is_sent_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers_sent, "_MOST", 0)
    results = list(in_turn(orders(2)))
    assert Receiver().received(Sender(1).sent(results)) == results


def test_an_export_on_two_cores_is_the_export_on_one(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.imports(GOOD, SECOND)
    exported = {}
    for name, worth in (("one", 1000), ("two", 1)):
        monkeypatch.setattr(workers, "WORTH_A_WORKER", worth)
        monkeypatch.setattr(workers, "cores", lambda: 2)
        out = tmp_path / name
        assert clerk.types("export", "--out", out).code == 0
        exported[name] = {file.name: file.read_bytes() for file in out.iterdir()}
    assert exported["one"] == exported["two"]
    assert len(exported["one"]) == 5
