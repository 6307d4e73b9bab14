"""The voices in which a paper speaks: what its words are set in, by the part they play."""

from typing import Literal

Role = Literal["title", "heading", "song", "fangsong", "kai"]
"""The voice in which words are set: title (小标宋), heading (黑体), song (宋体, printed text of
grids), fangsong (仿宋, running text), kai (楷体, every answer and the notes)."""
