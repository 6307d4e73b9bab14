"""Lists of the office's own as papers: written in the language of papers, filled with words.

A list's paper (resources/lists) is composed as any other (`forms.paper.facts_view`); its slots
are names that the caller fills, answers stand in the voice of the text, and its tables take the
caller's rows in order.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
import tomli

from forms.ground.locate import resources
from forms.pack import language as lang
from forms.paper import document as doc
from forms.paper.answers import Answers
from forms.paper.compose import Composer
from forms.paper.document import Document
from forms.paper.facts_view import Facts

Words = Mapping[str, str]


@cache
def list_paper(code: str) -> lang.Paper:
    """The paper of a list that ships."""
    file = resources() / "lists" / f"{code}.toml"
    return msgspec.convert(tomli.loads(file.read_text(encoding="utf-8")), lang.Paper)


def compose_list(paper: lang.Paper, words: Words, *tables: Sequence[Words]) -> Document:
    """Return a list: `words` fill its title's line and paragraphs, `tables` its tables in order.

    Each of a table's words fill a row.
    """
    return _ListComposer(paper, tables).document(
        [_Filled(facts=words, plain=True)], "", draft=False
    )


class _Filled(Facts, frozen=True, kw_only=True):
    """Words by their names, the number of a row among them."""

    def _read(self, path: str) -> Any:
        return self._at(path)


class _ListComposer(Composer):
    def __init__(self, paper: lang.Paper, tables: Sequence[Sequence[Words]]) -> None:
        super().__init__(paper)
        self.tables = iter(tables)

    def table(self, block: lang.Table, view: Answers) -> doc.Table:
        """A table with the next of the caller's rows."""
        self.rows = [_Filled(facts=row, plain=True) for row in next(self.tables)]
        return super().table(block, view)
