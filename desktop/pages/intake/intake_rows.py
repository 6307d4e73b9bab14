"""Packages as rows of the table: whose, what came, when, how it stands, and why in a few words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop.installed.screen_texts import t
from desktop.parts.theme.chips import Look
from desktop.parts.widgets.table_model import Column
from forms.bureau.package_care import Standing, standing
from forms.bureau.records import Package
from forms.bureau.units import Quarter, Unit, day_of, not_heard, quarter_of, unit_key
from forms.office.stored import Kept

LOOKS: Mapping[Standing, Look] = {
    "ready": Look("circle-check", "done", "intake.standing.ready"),
    "altered": Look("octagon-x", "error", "intake.standing.altered"),
    "duplicate": Look("copy", "pending", "intake.standing.duplicate"),
    "missing": Look("clock", "pending", "intake.standing.missing"),
    "unreadable": Look("file-x", "error", "intake.standing.unreadable"),
    "foreign": Look("info", "advice", "intake.standing.foreign"),
    "faulty": Look("octagon-x", "error", "intake.standing.faulty"),
    "sent": Look("send", "accent", "intake.standing.sent"),
}
_ICONS = {"folder": "folder", "zip": "file-archive", "mail": "mail", "file": "file-text"}
_KB, _MB = 1 << 10, 1 << 20


@dataclass(frozen=True)
class Row:
    """A package with how it stands and the text a search looks at."""

    kept: Kept[Package]
    standing: Standing
    found: str
    said: str
    """Why it stands so, in a few words."""

    @property
    def package(self) -> Package:
        """The package."""
        return self.kept.record


@dataclass(frozen=True)
class UnitBlock:
    """A unit of the strip: its name, and how its packages of the quarter stand."""

    name: str
    tone: str  # done, pending, error, none


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What a job found: all packages, the latest first, and the units due in the quarter."""

    rows: Sequence[Row]
    quarter: Quarter
    units: Sequence[UnitBlock]
    silent: Sequence[Unit]
    knows_units: bool


def looked(packages: Sequence[Kept[Package]], units: Sequence[Unit], today: date) -> Looked:
    """Return what the page shows of packages and units on a day."""
    rows = [_row(kept) for kept in packages]
    rows.sort(key=lambda row: (row.package.received_at is not None, _at(row), row.kept.id))
    rows.reverse()
    quarter = quarter_of(today)
    tones: dict[str, str] = {}
    for row in rows:  # the latest of a unit says how it stands
        at = row.package.received_at
        if at is not None and quarter_of(day_of(at)) == quarter:
            tones.setdefault(unit_key(row.package.office), _tone(row.standing))
    due = [unit for unit in units if unit.reports]
    blocks = [UnitBlock(unit.name, _of_unit(unit, tones)) for unit in due]
    order = ("done", "pending", "error", "none")
    blocks.sort(key=lambda block: order.index(block.tone))
    heard = [row.package.office for row in rows if unit_key(row.package.office) in tones]
    return Looked(
        rows=rows,
        quarter=quarter,
        units=blocks,
        silent=not_heard(units, heard),
        knows_units=bool(due),
    )


def _at(row: Row) -> float:
    at = row.package.received_at
    return at.timestamp() if at is not None else 0.0


def _of_unit(unit: Unit, tones: Mapping[str, str]) -> str:
    names = (unit.name, *unit.aliases)
    return next((tones[unit_key(name)] for name in names if unit_key(name) in tones), "none")


def _tone(stands: Standing) -> str:
    tone = LOOKS[stands].tone
    return "done" if tone in ("done", "accent") else "error" if tone == "error" else "pending"


def _row(kept: Kept[Package]) -> Row:
    package = kept.record
    found = f"{package.office} {package.source} {package.sender.name}".casefold()
    stands = standing(package)
    return Row(kept, stands, found, _said(package, stands))


def _said(package: Package, stands: Standing) -> str:
    """Why a package stands so: one short sentence."""
    if package.accepted:
        return t("intake.said.accepted", words=package.accepted)
    counts = Counter(fault.code for fault in package.faults)
    if stands == "altered":
        return t("intake.said.altered", count=counts["altered"])
    if stands == "duplicate":
        return t("intake.said.duplicate", count=counts["conflict"])
    if stands == "foreign" and package.cases:
        return t("intake.said.foreign", count=package.cases)
    if stands == "ready" and package.verdict == "changed":
        return t("intake.said.changed", count=counts["edition"])
    if package.faults and stands not in ("ready", "sent"):
        return package.faults[0].message
    return t("intake.said.ready")


# --- what the table says ------------------------------------------------------------------------


def size_words(size: int) -> str:
    """A size in bytes, as it is shown."""
    return f"{size / _MB:.1f} MB" if size >= _MB else f"{max(1, round(size / _KB))} KB"


def moment_words(at: datetime | None, today: date) -> str:
    """When it was received: 今天 09:12, 11-23 17:20."""
    if at is None:
        return "—"
    here = at.astimezone()
    if here.date() == today:
        return t("intake.today", time=f"{here:%H:%M}")
    return f"{here:%m-%d %H:%M}" if here.year == today.year else f"{here:%Y-%m-%d}"


def batch_words(package: Package) -> str:
    """Which package of its unit it is."""
    return t("intake.batch", batch=package.batch) if package.office else ""


def columns(today: date) -> Sequence[Column]:
    """The columns of the table."""
    return (
        Column(
            header=t("intake.columns.office"),
            text=lambda row: row.package.office or t("intake.no_office"),
            second=lambda row: batch_words(row.package),
            ink=lambda row: "text" if row.package.office else "text2",
            width=216,
        ),
        Column(
            header=t("intake.columns.file"),
            text=lambda row: row.package.source,
            second=lambda row: _files_words(row.package),
            icon=lambda row: (_ICONS[row.package.channel], "text2"),
            ends=True,
        ),
        Column(
            header=t("intake.columns.received"),
            text=lambda row: moment_words(row.package.received_at, today),
            second=lambda row: t(f"intake.channel.{row.package.channel}"),
            width=112,
            may_go=True,
        ),
        Column(
            header=t("intake.columns.cases"),
            text=lambda row: f"{row.package.cases:,}" if row.package.cases else "—",
            width=64,
            is_right=True,
        ),
        Column(
            header=t("intake.columns.standing"),
            chip=lambda row: (LOOKS[row.standing], t(LOOKS[row.standing].word)),
            width=148,
        ),
        Column(
            header=t("intake.columns.said"),
            text=lambda row: row.said,
            is_small=True,
            breaks=True,
            width=196,
            may_go=True,
        ),
    )


def _files_words(package: Package) -> str:
    count = len(package.files)
    if not count:
        return size_words(package.size) if package.size else ""
    return t("intake.files", count=f"{count:,}", size=size_words(package.size))
