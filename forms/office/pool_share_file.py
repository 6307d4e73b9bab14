"""A distribution reckoned from a file: `pool-run`, which anybody may have made."""

from pathlib import Path
from typing import Any

from forms.exchange.json_file import read_json_file
from forms.exchange.json_shape import converted
from forms.ground.files import read_bytes
from forms.office.store import CannotDo
from forms.pool.share_faults import NoShares
from forms.pool.share_input import ShareRun
from forms.pool.shares import Shares, shares

MAX_BYTES = 64_000_000  # 100,000 patents take some 10 MB


def read_run(file: Path) -> ShareRun:
    """Read a distribution from a JSON file.

    Raises CannotDo naming every key at fault, UnreadableFile, CannotRead.
    """
    return run_of(read_bytes(file, most=MAX_BYTES), file.name)


def run_of(content: bytes, name: str) -> ShareRun:
    """Read a distribution from JSON.  Raises CannotDo naming every key at fault, UnreadableFile."""
    run, faults = converted(read_json_file(content, name, MAX_BYTES), ShareRun)
    if run is None or faults:
        raise CannotDo(f"“{name}”不能用来分配：{'；'.join(faults)}。格式见 schema pool-run。")
    return run


def reckoned(run: ShareRun, name: str) -> Shares:
    """Reckon a distribution that stood in a file.  Raises CannotDo."""
    try:
        return shares(run)
    except NoShares as fault:
        raise CannotDo(f"“{name}”不能分配：{fault}") from fault


def shares_of_file(file: Path) -> tuple[ShareRun, Shares]:
    """Reckon a file.  Raises CannotDo, UnreadableFile, CannotRead."""
    run = read_run(file)
    return run, reckoned(run, file.name)


def shares_json(done: Shares) -> dict[str, Any]:
    """Return the published answer; `annuities` stands there where some were paid."""
    answer: dict[str, Any] = {"fee": str(done.fee)}
    if done.annuities:
        answer["annuities"] = str(done.annuities)
    return answer | {
        "distributed": str(done.distributed),
        "shares": [{"member": one.member, "amount": str(one.amount)} for one in done.shares],
        "total": str(done.total),
    }
