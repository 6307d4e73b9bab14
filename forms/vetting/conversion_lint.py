"""What is wrong with the facts and rules that a pack's conversion (conversion.toml) names.

Its shape and bounds are asked when the pack is read (`forms.pack.conversion_faults`).  Texts and
conditions are those of papers, so that the linter of papers looks at them.
"""

from collections.abc import Collection, Iterator, Mapping

from forms.check.wording import message_key
from forms.facts.paths import without_places
from forms.pack.askable import facts
from forms.pack.conversion import Conversion
from forms.pack.field_faults import Said
from forms.pack.language import Paper, Paragraph, When
from forms.rules import REGISTRY
from forms.vetting.paper_lint import faults as paper_faults

_ALL_OF = {path.rpartition(".")[0] for path in facts()} | {"royalty", "extra"}


def faults(
    conversion: Conversion, known_paths: Collection[str], choices: Mapping[str, Collection[str]]
) -> Said:
    """Yield each fault as (key in the file, reason); the arguments as for a paper."""
    parts = list(_parts(conversion))
    blocks = tuple(Paragraph(text=text, when=when) for _, text, when in parts)
    paper = Paper(code="conversion", title="", blocks=blocks)
    for key, reason in paper_faults(paper, known_paths, choices):
        block, dot, inner = key.partition("].")
        place = int(block.removeprefix("blocks["))
        yield parts[place][0] + dot.removeprefix("]") + inner, reason
    yield from _path_faults(conversion)
    yield from _rule_faults(conversion)


def _parts(conversion: Conversion) -> Iterator[tuple[str, str, When | None]]:
    for place, item in enumerate(conversion.items):
        key = f"items[{place}]"
        yield key, "", item.when
        for name in ("before", "after"):
            for at, line in enumerate(getattr(item, name)):
                yield f"{key}.{name}[{at}]", line, None
    for place, bar in enumerate(conversion.bars):
        for at, answer in enumerate(bar.answers):
            yield f"bars[{place}].answers[{at}]", answer.text, answer.when


def _path_faults(conversion: Conversion) -> Said:
    named = [
        (f"items[{place}].paths[{at}]", path)
        for place, item in enumerate(conversion.items)
        for at, path in enumerate(item.paths)
    ]
    named += [(f"bars[{n}].path", bar.path) for n, bar in enumerate(conversion.bars) if bar.path]
    for key, path in named:
        bare = without_places(path)
        if bare not in facts() and bare not in _ALL_OF and not bare.startswith("extra."):
            yield key, f"没有名为 {path} 的事项"


def _rule_faults(conversion: Conversion) -> Said:
    known = {
        message_key(rule.id, variant) for rule in REGISTRY.values() for variant in rule.variants
    } | set(REGISTRY)
    for place, bar in enumerate(conversion.bars):
        for at, one in enumerate(bar.stands):
            if one.rule not in known:
                yield f"bars[{place}].stands[{at}].rule", f"没有“{one.rule}”这条规则"
    for at, rule in enumerate(conversion.forgives):
        if rule not in REGISTRY:
            yield f"forgives[{at}]", f"没有“{rule}”这条规则"
