"""What a bureau publishes of open licences, ready to be written: one value for every file.

Texts are those that go out: cleaned, masked where they are to be masked, "" where a field is not
published.  Writers (`forms.output.published_data`, `forms.output.site`) add nothing to it and take
nothing away, so that page, data set and workbook say the same.

Source: 专利开放许可试点工作方案（国知办函运字〔2022〕448号）三（一）3 names what is published at
least: 专利号、专利权人名称、发明名称、许可使用费支付方式和标准、许可期限、专利权人联系方式.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

from forms.ground.cleaning import INVISIBLE, clean_lines

FORMAT_VERSION = 1
FACETS: tuple[str, ...] = ("industry", "kind", "royalty_way", "region")
"""By which fields a reader narrows the list, in the page's order."""

FieldName = Literal[
    "number",
    "title",
    "owners",
    "kind",
    "industry",
    "main_class",
    "grant_date",
    "legal_status",
    "royalty",
    "offer_end",
    "single_term",
    "region",
    "other_terms",
    "contact_name",
    "contact_phone",
    "contact_mobile",
    "contact_email",
    "contact_address",
    "inventors",
]
"""The fields there are; a pack says which are published, under which label and why."""


class Fee(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a licence costs: the way's code and word, the amount in yuan, percent, and all in words.

    `head` and `line` are the same for a list: "30,000 元" over "一次总付".
    """

    code: str = ""
    way: str = ""
    amount: str = ""
    rate_percent: str = ""
    text: str = ""
    head: str = ""
    line: str = ""


class PublishedPatent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A patent as it is published; dates are ISO texts.

    `since` is the number of the issue in which it first stood.
    """

    number: str
    title: str = ""
    owners: tuple[str, ...] = ()
    kind: str = ""
    industry: str = ""
    main_class: str = ""
    grant_date: str = ""
    legal_status: str = ""
    royalty: Fee = Fee()
    offer_end: str = ""
    single_term: str = ""
    region: str = ""
    other_terms: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_mobile: str = ""
    contact_email: str = ""
    contact_address: str = ""
    inventors: tuple[str, ...] = ()
    since: int = 1

    def text(self, name: str) -> str:
        """A field as one text; several are joined as papers join them."""
        value = getattr(self, name)
        if isinstance(value, Fee):
            return value.text
        return "、".join(value) if isinstance(value, tuple) else str(value)

    def facet(self, name: str) -> str:
        """The value by which the list is narrowed."""
        return self.royalty.way if name == "royalty_way" else self.text(name)


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A published field: its name, its label and on what ground it is published."""

    name: FieldName
    label: str
    basis: str = ""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a patent since the issue before; `fields` are the labels that changed."""

    what: Literal["added", "removed", "changed"]
    number: str
    title: str
    fields: tuple[str, ...] = ()
    reason: str = ""


class IssueLine(msgspec.Struct, frozen=True, kw_only=True):
    """An issue (期) in the list of all: its number and day, and how many it had."""

    number: int
    day: date
    count: int
    added: int = 0
    removed: int = 0
    changed: int = 0


class PublishedSet(msgspec.Struct, frozen=True, kw_only=True):
    """All that is published in one issue.

    `issues` has this issue last.  `facet_labels` name what the list is narrowed by, `notes` say
    what a facet is where that is not plain.  `steps` tell how a licence is got, in order.
    """

    title: str
    authority: str
    issue: int
    day: date
    columns: tuple[Column, ...]
    patents: Sequence[PublishedPatent]
    issues: tuple[IssueLine, ...] = ()
    changes: tuple[Change, ...] = ()
    facet_labels: Mapping[str, str] = {}
    notes: Mapping[str, str] = {}
    steps: tuple[str, ...] = ()
    notice: str = ""

    @property
    def issue_word(self) -> str:
        """第 3 期."""
        return f"第 {self.issue} 期"


CHANGE_WORDS: Mapping[str, str] = {"added": "新增", "removed": "撤下", "changed": "改动"}


def outgoing(text: str) -> str:
    """A text as it may go out: no unseen character, none that turns a line around.

    A name must not read otherwise on the page than on the sealed paper.
    """
    return INVISIBLE.sub("", clean_lines(text))
