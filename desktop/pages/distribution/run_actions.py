"""What a clerk does with distributions: begin, count, set the rule, close, correct, pay, send.

Every change of an open run is kept at once.  Raises CannotDo for what can not be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from desktop.desk.attempts import Attempt, attempts
from desktop.desk.jobs import Report
from desktop.installed.program_places import taken_packs_folder
from desktop.installed.screen_texts import t
from desktop.pages.distribution.fees_sheet import FeesSheet
from desktop.pages.distribution.read_facts import (
    checked_by,
    day_of,
    maybe,
    money_of,
    percent_of,
    previous_period,
    text_of,
)
from desktop.parts.dialogs import kinds_of
from desktop.parts.facts_sheet import FactsSheet
from desktop.parts.outside import open_outside
from forms.facts.amounts import grouped, plain
from forms.ground.endings import TABLES
from forms.ground.files import safe_name, write_atomically
from forms.office.pool_books import run_book
from forms.office.pool_money import fees_paid, pool_money
from forms.office.pool_payments import Owed, owed, pay
from forms.office.pool_runs import close_run, correct_run, drop_run, new_run, save_run
from forms.pool.runs import Payment, Run, Taken

if TYPE_CHECKING:
    from desktop.pages.distribution.distribution_page import DistributionPage
    from forms.office.pool_statements import Notices
    from forms.office.stored import Kept
    from forms.pool.share_input import Method

_MOST_NOTES = 3


class RunActions:
    """Asks for what is to be done and does it."""

    def __init__(self, page: DistributionPage) -> None:
        self._page, self._desk = page, page.desk

    def open(self, run_id: int) -> None:
        """Turn to a run."""
        self._page.show_run(run_id)

    # --- the list ---------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin a distribution of a period."""
        money = self._page.money
        if money is None:
            return
        first, last = previous_period(money, self._desk.today)
        facts = {"first": first.isoformat(), "last": last.isoformat()}
        kept: Kept[Run] | None = None
        for sheet, attempt in self._asked("new", facts, {"first": day_of, "last": day_of}):
            with attempt:
                kept = new_run(
                    self._desk.store,
                    money.id,
                    day_of(sheet.said("first")),
                    day_of(sheet.said("last")),
                    who=self._desk.who,
                )
        self._show_begun(kept)

    def pay(self, one: Owed) -> None:
        """Note a payment to a member."""
        facts = {
            "day": self._desk.today.isoformat(),
            "amount": plain(one.left),
            "voucher": "",
        }
        title = t("distribution.pay_to", name=one.share.name)
        desk, rules = self._desk, {"day": day_of, "amount": money_of}
        for sheet, attempt in self._asked("pay", facts, rules, title=title):
            payment = Payment(
                run_id=one.run_id,
                member_id=one.share.member_id,
                day=day_of(sheet.said("day")),
                amount=money_of(sheet.said("amount")),
                voucher=sheet.said("voucher"),
            )
            words = t("distribution.paid", name=one.share.name, amount=grouped(payment.amount))
            with attempt:
                pay(desk.store, self._page.pool_id, [payment], today=desk.today, who=desk.who)
                desk.notices.tell("done", words)
                desk.records_changed.emit()

    def pay_of_run(self, member_id: int) -> None:
        """Note a payment by the run in hand: to a member, else to the next that waits for one."""
        money = self._page.money
        found = [one for one in owed(money) if one.run_id == self._page.run_id] if money else []
        waiting = [one for one in found if one.left]
        mine = next((one for one in waiting if one.share.member_id == member_id), None)
        if waiting:
            self.pay(mine or waiting[0])
        else:
            self._desk.notices.tell("done", t("distribution.all_paid"))

    def payments_out(self) -> None:
        """What is due and what was paid, as a workbook to be filled in."""
        from forms.office.pool_payment_book import payment_book

        money = self._page.money
        if money is None:
            return
        name = Path(f"{safe_name(f'{money.pool.name}_付款')}.xlsx")
        title, kinds = t("distribution.payments_where"), t("distribution.book_kinds")
        file = self._desk.dialogs.save(self._page, title, kinds, name)
        if file is not None:
            write_atomically(file, payment_book(money))
            self._told(file, t("distribution.book_made", name=file.name))

    def payments_in(self) -> None:
        """Payments from a workbook; what of it can not be taken is told."""
        from forms.office.pool_payment_book import read_payments

        money, kinds = self._page.money, kinds_of("distribution.table_kinds", TABLES)
        title = t("distribution.payments_in")
        files = self._desk.dialogs.files(self._page, title, kinds) if money else []
        if money is None or not files:
            return
        payments, notes = read_payments(files[0], money)
        pay(self._desk.store, money.id, payments, today=self._desk.today, who=self._desk.who)
        self._desk.records_changed.emit()
        words = t("distribution.payments_taken", count=len(payments))
        told = "".join((words, *notes[:_MOST_NOTES]))
        self._desk.notices.tell("pending" if notes else "done", told)

    # --- a run ------------------------------------------------------------------------------

    @property
    def _kept(self) -> Kept[Run]:
        kept = self._page.one.kept
        assert kept is not None  # asked for by the view of a run alone
        return kept

    def count(self, taken: Sequence[Taken]) -> None:
        """Count these receipts."""
        kept = self._kept
        self._keep(kept, replace(kept.record, receipts=tuple(taken)))

    def enter_receipt(self) -> None:
        """Count money that no licence has."""
        facts = {"day": "", "payer": "", "what": "", "amount": "", "voucher": ""}
        kept = self._kept
        rules = {"day": day_of, "amount": money_of, "payer": text_of}
        for sheet, attempt in self._asked("enter", facts, rules):
            taken = Taken(
                payer=sheet.said("payer"),
                what=sheet.said("what"),
                day=day_of(sheet.said("day")),
                amount=money_of(sheet.said("amount")),
                voucher=sheet.said("voucher"),
            )
            with attempt:
                self._keep(kept, replace(kept.record, receipts=(*kept.record.receipts, taken)))

    def change_period(self) -> None:
        """Another period, and another day of payment."""
        kept = self._kept
        run = kept.record
        facts = {
            "first": str(run.first or ""),
            "last": str(run.last or ""),
            "pay_by": str(run.pay_by or ""),
        }
        rules = {"first": day_of, "last": day_of, "pay_by": maybe(day_of)}
        for sheet, attempt in self._asked("period", facts, rules):
            first, last = day_of(sheet.said("first")), day_of(sheet.said("last"))
            pay_by = maybe(day_of)(sheet.said("pay_by"))
            first, last = min(first, last), max(first, last)
            with attempt:
                self._keep(kept, replace(run, first=first, last=last, pay_by=pay_by))

    def change_fee(self) -> None:
        """Another fee of the operator: percent or sum."""
        kept = self._kept
        run = kept.record
        facts = {
            "fee_percent": _said(run.fee.percent),
            "fee_sum": _said(run.fee.amount),
        }
        rules = {"fee_percent": maybe(percent_of), "fee_sum": maybe(money_of)}
        for sheet, attempt in self._asked("fee", facts, rules):
            fee = replace(
                run.fee,
                percent=maybe(percent_of)(sheet.said("fee_percent")),
                amount=maybe(money_of)(sheet.said("fee_sum")),
            )
            with attempt:
                self._keep(kept, replace(run, fee=fee))

    def change_annuities(self) -> None:
        """Which annuities that were paid centrally are taken off."""
        money = self._page.money
        if money is None:
            return
        kept = self._kept
        run = kept.record
        offered = [fee for fee in fees_paid(self._desk.store, money, run) if fee not in run.fees]
        for sheet, attempt in attempts(self._desk, FeesSheet(self._page, run.fees, offered)):
            with attempt:
                self._keep(kept, replace(run, fees=sheet.fees))

    def change_method(self, method: Method | str) -> None:
        """Share by another method; a formula has to be told first."""
        kept = self._kept
        run = kept.record
        if method == "formula" and not _has_formula(run):
            self.change_formula()
        elif method in ("number", "weight", "agreed", "formula"):
            self._keep(kept, replace(run, rule=replace(run.rule, method=method)))
        self._page.one.shares.method.show_value(self._kept.record.rule.method)

    def change_by_days(self, on: bool) -> None:
        """Count patents by their days, or whole."""
        kept = self._kept
        run = kept.record
        self._keep(kept, replace(run, rule=replace(run.rule, by_days=on)))

    def change_formula(self) -> None:
        """The parts of the formula, floor and cap."""
        kept = self._kept
        run, rule = kept.record, kept.record.rule
        names = ("number_part", "weight_part", "agreed_part", "floor_percent", "cap_percent")
        facts = {name: _said(getattr(rule, name)) for name in names}
        rules = dict.fromkeys(names, maybe(percent_of))
        for sheet, attempt in self._asked("formula", facts, rules):
            said = {name: maybe(percent_of)(sheet.said(name)) for name in names}
            parts = names[:3]
            has_parts = any(said[name] for name in parts)
            is_other = any(said[name] != getattr(rule, name) for name in parts)
            told = replace(rule, **said)
            if has_parts and is_other:
                told = replace(told, method="formula")
            elif not has_parts and told.method == "formula":
                told = replace(told, method="number")
            with attempt:
                self._keep(kept, replace(run, rule=told))

    def close(self) -> None:
        """Close the run for ever, and offer its notices."""
        run = self._page.one.run
        if run is None or self._page.one.fault is not None:
            return
        kept = self._kept
        words = t("distribution.close_words", amount=grouped(run.totals.distributed))
        yes = t("distribution.close_yes")
        if self._desk.dialogs.confirm(self._page, t("distribution.close_title"), words, yes):
            close_run(self._desk.store, kept, self._desk.today, who=self._desk.who)
            self._desk.records_changed.emit()
            self._page.refresh()
            self.write_notices()

    def correct(self) -> None:
        """Begin a correction of the closed run."""
        run_id, kept = self._kept.id, None
        for sheet, attempt in self._asked("correct", {"reason": ""}, {"reason": text_of}):
            reason, desk = sheet.said("reason"), self._desk
            with attempt:
                kept = correct_run(desk.store, self._page.pool_id, run_id, reason, who=desk.who)
        self._show_begun(kept)

    def _show_begun(self, kept: Kept[Run] | None) -> None:
        """Turn to a run that was begun, if one was."""
        if kept is not None:
            self._desk.records_changed.emit()
            self._page.show_run(kept.id)

    def drop(self) -> None:
        """Throw an open run away."""
        words, yes = t("distribution.drop_words"), t("distribution.drop_yes")
        if self._desk.dialogs.confirm(self._page, t("distribution.drop"), words, yes, danger=True):
            drop_run(self._desk.store, self._kept)
            self._desk.records_changed.emit()
            self._page.show_list()

    # --- files ------------------------------------------------------------------------------

    def save_book(self) -> None:
        """The run in hand as a workbook."""
        run, money = self._page.one.run, self._page.money
        if not self._page.run_id or run is None or money is None or self._page.one.fault:
            return
        name = Path(f"{safe_name(f'{money.pool.name}_收益分配_{run.number}')}.xlsx")
        title, kinds = t("distribution.book_where"), t("distribution.book_kinds")
        file = self._desk.dialogs.save(self._page, title, kinds, name)
        if file is not None:
            write_atomically(file, run_book(money.pool, run))
            self._told(file, t("distribution.book_made", name=file.name))

    def write_notices(self) -> None:
        """Notices, workbooks and mail drafts of all members, in a folder."""
        run = self._page.one.run
        if run is None or not run.is_closed:
            return
        out = self._desk.dialogs.folder(self._page, t("distribution.where"))
        if out is not None:
            work = partial(self._written, self._page.pool_id, self._kept.id, out)
            self._desk.jobs.run(work, t("distribution.writing"), finished=self._wrote)

    def _written(self, pool_id: int, run_id: int, out: Path, report: Report) -> Notices:
        from forms.office.pool_statements import write_notices

        with self._desk.own_store() as store:
            money = pool_money(store, pool_id)
            run = dict(money.numbered)[run_id]
            office, today = store.parties.office(), self._desk.today
            own = taken_packs_folder(self._desk.store.path)
            return write_notices(money, run, office, today, out, report, own=own)

    def _wrote(self, made: Notices) -> None:
        self._told(made.folder, t("distribution.written", count=made.notices, mails=made.mails))

    def _told(self, place: Path, words: str) -> None:
        show = (t("distribution.open"), partial(open_outside, place, self._desk.notices))
        self._desk.notices.tell("done", words, action=show)

    # --- inside -----------------------------------------------------------------------------

    def _keep(self, before: Kept[Run], run: Run) -> None:
        """Keep what was made of a run as it was shown; refused where it has changed since."""
        from db.store_problems import StaleRevision

        try:
            kept = save_run(self._desk.store, before, run, who=self._desk.who)
        except StaleRevision as changed:
            self._desk.notices.tell("pending", str(changed))
            self._page.refresh()
        else:
            self._page.take(kept)

    def _asked(
        self,
        name: str,
        facts: Mapping[str, str],
        rules: Mapping[str, Callable[[str], object]],
        *,
        title: str = "",
    ) -> Iterator[tuple[FactsSheet, Attempt]]:
        """What the clerk said, until it is done or all stays as it is."""
        said = [
            (key, t(f"distribution.facts.{key}"), value, _hint(name, key))
            for key, value in facts.items()
        ]
        asked = FactsSheet(
            self._page,
            title or t(f"distribution.ask.{name}"),
            said,
            checked=checked_by(rules),
            yes=t(f"distribution.ask.{name}_yes"),
        )
        return attempts(self._desk, asked)


def _hint(name: str, key: str) -> str:
    hints = {
        ("period", "pay_by"): "distribution.hint.pay_by",
        ("fee", "fee_sum"): "distribution.hint.fee",
        ("formula", "agreed_part"): "distribution.hint.parts",
        ("formula", "cap_percent"): "distribution.hint.bounds",
        ("correct", "reason"): "distribution.hint.reason",
    }
    return t(hints[name, key]) if (name, key) in hints else ""


def _said(number: object) -> str:
    return plain(number) if isinstance(number, Decimal) else ""


def _has_formula(run: Run) -> bool:
    rule = run.rule
    return any((rule.number_part, rule.weight_part, rule.agreed_part))
