"""Invented extreme cases: long, foreign and many names, one and two parties, natural persons."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from forms.facts.record import Case, Licence, Office, Party
from forms.pack.language import Grid, Paper, Row, Signatures
from forms.pack.types import Pack
from forms.paper.compose import compose, compose_summary
from forms.paper.document import Document

PERSON = "阿不都热依木"
BEFORE_A_POINT = "努尔买买提·阿不都热依木"
GROUP = "江汉示例炼化工程（集团）股份有限公司"
FORTY = "湖北省示例生态环境与绿色低碳高质量发展协同创新研究中心武汉示例大学长江分中心有限公司"
FORTY_EIGHT = (
    "武汉示例新能源汽车动力电池回收利用与储能系统集成技术国家地方联合"
    "工程研究中心（自贸区示例片区）有限公司"
)
ROBERT = "罗伯特·示例有限公司 Robert Beispiel GmbH"
OREAL = "欧示雅集团 L’Exemplé S.A."
EDF = "示例电力公司 Compagnie d’Électricité de l’Exemple"
LATIN = "Example Institute of Technology"
FOUR_PARTS = "阿不都热依木·买买提明·努尔江·哈力克"
THIRTEEN = (
    PERSON,
    "江汉示例大学研究院",
    BEFORE_A_POINT,
    GROUP,
    FORTY,
    FORTY_EIGHT,
    ROBERT,
    OREAL,
    EDF,
    LATIN,
    FOUR_PARTS,
    "张喆𬭎",
    "示例大学",
)
MAIL = "zhang.san.technology-transfer-office@research.example-university.edu.cn"
TERMS = (
    "被许可人应当按季度报送产量，提交“示例”台账。\n"
    "许可人提供 Moody’s 与 L’Exemplé 的评级，以及 Robert “Bob” Smith 编写的手册。\n"
    "其他事项由双方另行约定。"
)
OFFICE = Office(name="示例大学", contact="欧阳慧敏", phone="027-68880001")

replace = msgspec.structs.replace


def owned_by(case: Case, *names: str) -> Case:
    return replace(case, owners=tuple(Party(name=name) for name in names))


def to_sign_in_file(paper: Paper) -> Paper:
    """The paper as a pack has it that asks for fields to sign in."""

    def asking(node: object) -> object:
        if isinstance(node, tuple):
            return tuple(map(asking, node))
        if isinstance(node, Signatures):
            return replace(node, sign_in_file=True)
        if isinstance(node, Grid):
            return replace(node, rows=asking(node.rows))
        return replace(node, body=asking(node.body)) if isinstance(node, Row) else node

    return replace(paper, blocks=asking(paper.blocks))


def extremes(pack: Pack, case: Case, licence: Licence) -> dict[str, Callable[[], Document]]:
    """The papers of the extreme cases by name."""
    wordy = replace(case, other_terms=TERMS, contact=replace(case.contact, email=MAIL))
    person = replace(licence, licensee=Party(name="张喆𬭎", kind="person"))

    def paper(code: str, made: Case, granted: Licence = licence, draft: bool = False) -> Document:
        return compose(pack.papers[code], made, pack, licence=granted, office=OFFICE, draft=draft)

    owners = {
        "40": (FORTY,),
        "48": (FORTY_EIGHT,),
        "two": (PERSON, BEFORE_A_POINT),
        "48-and-12": (FORTY_EIGHT, BEFORE_A_POINT),
        "foreign": (LATIN, EDF),
        "three": (ROBERT, OREAL, FOUR_PARTS),
        "thirteen": THIRTEEN,
    }
    made: dict[str, Callable[[], Document]] = {}
    for name, names in owners.items():
        case_of = owned_by(wordy if name == "three" else case, *names)
        for code in ("info", "consent"):
            made[f"{code}-{name}"] = lambda c=code, o=case_of: paper(c, o)
    for name in ("48", "two", "48-and-12", "foreign"):
        case_of = owned_by(wordy, *owners[name])
        made[f"contract-{name}"] = lambda o=case_of: paper("contract", o)
    made["contract-person"] = lambda: paper("contract", owned_by(case, PERSON), person)
    made["contract-draft"] = lambda: paper("contract", owned_by(case, FORTY), person, draft=True)
    made["contract-to-sign"] = lambda: compose(
        to_sign_in_file(pack.papers["contract"]), case, pack, licence=licence, office=OFFICE
    )
    batch = [owned_by(wordy, *names) for names in owners.values()]
    batch = [replace(one, contact=replace(one.contact, name="欧阳慧敏")) for one in batch]
    made["summary-draft"] = lambda: compose_summary(
        pack.papers["summary"], batch * 2, pack, office=OFFICE, draft=True
    )
    return made
