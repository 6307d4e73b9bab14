"""⑥: one way, its blanks, sound figures, sums that agree; the same in a contract."""

from decimal import Decimal

import pytest

from forms.facts.record import EntryRunning, Instalments, LumpSum, OtherStandard, Royalty

D = Decimal
ENTRY = Royalty(
    way="entry_running",
    entry_running=EntryRunning(entry_fee=D(50000), rate_percent=D(3)),
)
LUMP = Royalty(way="lump_sum", lump_sum=LumpSum(days=30, amount=D(100000)))
PLAN = Instalments(
    first_days=30,
    first_amount=D(60000),
    cycle="quarter",
    each_days=15,
    batches=7,
    each_amount=D(20000),
    times_stated=8,
    total_stated=D("200000.00"),
)
BY_PLAN = Royalty(way="instalments", instalments=PLAN)
OTHER = Royalty(way="other", other=OtherStandard(text="每台100元"))
FREE = Royalty(way="free")
RULES = (
    *("way_blank", "blank", "unchosen", "amount", "rate", "count"),
    *("times", "total", "high", "vague"),
)


@pytest.mark.parametrize("royalty", [FREE, ENTRY, LUMP, BY_PLAN, OTHER], ids=lambda r: r.way)
def test_each_way_filled_well_passes(ask, royalty):
    for rule in RULES:
        assert ask(f"royalty.{rule}", {"royalty": royalty}) == [], rule


def test_no_way_is_one_fault(ask):
    changes = {"royalty": Royalty(lump_sum=LumpSum(days=0, amount=D(-1)))}
    for rule in RULES:
        expected = [("royalty.way", "")] if rule == "way_blank" else []
        assert ask(f"royalty.{rule}", changes) == expected


@pytest.mark.parametrize(
    ("royalty", "blanks"),
    [
        (Royalty(way="free"), []),
        (Royalty(way="entry_running"), ["entry_running.entry_fee", "entry_running.rate_percent"]),
        (Royalty(way="lump_sum"), ["lump_sum.days", "lump_sum.amount"]),
        (
            Royalty(way="instalments", instalments=Instalments(batches=2, each_days=3)),
            [
                f"instalments.{name}"
                for name in ("first_days", "first_amount", "cycle", "each_amount")
            ],
        ),
        (Royalty(way="other"), ["other.text"]),
    ],
)
def test_every_blank_of_the_way_is_named(ask, royalty, blanks):
    changes = {"royalty": royalty}
    assert ask("royalty.blank", changes) == [(f"royalty.{path}", "") for path in blanks]
    for rule in ("amount", "rate", "count", "times", "total", "high", "vague"):
        assert ask(f"royalty.{rule}", changes) == []


def test_what_is_left_under_other_ways_is_told_once_and_not_judged(ask, hubei):
    changes = {
        "royalty": Royalty(
            way="free",
            entry_running=EntryRunning(rate_percent=D(3)),
            lump_sum=LumpSum(amount=D(1)),
            instalments=Instalments(total_stated=D(5)),
            other=OtherStandard(text="面议"),
        )
    }
    assert ask("royalty.unchosen", changes) == [("royalty.way", "")]
    for rule in ("amount", "rate", "total", "vague"):
        assert ask(f"royalty.{rule}", changes) == []
    of_offer = [b.severity for b in hubei.rules if b.rule.endswith(".unchosen")]
    assert set(of_offer) == {"advice"}


@pytest.mark.parametrize(
    "left",
    [
        {"lump_sum": LumpSum(days=30)},
        {"lump_sum": LumpSum(days=30, amount=D("0.00"))},
        {"entry_running": EntryRunning(entry_fee=D(0))},
        {"instalments": Instalments(first_days=30, cycle="quarter", each_days=15)},
    ],
)
def test_free_beside_a_fee_of_nothing_or_a_time_for_all_is_not_told(ask, left):
    assert ask("royalty.unchosen", {"royalty": Royalty(way="free", **left)}) == []


@pytest.mark.parametrize(
    ("amount", "variant"),
    [
        ("0.01", None),
        ("0", "positive"),
        ("-5", "positive"),
        ("9999999999999999.99", None),
        ("1E+16", "most"),
        ("1E+40", "most"),
        ("0.001", "cents"),
    ],
)
def test_amounts(ask, amount, variant):
    for royalty, path in (
        (LUMP, "lump_sum.amount"),
        (ENTRY, "entry_running.entry_fee"),
        (BY_PLAN, "instalments.first_amount"),
        (BY_PLAN, "instalments.each_amount"),
    ):
        changes = {"royalty": royalty, f"royalty.{path}": D(amount)}
        expected = [] if variant is None else [(f"royalty.{path}", variant)]
        assert ask("royalty.amount", changes) == expected


