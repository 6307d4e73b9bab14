"""What a pool's checklists (自查表) and charts of evidence (EOU) print."""

from datetime import date

from forms.facts.amounts import chinese_date
from forms.office.pool_papers import kind_of
from forms.pool.checklists import Checklist, answered, answers_of, basis_of
from forms.pool.paper_facts import AnswerLine, ChecklistPaper, ElementLine, EvidencePaper
from forms.pool.records import EvidenceChart, Pool


def facts_of_checklist(pool: Pool, checklist: Checklist, today: date) -> ChecklistPaper:
    """Return the facts of 自查表: each item with its answer; what is to be thought over beneath."""
    given, state = answers_of(pool), answered(pool, checklist)
    lines = {
        item.code: AnswerLine(
            group=part.title,
            question=item.words,
            basis=basis_of(checklist, part),
            reply=given[item.code].reply if item.code in given else None,
            words=given[item.code].words if item.code in given else "",
            who=given[item.code].who if item.code in given else "",
            day=given[item.code].day if item.code in given else None,
            warns=item.warns or "与要求不符，请核对并改正。",
        )
        for part, item in checklist.items()
    }
    return ChecklistPaper(
        pool=pool,
        code=checklist.code,
        title=checklist.title,
        basis=checklist.basis,
        lines=tuple(lines.values()),
        count=state.total,
        answered=state.answered,
        warned=tuple(lines[item.code] for _, item in state.at_risk),
        day=today,
    )


def facts_of_evidence(pool: Pool, chart: EvidenceChart) -> EvidencePaper:
    """Return the facts of 权利要求与产品对照表 (EOU)."""
    states = [one.state for one in chart.elements]
    return EvidencePaper(
        pool=pool,
        chart=chart,
        kind=kind_of(chart.number),
        elements=tuple(
            ElementLine(
                claim=one.claim,
                words=one.words,
                found=one.found,
                source="，".join(
                    filter(
                        None, (one.source, chinese_date(one.source_day) if one.source_day else "")
                    )
                ),
                state=one.state,
            )
            for one in chart.elements
        ),
        count=len(states),
        met=states.count("met") + states.count("equivalent"),
        not_met=states.count("not_met"),
        open=states.count("open") + states.count(None),
    )
