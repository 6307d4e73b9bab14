"""What came back against what was sent and what stands here: the law of the three values."""

from hypothesis import given
from hypothesis import strategies as st

from forms.facts.patent_number import parse
from forms.facts.record import LedgerEntry, Patent
from forms.stock.facts import InStock
from forms.stock.merging import MergePlan, plan_merge
from forms.stock.records import Answer, Sending, SentPatent, StockPatent, Values
from forms.stock.returned import Returned, ReturnedFile, ReturnedRow, Said
from forms.stock.stock_items import load_form

FORM = load_form()
NUMBER = "ZL202110345678.3"
STARS = st.sampled_from([(), ("1",), ("2",), ("3",)])


def planned(sent: Values, here: Values, *returned: Values) -> MergePlan:
    answers = {"stars": Answer(values=here)} if here else {}
    entry = LedgerEntry(patent=Patent(number=NUMBER, title="一种装置"), department="土木学院")
    patent = InStock(
        id=7,
        revision=1,
        patent=StockPatent(entry=entry, answers=answers),
        entry=entry,
        parsed=parse(NUMBER),
        of_ledger=False,
    )
    row = SentPatent(number=NUMBER, title="一种装置", values={"stars": sent} if sent else {})
    files = [
        ReturnedFile(
            name=f"{place}.xlsx",
            sha256=str(place),
            rows=(
                ReturnedRow(
                    sheet="",
                    row=2,
                    number=NUMBER,
                    title="一种装置",
                    cells={"stars": Returned(said=Said(values))},
                ),
            ),
        )
        for place, values in enumerate(returned)
    ]
    return plan_merge(FORM, [patent], [(1, Sending(college="土木学院", rows=(row,)))], files)


@given(STARS, STARS, STARS)
def test_only_what_changed_there_alone_is_taken(sent: Values, here: Values, back: Values) -> None:
    changes = planned(sent, here, back).changes
    if back == here or (back == sent and here) or (not back and (not sent or here != sent)):
        assert not changes, "nothing was changed there, or a blank says nothing"
        return
    (change,) = changes
    is_theirs_alone = here in (sent, ())
    assert change.is_taken == (bool(back) and is_theirs_alone)
    if not back:
        assert change.standing == "cleared"
    elif not is_theirs_alone:
        assert change.standing == "conflict"


@given(STARS, STARS, STARS, STARS)
def test_of_two_that_differ_neither_is_taken_whatever_their_order(
    sent: Values, here: Values, one: Values, other: Values
) -> None:
    both = planned(sent, here, one, other).changes
    turned = planned(sent, here, other, one).changes
    assert {(c.after, c.is_taken) for c in both} == {(c.after, c.is_taken) for c in turned}
    assert len({c.after for c in both if c.is_taken}) <= 1
    filled = {c.after for c in both if c.standing != "cleared"}
    if len(filled) > 1:
        assert not any(c.is_taken for c in both)
