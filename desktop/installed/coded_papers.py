"""Whether papers carry a code in the foot margin (页脚识别码), where packs leave it to the office.

It is a setting of the program, since window and command line print alike, and holds from the next
start on.
"""

from functools import lru_cache

import msgspec

from desktop.installed.program_places import page_codes_chosen
from forms.pack.language import Paper
from forms.pack.types import Pack

ON = "on"


@lru_cache(maxsize=1)
def are_asked() -> bool:
    """Whether the office asks for codes, as read when first wanted."""
    return page_codes_chosen() == ON


def with_codes(pack: Pack) -> Pack:
    """The pack whose papers carry codes where it leaves them to the office; itself where none."""
    papers = {code: _coded(paper) for code, paper in pack.papers.items()}
    if all(paper is pack.papers[code] for code, paper in papers.items()):
        return pack
    coded: Pack = msgspec.structs.replace(pack, papers=papers)
    return coded


def _coded(paper: Paper) -> Paper:
    if paper.page.code != "asked":
        return paper
    page = msgspec.structs.replace(paper.page, code="always")
    coded: Paper = msgspec.structs.replace(paper, page=page)
    return coded
