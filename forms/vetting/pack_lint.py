"""Say everything wrong with a form pack: file, key and reason, for whoever writes packs.

`forms.pack.load` asks whether the files have the right shape and `forms.pack.field_faults` whether
the fields make sense; here all else is asked: rules and messages that fit each other, papers
in order, patterns, a sample that can be imported.  Nothing of a pack is executed.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

from forms.check.wording import message_key, sentence_key, slots
from forms.exchange.import_plan import plan
from forms.exchange.sheets import UnreadableFile
from forms.exchange.workbook_reader import read_file
from forms.facts.record import OfficeKind
from forms.ground.locate import EDITION_FILE
from forms.ground.name_patterns import unknown_slots
from forms.pack.askable import facts
from forms.pack.field_faults import Said, repeated
from forms.pack.load import (
    CONVERSION_FILE,
    ONLINE_FILE,
    PACK_FILE,
    RECORDAL_FILE,
    RULES_FILE,
    STATEMENT_FILE,
    WORDING_FILE,
    Fault,
    PackFile,
    PackReader,
)
from forms.pack.pack_files import PAPERS_FOLDER
from forms.pack.record_pack import RECORDS_FILE
from forms.pack.types import RuleBinding, Submission
from forms.paper.measures import manner_faults
from forms.rules import EVERYWHERE, FIELD_PARAMS, PAPER_PARAMS, REGISTRY, Rule
from forms.vetting.conversion_lint import faults as conversion_faults
from forms.vetting.online_lint import faults as online_faults
from forms.vetting.pack_signature import SIGNATURE_FILE
from forms.vetting.paper_lint import faults as paper_faults
from forms.vetting.paper_lint import phrase_faults
from forms.vetting.record_lint import lint_records
from forms.vetting.statement_lint import statement_faults

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_BRACE = re.compile(r"\{[^{}]*\}")
_OFFICE_KINDS = frozenset(get_args(OfficeKind))
_TYPE_WORDS: Mapping[type, str] = {int: "整数", str: "文字", bool: "true/false", list: "文字的列表"}


def lint(folder: Path) -> list[Fault]:
    """Return every fault of a pack, those for which it is refused first; none for a good pack.

    A record pack (文书包) is asked as such.
    """
    if (folder / RECORDS_FILE).is_file() and not (folder / PACK_FILE).is_file():
        return lint_records(folder)
    reader = PackReader(folder)
    found = list(reader.faults)
    if reader.main:
        found += _in(PACK_FILE, _main_faults(reader.main))
        found += _in(PACK_FILE, _sample_faults(reader))
        found += _in(RULES_FILE, _rule_faults(reader))
    if reader.wording is not None and reader.rules:
        found += _in(WORDING_FILE, _wording_faults(reader.wording, reader.rules.rules))
    found += _paper_faults(reader)
    if reader.statement is not None:
        found += _in(STATEMENT_FILE, statement_faults(reader.statement, _own_paths(reader)))
    found += _in(ONLINE_FILE, _online_faults(reader))
    if reader.conversion is not None:
        said = conversion_faults(reader.conversion, *_own_facts(reader))
        found += _in(CONVERSION_FILE, said)
    found += _in(RECORDAL_FILE, _recordal_faults(reader))
    found += _manner_faults(reader)
    found += _stray_files(folder)
    return found


def _in(file: str, said: Said) -> list[Fault]:
    return [Fault(file, key, reason) for key, reason in said]


# ------------------------------------------------------------------ pack.toml


def _main_faults(main: PackFile) -> Said:
    identity = main.identity
    begin, end = identity.in_force_from, identity.in_force_until
    if begin and end and end < begin:
        yield "identity.in_force_until", "早于 in_force_from"
    yield from _submission_faults(main.submission)


_PATTERNS = ("subject", "body", "folder_name", "paper_name", "summary_name")


def _submission_faults(submission: Submission) -> Said:
    if submission.is_mailed and not _ADDRESS.fullmatch(submission.address):
        yield "submission.address", f"“{submission.address}”不是电子邮件地址"
    for key in _PATTERNS if submission.is_mailed else ("paper_name",):
        yield from _pattern_faults(f"submission.{key}", getattr(submission, key))
    for slot in ("{number}", "{paper}"):
        if slot not in submission.paper_name:
            yield "submission.paper_name", f"要有 {slot}，文件名才不会重复"
    if not 1 <= submission.size_limit_mb <= 1000:
        yield "submission.size_limit_mb", "应在 1 至 1000 之间（MiB）"
    for place, deadline in enumerate(submission.deadlines):
        if deadline.office_kind not in _OFFICE_KINDS:
            yield f"submission.deadlines[{place}].office_kind", _no_office(deadline.office_kind)
    for place, attachment in enumerate(submission.attachments):
        for kind in attachment.office_kinds:
            if kind not in _OFFICE_KINDS:
                yield f"submission.attachments[{place}].office_kinds", _no_office(kind)


def _no_office(kind: str) -> str:
    return f"没有“{kind}”这一类单位，只有 {'、'.join(sorted(_OFFICE_KINDS))}"


def _pattern_faults(key: str, pattern: str) -> Said:
    if not pattern.strip():
        yield key, "不能空着"
    for slot in unknown_slots(pattern):
        yield key, f"无法识别 {{{slot}}}"
    if re.search(r"[{}]", _BRACE.sub("", pattern)):
        yield key, "花括号不成对"


# ------------------------------------------------------------------ rules and wording


def _rule_faults(reader: PackReader) -> Said:
    rules = reader.rules.rules if reader.rules else ()
    yield from repeated("rules", "规则", [f"{r.rule}（{r.scope}）" for r in rules])
    asked = {field.path for field in reader.main.fields} if reader.main else set()
    papers = {paper.code for _, paper in reader.papers}
    for place, binding in enumerate(rules):
        rule = REGISTRY.get(binding.rule)
        if rule is None:
            yield f"rules[{place}].rule", f"没有“{binding.rule}”这条规则"
            continue
        for inner, reason in _binding_faults(binding, rule, asked, papers):
            yield f"rules[{place}].{inner}", f"{binding.rule}：{reason}"


def _binding_faults(binding: RuleBinding, rule: Rule, asked: set[str], papers: set[str]) -> Said:
    if binding.scope not in rule.scopes:
        yield "scope", f"这条规则只能用于 {'、'.join(sorted(rule.scopes))}"
    if not binding.basis.strip():
        yield "basis", "要写明依据"
    for name, value in binding.params.items():
        kind = rule.params.get(name)
        if kind is None:
            yield f"params.{name}", "这条规则没有这个参数"
        elif not _is_a(value, kind):
            yield f"params.{name}", f"应为{_TYPE_WORDS.get(kind, kind.__name__)}"
        elif name in FIELD_PARAMS and value not in asked:
            yield f"params.{name}", f"“{value}”没有在 fields 中声明"
        elif name in PAPER_PARAMS:
            for code in [value] if isinstance(value, str) else value:
                if code not in papers:
                    yield f"params.{name}", f"没有“{code}”这种文书"
    looked_at = [path for path in rule.fields if path in facts()]
    if looked_at and asked.isdisjoint(looked_at):
        yield "rule", f"它查的 {'、'.join(looked_at)} 没有在 fields 中声明"


def _is_a(value: Any, kind: type) -> bool:
    if kind is list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return type(value) is kind


def _wording_faults(wording: Mapping[str, str], bindings: Iterable[RuleBinding]) -> Said:
    known = {
        message_key(rule.id, variant): names | EVERYWHERE
        for rule in REGISTRY.values()
        for variant, names in rule.variants.items()
    }
    for key, template in wording.items():
        if key not in known:
            yield key, "没有哪条规则用这一句"
            continue
        for name in sorted(slots(template) - known[key]):
            yield key, f"这一句里没有 {{{name}}} 可用，只有 {'、'.join(sorted(known[key]))}"
        if re.search(r"[{}]", _BRACE.sub("", template)):
            yield key, "花括号不成对"
    bound = {
        binding.rule: REGISTRY[binding.rule] for binding in bindings if binding.rule in REGISTRY
    }
    for rule in bound.values():
        for variant in rule.variants:
            if sentence_key(wording, rule.id, variant) not in wording:
                yield message_key(rule.id, variant), "缺少这一句提示语"


# ------------------------------------------------------------------ papers, sample, folder


def _paper_faults(reader: PackReader) -> list[Fault]:
    own, choices = _own_facts(reader)
    return [
        *_in(PACK_FILE, phrase_faults(reader.main.phrases if reader.main else (), own, choices)),
        *(
            Fault(file, key, reason)
            for file, paper in reader.papers
            for key, reason in paper_faults(paper, own, choices)
        ),
    ]


def _own_paths(reader: PackReader) -> Mapping[str, tuple[str, ...] | None]:
    fields = reader.main.fields if reader.main else ()
    return {
        field.path: tuple(choice.value for choice in field.choices) or None
        for field in fields
        if field.path.startswith("extra.")
    }


def _own_facts(reader: PackReader) -> tuple[list[str], dict[str, list[str]]]:
    """The pack's own paths and phrases, and the values of its choices."""
    fields = reader.main.fields if reader.main else ()
    own = [field.path for field in fields if field.path.startswith("extra.")]
    own += [f"phrase.{phrase.name}" for phrase in (reader.main.phrases if reader.main else ())]
    return own, {f.path: [choice.value for choice in f.choices] for f in fields if f.choices}


