"""What follows from what was typed, in words, with its reason: for the dashed panels."""

from collections.abc import Callable, Iterator, Mapping

from desktop.editing.draft import shown_text
from desktop.installed.screen_texts import t
from forms.check.wizard_steps import Step
from forms.facts import derived
from forms.facts.record import Case
from forms.facts.terms import term_years
from forms.pack.types import Pack

Fact = tuple[str, str, str]


def facts_of(step: Step, case: Case, pack: Pack) -> list[Fact]:
    """The facts that follow from what a step asks: name, value, reason."""
    found = (
        fact for path, make in _MAKERS.items() if path in step.paths for fact in make(case, pack)
    )
    return list(dict.fromkeys(found))


def _kind(case: Case, _pack: Pack) -> Iterator[Fact]:
    number, word = derived.number(case), derived.kind_word(case)
    if number is None or word is None:
        return
    place = 3 if number.is_old_form else 5
    reason = t("wizard.derived.kind.reason", place=place, digit=number.kind_digit)
    yield t("wizard.derived.kind.label"), word, reason


def _term(case: Case, _pack: Pack) -> Iterator[Fact]:
    term, kind, filed = derived.term(case), derived.kind(case), case.patent.filing_date
    if term is None or kind is None or filed is None:
        return
    years = term_years(kind, filed)
    yield (
        t("wizard.derived.term.label"),
        term.last_day.isoformat(),
        t("wizard.derived.term.reason", years=years),
    )
    yield (
        t("wizard.derived.latest.label"),
        term.last_day.isoformat(),
        t("wizard.derived.latest.reason"),
    )


def _totals(case: Case, pack: Pack) -> Iterator[Fact]:
    if case.royalty.way != "instalments":
        return
    plan = case.royalty.instalments
    times, total = derived.instalment_times(plan), derived.instalment_total(plan)
    if times is not None:
        reason = t("wizard.derived.instalment_times.reason", batches=plan.batches)
        yield t("wizard.derived.instalment_times.label"), str(times), reason
    field = pack.field("royalty.instalments.first_amount")
    if total is not None and field is not None:
        first, each = shown_text(field, plan.first_amount), shown_text(field, plan.each_amount)
        reason = t(
            "wizard.derived.instalment_total.reason", first=first, each=each, batches=plan.batches
        )
        yield t("wizard.derived.instalment_total.label"), shown_text(field, total), reason


# Beside which fact each is shown.
_MAKERS: Mapping[str, Callable[[Case, Pack], Iterator[Fact]]] = {
    "patent.number": _kind,
    "offer_end": _term,
    "patent.filing_date": _term,
    "royalty.instalments.batches": _totals,
}
