"""What is wrong with the facts that a pack's web form (online.toml) reads.

Its shape, ids and bounds are asked when the pack is read (`forms.pack.online_faults`).  Texts and
conditions are those of papers, so that the linter of papers looks at them.
"""

from collections.abc import Collection, Iterator, Mapping

from forms.pack.language import Paper, Paragraph, When
from forms.pack.online import Online
from forms.vetting.paper_lint import Fault
from forms.vetting.paper_lint import faults as paper_faults


def faults(
    online: Online, known_paths: Collection[str], choices: Mapping[str, Collection[str]]
) -> list[Fault]:
    """Return each fault as (key in the file, reason); the arguments as for a paper."""
    parts = list(_parts(online))
    blocks = tuple(Paragraph(text=text, when=when) for _, text, when in parts)
    paper = Paper(code="online", title=online.name, blocks=blocks)
    found = []
    for key, reason in paper_faults(paper, known_paths, choices):
        block, dot, inner = key.partition("].")
        place = int(block.removeprefix("blocks["))
        found.append((parts[place][0] + dot.removeprefix("]") + inner, reason))
    return found


def _parts(online: Online) -> Iterator[tuple[str, str, When | None]]:
    """Each text with its condition, and each further condition: key, text, condition."""
    for place, field in enumerate(online.fields):
        for at, when in enumerate(field.when):
            yield f"fields[{place}].when[{at}]", "", when
        for at, text in enumerate(field.texts):
            yield f"fields[{place}].texts[{at}]", text.text, None
            for inner, when in enumerate(text.when):
                yield f"fields[{place}].texts[{at}].when[{inner}]", "", when
    for place, attachment in enumerate(online.attachments):
        for at, when in enumerate(attachment.when_any):
            yield f"attachments[{place}].when_any[{at}]", "", when