def _online_faults(reader: PackReader) -> Said:
    steps = reader.main.steps if reader.main else ()
    asks = [step for step in steps if step.page == "online"]
    if asks and not (reader.folder / ONLINE_FILE).exists():
        yield "", f"步骤“{asks[0].id}”的 page 是 online，要有这个文件"
    if reader.online is not None:
        yield from online_faults(reader.online, *_own_facts(reader))


def _recordal_faults(reader: PackReader) -> Said:
    """Papers that are said to help with one for the recordal, and are none of a licence's."""
    of_licence = {paper.code for _, paper in reader.papers if paper.scope == "licence"}
    for place, procedure in enumerate(reader.recordal.procedures if reader.recordal else ()):
        for inner, paper in enumerate(procedure.papers):
            if paper.made_as and paper.made_as not in of_licence:
                key = f"procedures[{place}].papers[{inner}].made_as"
                yield key, f"没有“{paper.made_as}”这种许可文书"


def _manner_faults(reader: PackReader) -> list[Fault]:
    """Where a paper does not keep the manner that the pack itself says it is to keep."""
    manner = reader.main.manner if reader.main else None
    if manner is None:
        return []
    papers = {paper.code: (file, paper) for file, paper in reader.papers}
    found = [
        Fault(PACK_FILE, "manner.papers", f"没有“{code}”这种文书")
        for code in manner.papers
        if code not in papers
    ]
    if not manner.basis.strip():
        found.append(Fault(PACK_FILE, "manner.basis", "要写明依据"))
    for file, paper in (papers[code] for code in manner.papers if code in papers):
        found += [Fault(file, key, reason) for key, reason in manner_faults(paper, manner)]
    return found


def _sample_faults(reader: PackReader) -> Said:
    name = reader.main.sample if reader.main else ""
    if not name:
        return
    if Path(name).name != name or "\\" in name or ":" in name:
        yield "sample", f"“{name}”应是表单包文件夹里的文件名，不带路径"
        return
    path = reader.folder / name
    if not path.is_file() or not path.resolve().is_relative_to(reader.folder.resolve()):
        yield "sample", f"表单包里没有“{name}”"
        return
    try:
        sheets = read_file(path)
        if not reader.faults:
            plan(sheets, reader.pack(), [])
    except UnreadableFile as error:
        yield "sample", str(error)


def _stray_files(folder: Path) -> list[Fault]:
    known = {
        *(PACK_FILE, RULES_FILE, WORDING_FILE, STATEMENT_FILE, ONLINE_FILE),
        *(CONVERSION_FILE, RECORDAL_FILE),
        *(EDITION_FILE, SIGNATURE_FILE),
    }
    strays = sorted(path.name for path in folder.glob("*.toml") if path.name not in known)
    reason = f"无法识别这个文件；文书放在 {PAPERS_FOLDER}/ 里"
    return [Fault(name, "", reason) for name in strays]
