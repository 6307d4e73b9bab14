"""The kinds of patents in words, apart from all that takes long to load: lists name them too."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms.facts.record import Kind

KIND_WORDS: Mapping[Kind, str] = MappingProxyType(
    {"invention": "发明", "utility_model": "实用新型", "design": "外观设计"}
)
