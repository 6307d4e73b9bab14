"""The licences there are, each with what is wrong with its contract and how that stands."""

from collections.abc import Sequence

from db.store import Store
from desktop.desk.desk import Desk
from desktop.desk.jobs import Report
from desktop.pages.licences.licence_list import Granted
from forms.check.case_check import checker_of
from forms.office.paper_making import Standing, by_weight, contract_standing
from forms.office.stored import Export, StoredCase, StoredLicence
from forms.pack.types import Pack
from forms.paper.made_for import is_signed


def granted_licences(desk: Desk, of_case: int | None, report: Report) -> list[Granted]:
    """All licences, or those of a case, each with what the check finds; in a job."""
    shelf, today = desk.shelf, desk.today
    with desk.own_store() as store:
        ids = store.register.ids() if of_case is None else [of_case]
        granted = store.licences.granted(ids)
        cases = {stored.id: stored for stored in store.cases.listed(ids=sorted(granted))}
        found = []
        all_made = store.papers.exports_of(sorted(granted))
        for case_id, licences in granted.items():
            report.check()
            exports, pack = all_made.get(case_id, ()), shelf.of(cases[case_id].case.pack)
            for one in licences:
                if pack is None:
                    found.append(Granted(case=cases[case_id], stored=one))
                    continue
                checker = checker_of(pack)
                problems = checker.check(cases[case_id].case, today, licences=[one.licence])
                counted = [p for p in problems if p.scope == "contract" or p.severity == "error"]
                found.append(
                    Granted(
                        case=cases[case_id],
                        stored=one,
                        errors=sum(p.severity == "error" for p in counted),
                        pending=sum(p.severity == "pending" for p in counted),
                        standing=_standing(store, pack, cases[case_id], one, exports),
                    )
                )
    return sorted(found, key=lambda one: one.stored.updated_at, reverse=True)


def _standing(
    store: Store,
    pack: Pack,
    case: StoredCase,
    one: StoredLicence,
    exports: Sequence[Export],
) -> Standing:
    wanted = by_weight(pack, ("licence",), case.case, one.licence)
    papers = [paper for paper in wanted if is_signed(paper)]
    return contract_standing(store, pack, papers[0], case, one, exports) if papers else "unmade"
