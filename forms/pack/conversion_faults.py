"""What is wrong with how a pack says that cases become its own (conversion.toml): shape and bounds.

What its texts and conditions read, and which rules it names, is asked by
`forms.vetting.conversion_lint`.
"""

from collections.abc import Iterable, Iterator

from forms.pack.conversion import Bar, Conversion, ConversionItem
from forms.pack.field_faults import Said

MOST_PACKS, MOST_ITEMS, MOST_BARS, MOST_PARTS = 20, 100, 30, 60
LONGEST_LABEL, LONGEST_TEXT = 40, 200


def conversion_faults(conversion: Conversion) -> Said:
    """Yield each fault as key and reason (Chinese)."""
    yield from _bounded("packs", conversion.packs, MOST_PACKS)
    for code, short in conversion.packs.items():
        yield from _text(f"packs.{code}", short, LONGEST_LABEL)
    for key in ("short", "bars_title", "bars_basis", "one_each_basis"):
        yield from _text(key, getattr(conversion, key), LONGEST_LABEL)
    for key in ("chapter", "done"):
        yield from _text(key, getattr(conversion, key), LONGEST_TEXT)
    yield from _bounded("items", conversion.items, MOST_ITEMS)
    yield from _bounded("bars", conversion.bars, MOST_BARS, least=0)
    for place, item in enumerate(conversion.items):
        yield from _at(f"items[{place}]", _item(item))
    for place, bar in enumerate(conversion.bars):
        yield from _at(f"bars[{place}]", _bar(bar))
    if conversion.licences is not None:
        yield from _text("licences.text", conversion.licences.text, LONGEST_TEXT)
        yield from _text("licences.basis", conversion.licences.basis, LONGEST_LABEL)


def _item(item: ConversionItem) -> Said:
    yield from _text("label", item.label, LONGEST_LABEL)
    if item.becomes != "kept" and not item.basis.strip():
        yield "basis", "要写明依据"
    yield from _bounded("paths", item.paths, MOST_PARTS, least=0)
    for name in ("before", "after"):
        lines = getattr(item, name)
        if len(lines) > 2:
            yield name, "至多两行"
        for at, line in enumerate(lines):
            yield from _text(f"{name}[{at}]", line, LONGEST_TEXT)


def _bar(bar: Bar) -> Said:
    yield from _text("label", bar.label, LONGEST_LABEL)
    yield from _text("basis", bar.basis, LONGEST_LABEL)
    for name in ("stands", "answers"):
        yield from _bounded(name, getattr(bar, name), MOST_PARTS, least=0)
    for at, answer in enumerate(bar.answers):
        yield from _text(f"answers[{at}].text", answer.text, LONGEST_TEXT)


def _text(key: str, text: str, most: int) -> Said:
    if not text.strip():
        yield key, "不能空着"
    if len(text) > most:
        yield key, f"过长（超过 {most} 字）"
    if "\n" in text:
        yield key, "应是一行"


def _bounded(key: str, parts: Iterable[object], most: int, *, least: int = 1) -> Said:
    count = sum(1 for _ in parts)
    if count < least:
        yield key, "至少要有一项"
    if count > most:
        yield key, f"过多（超过 {most} 项）"


def _at(key: str, said: Said) -> Iterator[tuple[str, str]]:
    return ((f"{key}.{inner}", reason) for inner, reason in said)
