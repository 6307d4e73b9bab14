"""What an office means to reach in a year: kept with its data, its own or those of a scheme."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, cast, get_args

import msgspec
import tomli

from forms.ground.cleaning import fold, narrow
from forms.ground.locate import resources
from forms.office.statistics_types import MEASURE_WORDS, Measure
from forms.office.store import CannotDo, SettingKeeper

Targets = Mapping[Measure, Decimal]

_MOST = Decimal(10) ** 12
_KEPT = "statistics.targets.{year}"
_decoder = msgspec.json.Decoder(dict[str, str])


class Scheme(msgspec.Struct, frozen=True):
    """The targets that a scheme (方案) sets, with the words that set them."""

    name: str
    basis: str
    targets: dict[str, Decimal]


@cache
def schemes() -> Mapping[str, Scheme]:
    """Return the schemes whose targets are known, by code."""
    file = resources() / "targets.toml"
    read = tomli.loads(file.read_text(encoding="utf-8"))
    return {code: msgspec.convert(one, Scheme) for code, one in read.items()}


def targets(kept: SettingKeeper, year: int) -> dict[Measure, Decimal]:
    """Return the targets of a year."""
    return _read(kept.get(_KEPT.format(year=year)))


def keep_targets(kept: SettingKeeper, year: int, changed: Mapping[Measure, Decimal | None]) -> None:
    """Keep some targets of a year beside those there are; None takes one away."""

    def made(text: str | None) -> str:
        now: dict[Measure, Decimal | None] = {**_read(text), **changed}
        left = {measure: f"{value:f}" for measure, value in now.items() if value is not None}
        return msgspec.json.encode(left, order="sorted").decode()

    kept.change(_KEPT.format(year=year), made)


def target_of(text: str) -> tuple[Measure, Decimal | None]:
    """Read a target as a clerk types it: "报送专利=150", "达成率=" to take one away.

    Raises CannotDo.
    """
    name, sign, value = narrow(text).partition("=")
    measure = next(
        (code for code, (word, _) in MEASURE_WORDS.items() if fold(name) in (code, fold(word))),
        None,
    )
    if measure is None or not sign:
        words = "、".join(word for word, _ in MEASURE_WORDS.values())
        raise CannotDo(f"“{text}”不是目标，请写作“名称=数”，名称为：{words}。")
    if not value.strip():
        return measure, None
    amount = _amount(value.strip().replace(",", ""))
    if amount is None:
        raise CannotDo(f"“{value}”不是目标数，请写数字，不小于零。")
    return measure, amount


def targets_of_scheme(code: str) -> Targets:
    """Return the targets of a scheme.  Raises CannotDo for one that is not known."""
    scheme = schemes().get(code)
    if scheme is None:
        known = "、".join(f"{code}（{one.name}）" for code, one in schemes().items())
        raise CannotDo(f"没有代号为 {code} 的方案，可用的有：{known}。")
    return {_measure(measure): value for measure, value in scheme.targets.items()}


def _read(text: str | None) -> dict[Measure, Decimal]:
    if not text:
        return {}
    found = {measure: _amount(value) for measure, value in _decoder.decode(text).items()}
    return {_measure(measure): value for measure, value in found.items() if value is not None}


def _measure(text: str) -> Measure:
    assert text in get_args(Measure)
    return cast(Measure, text)


def _amount(text: Any) -> Decimal | None:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount < _MOST else None
