"""What a bureau publishes by its pack: the fields, each with its ground; what is looked for.

A pack of a bureau is data (`publication.toml`): labels, what is on at first, what is locked on or
off and why, the domains of private mailboxes, the table by which patents are put into industries.
No mapping of IPC to industries is official here: what a pack gives is shown under the pack's word.

Source: 专利开放许可试点工作方案（国知办函运字〔2022〕448号）三（一）3; 个人信息保护法 第十三条.
"""

from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from forms.ground.for_the_clerk import ForTheClerk
from forms.ground.locate import packs_folder
from forms.output.published import FieldName
from forms.pack.pack_files import read_toml
from forms.pack.toml_shape import shape_faults

PLAN_FILE = "publication.toml"

Lock = Literal["", "on", "off"]
ConcernKind = Literal[
    "mobile", "personal_mail", "home_address", "phone_in_text", "mail_in_text", "number_in_text"
]
"""What may be of a person: a mobile number, a private mailbox, an address of one who owns the
patent himself; a telephone number, mailbox, number of a card or account within a free text."""
How = Literal["whole", "masked", "left_out"]
"""How such a thing goes out: as it is, with its middle hidden, not at all."""


class PlanRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of the plan; an unknown key is a fault."""


class PlanField(PlanRecord, frozen=True):
    """A field or several under one switch: label, on at first, locked, why, on what basis.

    One without `names` is never published: it is shown, so that nobody wonders.
    """

    id: str
    label: str
    names: tuple[FieldName, ...] = ()
    labels: tuple[str, ...] = ()
    on: bool = True
    lock: Lock = ""
    why: str = ""
    basis: str = ""


class PlanConcern(PlanRecord, frozen=True):
    """What is told of a kind of concern, and how it goes out where nobody decides ("" = ask)."""

    kind: ConcernKind
    word: str
    ways: tuple[How, ...] = ("whole", "masked", "left_out")
    usual: How | Literal[""] = ""


class Industry(PlanRecord, frozen=True):
    """An industry, and with which classes (IPC) a patent is put into it, the longest first."""

    name: str
    classes: tuple[str, ...]


class PublicationPlan(PlanRecord, frozen=True):
    """A bureau's plan of publication.

    `title` heads page and files, `fee_words` are the ways of paying by the record's code,
    `industry_note` says what the industries are.  `contract_pack` is the pack whose paper
    `contract_paper` is offered for download.
    """

    title: str
    authority: str
    fields: tuple[PlanField, ...]
    concerns: tuple[PlanConcern, ...]
    fee_words: dict[str, str]
    notice: str = ""
    industries: tuple[Industry, ...] = ()
    industry_note: str = ""
    unclassed: str = "未注明"
    steps: tuple[str, ...] = ()
    private_mail: tuple[str, ...] = ()
    contract_pack: str = ""
    contract_paper: str = "contract"
    summary_paper: str = "summary"

    def concern(self, kind: ConcernKind) -> PlanConcern:
        """What the plan says of a kind; of one it does not name, that it must be asked."""
        named = (one for one in self.concerns if one.kind == kind)
        return next(named, PlanConcern(kind=kind, word=kind))


class PlanFault(ForTheClerk):
    """The plan of publication can not be read; the message says where and why."""


@lru_cache(maxsize=8)
def load_plan(folder: Path) -> PublicationPlan:
    """Return the plan in a pack's folder.  Raises PlanFault."""
    data, why = read_toml(folder, PLAN_FILE)
    if data is None:
        raise PlanFault(f"公布方案 {folder.name}/{PLAN_FILE} 不能使用：{why}。")
    faults = [f"{key}：{reason}" for key, reason in shape_faults(data, PublicationPlan)]
    if not faults:
        plan = msgspec.convert(data, PublicationPlan)
        faults = [
            f"fields.{one.id}：labels 与 names 个数不一致"
            for one in plan.fields
            if len(one.labels) not in (0, len(one.names))
        ]
        if not faults:
            return plan
    raise PlanFault(f"公布方案 {folder.name}/{PLAN_FILE} 不能使用：{'；'.join(faults[:5])}。")


def find_plan(own: Path | None = None) -> PublicationPlan:
    """Return the plan that counts: one beside the data before a shipped one, the last by name.

    Raises PlanFault.
    """
    for root in filter(None, (own, packs_folder())):
        if folders := sorted(root.glob(f"*/{PLAN_FILE}")):
            return load_plan(folders[-1].parent)
    raise PlanFault(f"找不到公布方案（{PLAN_FILE}），请重新安装本程序。")
