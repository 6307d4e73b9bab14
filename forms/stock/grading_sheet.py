"""The columns of the workbook of gradings: what is written is read back."""

from collections.abc import Mapping

from forms.ground.cleaning import fold
from forms.stock.grading import GradingForm

NUMBER, TITLE, CATEGORY = "专利号", "专利名称", "分类"
SCORE, GRADE, GIVEN, REASON, BY, ON = "分数", "级别", "改定级别", "改定理由", "评定人", "评定日"


def headings(form: GradingForm) -> tuple[str, ...]:
    """Return the headings, in order: score and grade are told and not read."""
    marks = (f"{one.group}：{one.label}" for one in form.criteria)
    return (NUMBER, TITLE, CATEGORY, *marks, SCORE, GRADE, GIVEN, REASON, BY, ON)


def read_as(form: GradingForm) -> Mapping[str, str]:
    """Return what is read (number, category, mark:CODE, grade…) by the folded headings."""
    known = {fold(f"{one.group}：{one.label}"): f"mark:{one.code}" for one in form.criteria}
    known |= {fold(one.label): f"mark:{one.code}" for one in form.criteria}
    own = ((NUMBER, "number"), (CATEGORY, "category"), (GIVEN, "grade"))
    known |= {fold(heading): name for heading, name in (*own, (REASON, "reason"), (BY, "by"))}
    return known
