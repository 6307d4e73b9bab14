"""Whether the papers of a package say what its data say: the words are composed anew and compared.

The hash of a paper's words stands in the manifest, a sealed scan's is of the words it was printed
from (`forms.office.paper_making`).  Where another pack, or another version of it, printed them
nothing is said: the words would differ for that alone.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from forms.bureau.records import Fault, Package, PackageCase
from forms.facts.record import Office
from forms.office.paper_making import composed
from forms.pack.types import Pack
from forms.paper.document_words import words_sha256


def with_stale(
    package: Package, cases: Iterable[PackageCase], packs: Sequence[Pack]
) -> tuple[list[Fault], tuple[PackageCase, ...]]:
    """Return what is stale of a package, and its cases with what is stale of each."""
    used = (package.pack_code, package.pack_version)
    pack = next((p for p in packs if (p.identity.code, p.identity.version) == used), None)
    if pack is None:
        return [], tuple(cases)
    sender = package.sender
    office = Office(name=package.office, contact=sender.name, phone=sender.phone)
    all_stale: list[Fault] = []
    told = []
    for one in cases:
        stale = list(_stale(one, pack, office))
        all_stale += stale
        told.append(msgspec.structs.replace(one, faults=(*one.faults, *stale)) if stale else one)
    return all_stale, tuple(told)


def _stale(one: PackageCase, pack: Pack, office: Office) -> Iterator[Fault]:
    for said in one.papers:
        paper = pack.papers.get(said.paper)
        if paper is None or paper.scope != "case" or not said.words_sha256:
            continue
        if words_sha256(composed(pack, paper, one.case, office)) == said.words_sha256:
            continue
        printed = "签章的扫描件所印" if said.sealed else "所印"
        message = (
            f"{one.number}《{paper.title}》{printed}内容与报送的数据不一致，请对照文书核对，"
            "或请单位重新生成报送包。"
        )
        yield Fault(code="stale", where=said.file, message=message, patent_number=one.number)