@pytest.mark.parametrize(
    ("rate", "variant"),
    [("0.0001", None), ("100", None), ("0", "positive"), ("-1", "positive"), ("100.01", "over")],
)
def test_rates(ask, rate, variant):
    path = "royalty.entry_running.rate_percent"
    expected = [] if variant is None else [(path, variant)]
    assert ask("royalty.rate", {"royalty": ENTRY, path: D(rate)}) == expected


@pytest.mark.parametrize("count", [1, 0, -1])
def test_days_and_batches(ask, count):
    for royalty, path in (
        (LUMP, "lump_sum.days"),
        (BY_PLAN, "instalments.first_days"),
        (BY_PLAN, "instalments.each_days"),
        (BY_PLAN, "instalments.batches"),
    ):
        changes = {"royalty": royalty, f"royalty.{path}": count}
        expected = [] if count > 0 else [(f"royalty.{path}", "")]
        assert ask("royalty.count", changes) == expected


@pytest.mark.parametrize(("stated", "found"), [(8, False), (7, True), (9, True), (None, False)])
def test_the_payments_are_the_batches_and_the_first(ask, stated, found):
    path = "royalty.instalments.times_stated"
    changes = {"royalty": BY_PLAN, path: stated}
    assert ask("royalty.times", changes) == ([(path, "")] if found else [])


@pytest.mark.parametrize(
    ("stated", "found"), [("200000", False), ("200000.01", True), ("180000", True)]
)
def test_the_sum_is_the_first_and_all_others(ask, stated, found):
    path = "royalty.instalments.total_stated"
    changes = {"royalty": BY_PLAN, path: D(stated)}
    assert ask("royalty.total", changes) == ([(path, "")] if found else [])


@pytest.mark.parametrize("blank", ["first_amount", "each_amount", "batches"])
def test_what_can_not_be_added_up_is_not_compared(ask, blank):
    changes = {"royalty": BY_PLAN, f"royalty.instalments.{blank}": None}
    assert ask("royalty.total", changes) == []


@pytest.mark.parametrize(("amount", "found"), [("20000000", False), ("20000000.01", True)])
def test_fixed_sums_above_the_notices_figure(ask, amount, found):
    for royalty, path in ((LUMP, "lump_sum.amount"), (ENTRY, "entry_running.entry_fee")):
        changes = {"royalty": royalty, f"royalty.{path}": D(amount)}
        expected = [(f"royalty.{path}", "amount")] if found else []
        assert ask("royalty.high", changes) == expected


def test_instalments_count_as_their_sum(ask):
    changes = {"royalty": BY_PLAN, "royalty.instalments.each_amount": D(3000000)}
    path = "royalty.instalments.first_amount"
    assert ask("royalty.high", changes) == [(path, "amount")]


@pytest.mark.parametrize(
    ("rate", "found"), [("20", False), ("20.01", True), ("100", True), ("101", False)]
)
def test_rates_above_the_notices_figure(ask, rate, found):
    path = "royalty.entry_running.rate_percent"
    expected = [(path, "rate")] if found else []
    assert ask("royalty.high", {"royalty": ENTRY, path: D(rate)}) == expected


@pytest.mark.parametrize(
    ("text", "found"), [("面议", True), ("双方另行协商", True), ("待定", True), ("每台5元", False)]
)
def test_a_standard_left_to_later_is_none(ask, text, found):
    path = "royalty.other.text"
    expected = [(path, "")] if found else []
    assert ask("royalty.vague", {"royalty": OTHER, path: text}) == expected


def test_a_contract_as_offered_has_no_royalty_of_its_own(ask):
    changes = {"licence.agreed": "as_offered", "licence.royalty": Royalty(way="lump_sum")}
    for rule in RULES:
        assert ask(f"royalty.{rule}", changes) == []


def test_a_negotiated_royalty_is_checked_like_the_offers(ask):
    negotiated = {"licence.agreed": "negotiated"}
    at = "licence.0.royalty"
    assert ask("royalty.way_blank", negotiated) == [(f"{at}.way", "")]
    changes = {**negotiated, "licence.royalty": BY_PLAN, "licence.royalty.instalments.batches": 9}
    assert ask("royalty.times", changes) == [(f"{at}.instalments.times_stated", "")]
    assert ask("royalty.total", changes) == [(f"{at}.instalments.total_stated", "")]


@pytest.mark.parametrize(
    ("rate", "found"),
    [("0.03", True), ("0.0999", True), ("0.1", False), ("3", False), ("0", False)],
)
def test_a_rate_typed_as_a_fraction_is_asked_about(ask, rate, found):
    changes = {"royalty": ENTRY, "royalty.entry_running.rate_percent": D(rate)}
    expected = [("royalty.entry_running.rate_percent", "")] if found else []
    assert ask("royalty.low", changes) == expected
