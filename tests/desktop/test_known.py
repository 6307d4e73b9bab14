"""What a clerk is told of an error, and what of the program's own faults is not for the clerk."""

import errno
from pathlib import Path

import pytest

from db.store_problems import DamagedDatabase, StoreProblem
from desktop.command_line.arguments import Complaint
from desktop.installed.known import sentence
from forms.exchange.locked_zip import BadPassword, check_password
from forms.exchange.workbook_reader import read_file
from forms.ground.files import read_bytes
from forms.ground.for_the_clerk import ForTheClerk
from forms.office.paper_making import Unprintable
from forms.office.store import CannotDo
from forms.pack.load import PackFault, load


def test_an_error_for_the_clerk_is_told_in_its_own_words(tmp_path: Path) -> None:
    for work in (
        lambda: check_password("短"),
        lambda: read_file(tmp_path / "没有.xlsx"),
        lambda: read_bytes(tmp_path / "没有.pdf", most=1),
        lambda: load(tmp_path / "没有"),
    ):
        with pytest.raises(ForTheClerk) as caught:
            work()
        assert sentence(caught.value) == str(caught.value)
    for kind in (Complaint, CannotDo, BadPassword):
        assert sentence(kind("未登记，请补填。")) == "未登记，请补填。"


def test_only_damaged_or_lost_data_lead_to_a_backup() -> None:
    assert DamagedDatabase.asks_for_backup
    assert not StoreProblem.asks_for_backup
    assert not PackFault.asks_for_backup


def test_a_disk_is_the_clerks_and_a_bug_is_ours() -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "甲.pdf")
    assert sentence(full) == "“甲.pdf”：磁盘空间已满，请腾出空间或另选磁盘。"
    assert sentence(KeyError("patent.title")) is None
    assert sentence(Unprintable("字体中没有此字")) is None  # no sentence by itself
