"""What was copied into a web form, and what is uploaded with it, survives as all else does."""

from pathlib import Path

import pytest

from db.store import Store, open_store
from db.store_problems import DamagedScan, ScanTooLarge
from forms.facts.record import Case
from tests.db.conftest import Clock, spoil


def test_what_was_copied_is_there_after_a_restart(store: Store, case: Case, clock: Clock) -> None:
    one = store.cases.save(case).id
    store.web.note_copied(one, "number", "a" * 64)
    store.web.note_copied(one, "owners", "b" * 64)
    store.web.note_copied(one, "number", "c" * 64)
    place = store.place
    store.close()
    with open_store(place, now=clock) as again:
        assert list(again.web.copied(one).items()) == [("owners", "b" * 64), ("number", "c" * 64)]
        again.web.start_over(one)
        assert again.web.copied(one) == {}


def test_a_file_takes_the_place_of_the_one_before(store: Store, case: Case) -> None:
    one, other = store.cases.save(case).id, store.cases.save(case).id
    store.web.keep_file(one, "report", "旧.pdf", b"%PDF old")
    store.web.keep_file(one, "report", "报告.pdf", b"%PDF report", who="王敏")
    store.web.keep_file(other, "report", "报告.pdf", b"%PDF report")
    found = store.web.files_of([one, other])
    assert found[one]["report"].name == "报告.pdf"
    assert store.web.file_content(found[one]["report"]) == b"%PDF report"
    assert found[one]["report"].sha256 == found[other]["report"].sha256
    with pytest.raises(ScanTooLarge):
        store.web.keep_file(one, "report", "大.pdf", b"x" * ((50 << 20) + 1))


def test_a_case_from_the_bin_has_it_all(store: Store, case: Case) -> None:
    one = store.cases.save(case).id
    store.web.note_copied(one, "number", "a" * 64)
    store.web.keep_file(one, "report", "报告.pdf", b"%PDF report")
    store.cases.bin(one)
    store.cases.unbin(one)
    assert store.web.copied(one) and store.web.files_of([one])[one]


def test_a_backup_has_it_too(store: Store, file: Path, case: Case, clock: Clock) -> None:
    one = store.cases.save(case).id
    store.web.note_copied(one, "number", "a" * 64)
    store.web.keep_file(one, "report", "报告.pdf", b"%PDF report")
    copy = store.backups.make()
    with open_store(copy, now=clock, create=False) as there:
        assert there.web.copied(one) == {"number": "a" * 64}
        assert there.examine().faults == ()


def test_what_was_spoiled_is_named(store: Store, case: Case) -> None:
    one = store.cases.save(case).id
    store.web.note_copied(one, "number", "a" * 64)
    store.web.keep_file(one, "report", "报告.pdf", b"%PDF report")
    spoil(
        store,
        "UPDATE online_copies SET value_sha256 = '别的'",
        "UPDATE scan_files SET content = x'00'",
    )
    scan, copies = store.examine().faults
    assert scan.startswith("签章扫描件、附件")
    assert copies == "网上填报的复制记录 第 1 号：内容已损坏，请全部重来。"
    with pytest.raises(DamagedScan):
        store.web.file_content(store.web.files_of([one])[one]["report"])
