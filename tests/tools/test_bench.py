"""The bench's arithmetic and its report; nothing here is timed."""

import json
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest

from db.store import open_store
from forms.check.case_check import checker_of
from forms.ground.locate import packs_folder
from forms.pack.load import load
from forms.pool.shares import shares
from tests.postgres_server import Server
from tools.develop.bench import figures
from tools.develop.bench.beside import checkout
from tools.develop.bench.beside import figures_of as beside
from tools.develop.bench.figures import Figure, Took
from tools.develop.bench.ledger import server_data
from tools.develop.bench.patents import patents
from tools.develop.bench.scale.shares import run_of
from tools.develop.bench.typst_peer import words
from tools.develop.bench.window.figures_of import keystroke_figures, register_figures


def runs(*walls: float) -> list[Took]:
    return [Took(wall, 0) for wall in walls]


def test_the_median_of_the_rounds_counts() -> None:
    assert figures.wall(runs(1, 9, 2)) == 2
    assert figures.processor([Took(0, 3), Took(0, 1), Took(0, 8)]) == 3


def test_a_ratio_is_taken_round_by_round_since_others_disturb_both() -> None:
    assert figures.ratio(runs(2, 40, 6), runs(1, 20, 3)) == 2


def test_works_are_run_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count()
    monkeypatch.setattr(figures.time, "perf_counter", lambda: float(next(ticks)))
    said: list[tuple[str, int]] = []
    works = {
        name: lambda place, name=name: said.append((name, place)) for name in ("ours", "theirs")
    }
    told = figures.in_turn(works, 2)
    assert said == [("ours", 0), ("theirs", 0), ("ours", 1), ("theirs", 1)]
    assert [run.wall_s for run in told["ours"]] == [1, 1]


@pytest.mark.parametrize(
    ("figure", "met"),
    [
        (Figure(name="a", value=29, unit="ms", target=30), True),
        (Figure(name="a", value=31, unit="ms", target=30), False),
        (Figure(name="a", value=99, unit="ms", ratio=2.5, target=2.5), True),
        (Figure(name="a", value=0, unit="ms", ratio=0.9, target=1, better="more"), False),
        (Figure(name="a", value=0, unit="ms"), None),
    ],
)
def test_a_target_is_for_the_ratio_where_there_is_one(figure: Figure, met: bool | None) -> None:
    assert figure.met is met


def test_a_line_says_value_ratio_peer_target_and_note() -> None:
    figure = Figure(
        name="import", value=2.5, unit="s", ratio=4.0, peer="cells", target=3, note="read 1 s"
    )
    words = figures.line(figure).split()
    assert " ".join(words) == "import 2.5 s 4.00 x cells [<= 3: NOT MET] (read 1 s)"
    met = figures.line(Figure(name="warm", value=6, unit="ms", target=30))
    assert met.endswith("[<= 30: met]")
    assert figures.line(Figure(name="rate", value=6, unit="docs/s")).endswith("docs/s ")


def test_the_report_can_be_read_by_a_program() -> None:
    told = json.loads(
        figures.as_json(
            {"machine": "x"}, {"import": [Figure(name="a", value=1, unit="s", target=2)]}, ["typst"]
        )
    )
    assert told["machine"] == {"machine": "x"}
    assert told["missing"] == ["typst"]
    assert told["figures"][0]["met"] is True
    assert told["figures"][0]["group"] == "import"


def test_the_table_tells_by_groups_what_has_a_target() -> None:
    told = figures.table(
        {
            "Papers": [
                Figure(name="rate", value=9, unit="docs/s"),
                Figure(name="table", value=4, unit="ms", ratio=0.4, peer="theirs", target=1 / 3),
            ],
            "Check": [Figure(name="check", value=0.7, unit="s", target=3)],
            "Nothing": [],
        }
    )
    lines = [" ".join(line.split()) for line in told.splitlines() if line]
    assert lines == [
        "Papers",
        "NOT MET table <= 0.333 0.40 x theirs",
        "Check",
        "met check <= 3 0.7 s",
        "1 of 2 met",
    ]


def test_the_invented_patents_are_the_same_in_every_run_and_sound() -> None:
    cases = list(patents(60))
    assert cases == list(patents(60))
    assert len({case.patent.number for case in cases}) == 60
    checker = checker_of(load(packs_folder() / "hubei-2022"))
    found = [checker.check(case, date(2022, 9, 1)) for case in cases]
    kinds = {problem.rule for problems in found for problem in problems}
    assert not {"number.shape", "number.check_character"} & kinds
    assert {case.royalty.way for case in cases} == {
        "free",
        "entry_running",
        "lump_sum",
        "instalments",
        "other",
    }


def test_the_peer_is_given_every_word_of_the_papers() -> None:
    for case in patents(30):
        told = json.loads(words(case))
        assert told["number"] == case.patent.number
        assert told["owners"] == [owner.name for owner in case.owners]
        paid = case.royalty.instalments
        assert bool(told["total"]) == (case.royalty.way == "instalments")
        assert told["batches"] == ("" if paid.batches is None else str(paid.batches))


def test_the_window_s_figures_say_what_is_asked_of_them() -> None:
    (keys,) = keystroke_figures([float(ms) for ms in range(1, 101)])
    assert (keys.value, keys.met) == (96, True)
    assert "p50 50 ms, most 100 ms, 100 keys" in keys.note
    opened, searched = register_figures({"open": [310, 290, 330], "search": [10, 90, 20]}, 5)
    assert (opened.value, opened.met) == (310, False)
    assert (searched.value, searched.met) == (20, True)


@pytest.mark.parametrize(("has_git", "why"), [(True, "history"), (False, "git is not installed")])
def test_a_revision_that_is_not_there_is_left_out_with_a_word(
    has_git: bool,
    why: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(checkout, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    if not has_git:
        monkeypatch.setattr(checkout.shutil, "which", lambda _: None)
    assert list(beside.figures(checkout.TODAYS_BUILD, 10)) == []
    said = capsys.readouterr().out
    assert said.startswith("not measured") and why in said


def test_copied_patents_are_found_as_those_that_were_saved(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_data, "_INVENTED", 3)
    place = server.shared(tmp_path / "beside.db")
    server_data.fill(server, place, 9)
    with open_store(place, now=lambda: datetime(2026, 11, 30, tzinfo=UTC)) as store:
        rows = [row for some in store.register.rows() for row in some]
        assert len({row.number_text for row in rows}) == len({row.id for row in rows}) == 9
        assert sorted(store.register.search(rows[0].title)) == sorted(
            row.id for row in rows if row.title == rows[0].title
        )
        for row in rows:
            assert store.register.search(str(row.number_text)) == [row.id]
            stored = store.cases.one(row.id)
            assert stored.case.patent.number == row.number_text


def test_the_invented_pool_has_what_a_distribution_turns_on() -> None:
    run = run_of(1000)
    spans = [one for member in run.members for one in member.patents]
    assert len(spans) == 1000 and len({one.number for one in spans}) < 1000
    assert sum(one.amount for one in shares(run).shares) == shares(run).distributed
