"""What was printed, sealed and sent is remembered by its hash."""

import hashlib
from datetime import UTC, datetime

import pytest

from db import papers
from db.store import Store
from db.store_problems import DamagedScan, ScanTooLarge
from forms.facts.record import Case, Licence
from forms.office.stored import Export, Made, SubmittedFile
from tests.db.conftest import spoil

SENT = datetime(2022, 10, 14, 9, 30, tzinfo=UTC)


def printed(
    store: Store,
    case_id: int | None,
    words: str,
    *,
    licence_id: int | None = None,
    draft: bool = False,
    when: datetime | None = None,
) -> Export:
    made = Made(
        paper="info",
        format="pdf",
        words=words,
        sha256="f" * 64,
        draft=draft,
        pack_code="hubei-2022",
        pack_version="1",
        case_id=case_id,
        licence_id=licence_id,
    )
    return store.papers.record_export(made, when=when)


def test_the_words_of_a_print_are_kept(store: Store, case: Case) -> None:
    one = store.cases.save(case)
    first = printed(store, one.id, "第一稿", draft=True)
    second = printed(store, one.id, "第二稿", when=SENT)
    again = printed(store, one.id, "第二稿")
    assert first.words_sha256 == hashlib.sha256("第一稿".encode()).hexdigest()
    assert store.papers.printed_words(first.words_sha256) == "第一稿"
    assert store.papers.printed_words("0" * 64) is None
    assert second.made_at == SENT
    assert store.papers.exports(one.id) == [again, second, first]
    assert store.papers.latest_export(one.id, "info") == again
    assert store.papers.latest_export(one.id, "info", draft=True) == first
    assert store.papers.latest_export(one.id, "consent") is None


def test_papers_of_a_licence_and_of_the_batch_stand_apart(store: Store, case: Case) -> None:
    one = store.cases.save(case)
    licence = store.licences.add(one.id, Licence())
    batch = printed(store, None, "汇总")
    contract = printed(store, one.id, "合同", licence_id=licence.id)
    assert store.papers.latest_export(None, "info") == batch
    assert store.papers.latest_export(one.id, "info") is None
    assert store.papers.latest_export(one.id, "info", licence_id=licence.id) == contract


def test_a_later_scan_replaces_and_the_former_stays(store: Store, case: Case) -> None:
    one = store.cases.save(case)
    assert store.papers.scan(one.id, "info") is None
    first = store.papers.add_scan(one.id, "info", b"%PDF 1", "a" * 64, who="小陈")
    assert store.papers.add_scan(one.id, "info", b"%PDF 1", "a" * 64) == first
    second = store.papers.add_scan(one.id, "info", b"%PDF 22", "b" * 64)
    summary = store.papers.add_scan(None, "summary", b"%PDF 1", "c" * 64)
    contract = store.licences.add(one.id, Licence())
    store.papers.add_scan(one.id, "contract", b"%PDF 3", "d" * 64, licence_id=contract.id)
    assert store.papers.scan(one.id, "info") == second
    assert store.papers.scans(one.id, "info") == [second, first]
    assert store.papers.sealed() == {(one.id, "info"): second, (None, "summary"): summary}
    assert (second.size_bytes, second.words_sha256) == (7, "b" * 64)
    assert store.papers.scan_content(first) == store.papers.scan_content(summary) == b"%PDF 1"


def test_a_scan_that_has_changed_is_refused(store: Store) -> None:
    scan = store.papers.add_scan(None, "summary", b"%PDF", "c" * 64)
    spoil(store, "UPDATE scan_files SET content = x'00'")
    with pytest.raises(DamagedScan, match="重新添加"):
        store.papers.scan_content(scan)


def test_a_scan_has_a_reasonable_size(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "SCAN_LIMIT_MB", 1)
    store.papers.add_scan(None, "summary", b"x" * (1 << 20), "c" * 64)
    with pytest.raises(ScanTooLarge, match="2 MB，超过 1 MB"):
        store.papers.add_scan(None, "summary", b"x" * (2 << 20), "c" * 64)


def test_a_submission_is_kept_with_its_files(store: Store, case: Case) -> None:
    one = store.cases.save(case)
    files = [
        SubmittedFile(name="信息表.pdf", sha256="1" * 64, case_id=one.id, paper="info"),
        SubmittedFile(name="清单.txt", sha256="2" * 64),
    ]
    first = store.papers.record_submission(
        files, pack_code="hubei-2022", pack_version="1", who="小陈"
    )
    second = store.papers.record_submission([], pack_code="hubei-2022", pack_version="1")
    assert store.papers.submissions() == [second, first]
    store.papers.note_sent(first.id, SENT)
    assert store.papers.submissions()[1].sent_at == SENT
    assert store.papers.submissions()[1].files == tuple(files)
