"""The articles of laws that ship as text, by how a basis names them."""

import re
from collections.abc import Iterator
from functools import lru_cache

import tomli

from forms.ground.locate import resources

_ARTICLE = re.compile("第[一二三四五六七八九十百零]+条")


def articles_in(basis: str) -> Iterator[tuple[str, str]]:
    """Every article that a basis names and whose words are known: where it stands, its words."""
    for law, articles in _laws().items():
        if not re.search(rf"(?<![法])(?<!中华人民共和国){law}(?!实施细则)", basis):
            continue
        for article in _ARTICLE.findall(basis):
            if article in articles:
                yield f"{law} {article}", articles[article]


@lru_cache(maxsize=1)
def _laws() -> dict[str, dict[str, str]]:
    """Law -> article -> words."""
    laws: dict[str, dict[str, str]] = {}
    for file in sorted((resources() / "laws").glob("*.toml")):
        read = tomli.loads(file.read_text(encoding="utf-8"))
        laws[read["law"]] = read["articles"]
    return laws
