"""Rules on dates: filing, grant, the term of protection, and the end of the offer inside it."""

from collections.abc import Iterator

from forms.facts.amounts import duration_text
from forms.facts.declared import binds
from forms.facts.terms import add_days, add_duration
from forms.ground.problems import Finding
from forms.rules.base import Params, Subject, day, rule, rules_of

FILING = "patent.filing_date"
GRANT = "patent.grant_date"
END = "offer_end"


@rule("filing_date.blank", "信息表 注意事项 五; 专利法 第四十二条", FILING)
def filing_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Without the filing date the end of protection can not be known."""
    if subject.case.patent.filing_date is None:
        yield Finding(FILING)


@rule("filing_date.future", "专利法 第二十八条", FILING, shows=("day",))
def filing_future(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A filing date later than today."""
    filed = subject.case.patent.filing_date
    if filed is not None and filed > subject.today:
        yield Finding(FILING, {"day": day(filed)})


_YEAR = ("day", "number_year")


@rule(
    "filing_date.year_differs",
    "专利法实施细则 第四十九条 第一百一十九条",
    FILING,
    shows={"earlier": _YEAR, "later": _YEAR},
)
def year_differs(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The number's year is not the filing date's: right for divisionals and the PCT, else a slip.

    A number of the PCT (8, 9) with an earlier filing date explains itself.
    """
    number, filed = subject.number, subject.case.patent.filing_date
    if number is None or filed is None or filed.year == number.year:
        return
    earlier = filed.year < number.year
    if not (earlier and number.is_pct):
        yield Finding(
            FILING,
            {"day": day(filed), "number_year": number.year},
            "earlier" if earlier else "later",
        )


@rule("grant_date.blank", "信息表 ① 授权公告日; 专利法实施细则 第八十五条", GRANT)
def grant_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """No date of the announcement of grant."""
    if subject.case.patent.grant_date is None:
        yield Finding(GRANT)


@rule("grant_date.future", "专利法实施细则 第八十五条", GRANT, shows=("day",))
def grant_future(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A grant later than today: an offer may follow the announcement only."""
    granted = subject.case.patent.grant_date
    if granted is not None and granted > subject.today:
        yield Finding(GRANT, {"day": day(granted)})


_ORDER = {"": ("day", "filing_day"), "number": ("day", "number_year")}


@rule("grant_date.before_filing", "专利法实施细则 第八十五条", GRANT, shows=_ORDER)
def grant_before_filing(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A grant on or before the filing date, or in a year before the number's."""
    patent, number = subject.case.patent, subject.number
    granted = patent.grant_date
    if granted is None:
        return
    if patent.filing_date is not None:
        if granted <= patent.filing_date:
            yield Finding(GRANT, {"day": day(granted), "filing_day": day(patent.filing_date)})
    elif number is not None and granted.year < number.year:
        yield Finding(GRANT, {"day": day(granted), "number_year": number.year}, "number")


@rule("term.over", "专利法 第四十二条", FILING, shows=("last_day",))
def over(subject: Subject, _params: Params) -> Iterator[Finding]:
    """The term of protection is over."""
    if subject.protection is not None and subject.term_is_over:
        yield Finding(FILING, {"last_day": day(subject.protection.last_day)})


_COMPENSATION = {"kind": ("days",), "negative": ("days",)}


@rule(
    "term.compensation",
    "专利法 第四十二条第二款 第三款",
    "patent.compensation_days",
    shows=_COMPENSATION,
)
def compensation(subject: Subject, _params: Params) -> Iterator[Finding]:
    """Days of compensation of a patent that is no invention, or fewer than none."""
    days = subject.case.patent.compensation_days
    if days is None or days == 0:
        return
    if days < 0:
        yield Finding("patent.compensation_days", {"days": days}, "negative")
    elif subject.kind not in (None, "invention"):
        yield Finding("patent.compensation_days", {"days": days}, "kind")


@rule("offer_end.blank", "专利法实施细则 第八十五条(四); 信息表 ⑤", END)
def end_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """No end of the offer."""
    if subject.case.offer_end is None:
        yield Finding(END)


@rule("offer_end.past", "信息表 ⑤", END, shows=("day",))
def end_past(subject: Subject, _params: Params) -> Iterator[Finding]:
    """An end before today, while the patent itself still lives.

    What is declared runs out some day: that is `declaration.run_out`.
    """
    end = subject.case.offer_end
    if end is None or subject.term_is_over or binds(subject.case.declaration):
        return
    if end < subject.today:
        yield Finding(END, {"day": day(end)})


@rule(
    "offer_end.beyond_term", "信息表 注意事项 五; 专利法 第四十二条", END, shows=("day", "last_day")
)
def end_beyond_term(subject: Subject, _params: Params) -> Iterator[Finding]:
    """An end later than the patent's, while the patent lives."""
    end, term = subject.case.offer_end, subject.protection
    if end is None or term is None or subject.term_is_over:
        return
    if end > term.anniversary:
        yield Finding(END, {"day": day(end), "last_day": day(term.last_day)})


@rule(
    "offer_end.on_anniversary",
    "信息表 注意事项 五; 专利法实施细则 第五条",
    END,
    shows=("day", "last_day"),
)
def end_on_anniversary(subject: Subject, _params: Params) -> Iterator[Finding]:
    """An end on the anniversary itself, which is counted in or out."""
    end, term = subject.case.offer_end, subject.protection
    if end is None or term is None or subject.term_is_over:
        return
    if end == term.anniversary:
        yield Finding(END, {"day": day(end), "last_day": day(term.last_day)})


@rule("single_term.blank", "附件3 汇总表 单次许可期限", "single_term")
def single_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """No length of a single licence, which the summary asks for."""
    if subject.case.single_term is None:
        yield Finding("single_term")


@rule("single_term.count", "附件3 汇总表 单次许可期限", "single_term", shows=("length",))
def single_count(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A length of less than one year, month or day."""
    length = subject.case.single_term
    if length is not None and length.count < 1:
        yield Finding("single_term", {"length": duration_text(length)})


@rule(
    "single_term.too_long",
    "专利法 第四十二条; 附件3 汇总表 单次许可期限",
    "single_term",
    shows=("length", "last_day"),
)
def single_too_long(subject: Subject, _params: Params) -> Iterator[Finding]:
    """A single licence that would outlive the patent, were it granted today."""
    length, term = subject.case.single_term, subject.protection
    if length is None or term is None or subject.term_is_over:
        return
    if add_days(add_duration(subject.today, length), -1) > term.last_day:
        yield Finding(
            "single_term", {"length": duration_text(length), "last_day": day(term.last_day)}
        )


@rule("region.blank", "附件3 汇总表 开放范围", "region")
def region_blank(subject: Subject, _params: Params) -> Iterator[Finding]:
    """No region, which the summary asks for."""
    if not subject.case.region:
        yield Finding("region")


RULES = rules_of(globals())
