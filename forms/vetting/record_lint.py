"""What is wrong with a record pack beyond its shape: papers that ask what the facts have not.

The facts of a paper are known by the pack's kind and the paper's code; a paper that the program
makes nothing for is told, so that nobody waits for it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from forms.pack import language as lang
from forms.pack.load import PackFault
from forms.pack.pack_files import PAPERS_FOLDER, Fault
from forms.pack.paper_faults import ONCE
from forms.pack.record_pack import load_record_pack
from forms.pack.record_types import RecordPack
from forms.pool.paper_facts import FACTS_OF as POOL_FACTS
from forms.stock.grading import GRADING_FILE, GradingFault, load_grading
from forms.stock.stock_items import STOCK_FILE, StockFormFault, load_form
from forms.stock.way_paper import FACTS_OF as STOCK_FACTS
from forms.stock.way_rules import WAYS_FILE, WayRulesFault, load_ways
from forms.vetting.paper_lint import PaperLinter, first_place, members

Known = Mapping[str, tuple[str, ...] | None]

FACTS: Mapping[str, Mapping[str, type]] = {"pool": POOL_FACTS, "stock": STOCK_FACTS}
"""The facts of each paper by its code, by the kind of the pack; kinds not named are not asked."""


def lint_records(folder: Path) -> list[Fault]:
    """Return every fault of a record pack, those for which it is refused first."""
    try:
        pack = load_record_pack(folder)
    except PackFault as fault:
        return fault.faults
    return [*_items_faults(pack), *paper_faults(pack)]


def _items_faults(pack: RecordPack) -> Iterator[Fault]:
    """What is wrong with what a pack asks of stock patents."""
    if pack.identity.kind == "stock":
        try:
            load_ways(load_form(pack.folder), pack.folder)
        except StockFormFault as fault:
            yield Fault(STOCK_FILE, "", str(fault))
        except WayRulesFault as fault:
            yield Fault(WAYS_FILE, "", str(fault))
        try:
            load_grading(pack.folder)
        except GradingFault as fault:
            yield Fault(GRADING_FILE, "", str(fault))


def paper_faults(pack: RecordPack) -> Iterator[Fault]:
    """Yield each fault of a pack's papers; the files are named by the papers' codes."""
    facts = FACTS.get(pack.identity.kind)
    for code, paper in pack.papers.items():
        file = f"{PAPERS_FOLDER}/{code}.toml"
        shape = facts.get(code) if facts is not None else None
        if facts is not None and shape is None:
            yield Fault(file, "code", f"程序不制作名为 {code} 的文书，可用：{'、'.join(facts)}")
        elif shape is not None:
            for key, reason in _Linter(paper, known_paths(pack, shape)).faults():
                yield Fault(file, key, reason)


def known_paths(pack: RecordPack, shape: type) -> Known:
    """Return each path that a paper of the pack may read, with its values if it is a choice."""
    return {
        **dict(members(shape, "")),
        **{f"text.{name}": None for name in pack.texts},
        **{f"parameter.{one.name}": None for one in pack.parameters},
        "row": None,
    }


class _Linter(PaperLinter):
    """As of a case's paper, but that `over` is any list of the facts."""

    def _whole(self) -> Iterator[tuple[str, str]]:
        yield from self._formats(
            [block for block in self.paper.blocks if isinstance(block, lang.Table)]
        )

    def _inside(self, node: lang.Node, over: str) -> str:
        named = getattr(node, "over", "")
        root, _, rest = named.partition(".")
        if root == "item":
            return f"{over}.0.{rest}"
        return named or over

    def _own(self, node: lang.Node, key: str, *, over: str) -> Iterator[tuple[str, str]]:
        yield from super()._own(node, key, over=over)
        named = getattr(node, "over", "")
        if named not in ("", ONCE) and first_place(f"{over}.0") not in self.known:
            yield f"{key}.over", f"没有名为 {named} 的列表"

    def _path(self, path: str, key: str, *, over: str) -> Iterator[tuple[str, str]]:
        root, dot, rest = path.partition(".")
        if root == "item":
            if over in ("", ONCE):
                yield key, f"{path}：item 只能用在写明 over 的块里面"
                return
            path = f"{over}.0{dot}{rest}"
        if first_place(path) not in self.known:
            yield key, f"没有名为 {path} 的事项"

    def _value(self, path: str, value: str, key: str) -> Iterator[tuple[str, str]]:
        if not path.startswith("item."):
            yield from super()._value(path, value, key)
