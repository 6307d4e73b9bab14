"""Does a pack's web form (online.toml) make sense?  Ids, slots, bounds, names of files.

Asked whenever a pack is read: what passes here can be filled in for any case.  Whether its slots
name facts that there are is asked by `forms.vetting.online_lint`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from forms.ground.files import fits, safe_name
from forms.pack.field_faults import Said, repeated
from forms.pack.language import Paper, When
from forms.pack.online import DIGITS, Online, OnlineAttachment, OnlineField
from forms.pack.slots import Slot, SlotFault, parse

MOST_FIELDS, MOST_ATTACHMENTS = 60, 30
MOST_TEXTS, MOST_CONDITIONS = 20, 10
LONGEST_TEXT, LONGEST_LABEL, LONGEST_ADDRESS = 2_000, 40, 200
MOST_MB = 200

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ADDRESS = re.compile(r"(https?://)?[A-Za-z0-9.-]+\.[A-Za-z]{2,}(:[0-9]{1,5})?(/[!-~]*)?")
_FILE = re.compile(r"[A-Za-z0-9_-]+")
_NUMBER = "{patent.number}"
_NOT_HERE = frozenset({"blank", "plain"})  # options of a printed page


def online_faults(online: Online, papers: Mapping[str, Paper]) -> Said:
    """Yield each fault of a web form as key and reason (Chinese)."""
    yield from _line("name", online.name)
    yield from _line("note", online.note, most=LONGEST_TEXT, blank=True)
    if not _ADDRESS.fullmatch(online.address) or len(online.address) > LONGEST_ADDRESS:
        yield "address", f"“{online.address[:60]}”不是网址"
    yield from _name_faults("folder_name", online.folder_name)
    if DIGITS not in online.folder_name:
        yield "folder_name", f"要有 {DIGITS}，文件夹才不会重复"
    if not online.fields:
        yield "fields", "至少要有一项"
    if len(online.fields) > MOST_FIELDS:
        yield "fields", f"过多（超过 {MOST_FIELDS} 项）"
    if len(online.attachments) > MOST_ATTACHMENTS:
        yield "attachments", f"过多（超过 {MOST_ATTACHMENTS} 项）"
    yield from repeated("fields", "id", [one.id for one in online.fields])
    yield from repeated("attachments", "id", [one.id for one in online.attachments])
    names = [one.file_name for one in online.attachments]
    yield from repeated("attachments", "file_name", names)
    for place, field in enumerate(online.fields):
        yield from _at(f"fields[{place}]", _field_faults(field))
    for place, attachment in enumerate(online.attachments):
        yield from _at(f"attachments[{place}]", _attachment_faults(attachment, papers))


def _at(key: str, said: Said) -> Said:
    return ((f"{key}.{inner}", reason) for inner, reason in said)


def _line(key: str, text: str, *, most: int = LONGEST_LABEL, blank: bool = False) -> Said:
    if not text.strip() and not blank:
        yield key, "不能空着"
    if len(text) > most:
        yield key, f"过长（超过 {most} 字）"
    if "\n" in text:
        yield key, "应是一行"


def _field_faults(field: OnlineField) -> Said:
    if not _ID.fullmatch(field.id):
        yield "id", "应为小写字母、数字和下划线，以字母开头，不超过 40 个"
    yield from _line("label", field.label)
    yield from _line("help", field.help, most=LONGEST_TEXT, blank=True)
    yield from _conditions("when", field.when)
    if len(field.texts) > MOST_TEXTS:
        yield "texts", f"过多（超过 {MOST_TEXTS} 段）"
    if field.kind == "tick":
        if field.texts or field.writings:
            yield "texts", "只勾选、不复制的一项不写文字"
        return
    if not field.texts:
        yield "texts", "要写明填什么"
    for place, text in enumerate(field.texts):
        yield from _conditions(f"texts[{place}].when", text.when)
        yield from _text_faults(f"texts[{place}].text", text.text)
    if field.writings and [one.text for one in field.texts] != [_NUMBER]:
        yield "writings", f"只有填 {_NUMBER} 的一项才有几种写法"
    yield from repeated("writings", "form", [one.form for one in field.writings])
    for place, writing in enumerate(field.writings):
        yield from _line(f"writings[{place}].label", writing.label)


def _text_faults(key: str, text: str) -> Said:
    if len(text) > LONGEST_TEXT:
        yield key, f"过长（超过 {LONGEST_TEXT} 字）"
        return
    try:
        slots = [piece for piece in parse(text) if isinstance(piece, Slot)]
    except SlotFault as fault:
        yield key, str(fault)
        return
    for slot in slots:
        if slot.tick is not None or not slot.ways or _NOT_HERE & slot.options.keys():
            yield key, f"{slot.source}：这里只能写事项，不写方框、空白和字体"


def _conditions(key: str, conditions: Sequence[When]) -> Said:
    if len(conditions) > MOST_CONDITIONS:
        yield key, f"过多（超过 {MOST_CONDITIONS} 条）"
    for place, when in enumerate(conditions):
        given = (when.is_, when.not_, when.in_, when.filled)
        if sum(one is not None for one in given) != 1:
            yield f"{key}[{place}]", "条件要写 is、not、in、filled 之中的一项，不多不少"


def _attachment_faults(one: OnlineAttachment, papers: Mapping[str, Paper]) -> Said:
    if not _ID.fullmatch(one.id):
        yield "id", "应为小写字母、数字和下划线，以字母开头，不超过 40 个"
    yield from _line("label", one.label)
    for key in ("help", "not_needed"):
        yield from _line(key, getattr(one, key), most=LONGEST_TEXT, blank=True)
    yield from _name_faults("file_name", one.file_name)
    paper = papers.get(one.paper)
    if one.paper and (paper is None or paper.scope != "case" or "pdf" not in paper.formats):
        yield "paper", f"没有“{one.paper}”这种一件专利一份的 PDF 文书"
    yield from _conditions("when_any", one.when_any)
    if not one.types or (one.paper and "pdf" not in one.types):
        yield "types", "文书只有 PDF，要列出 pdf" if one.paper else "要列出可用的格式"
    if not 1 <= one.max_mb <= MOST_MB:
        yield "max_mb", f"应在 1 至 {MOST_MB} 之间（MiB）"


def _name_faults(key: str, pattern: str) -> Iterator[tuple[str, str]]:
    """A name that any platform takes, whatever the number."""
    named = pattern.replace(DIGITS, "2021103456783")
    if not _FILE.fullmatch(named) or safe_name(named) != named or not fits(named, 60):
        yield key, f"只能用字母、数字、- 和 _，以及 {DIGITS}，不超过 60 个，并且不是系统保留的名称"
