"""The scenes of a bureau's answers at the office: the list, and a case that was returned."""

from datetime import date
from pathlib import Path

from desktop.desk.desk import Desk
from desktop.pages.replies import RepliesPage
from desktop.pages.wizard import WizardPage
from desktop.pages.wizard.wizard_stage import CHECK
from desktop.program.app import Program
from desktop.screens.scene_waits import Prepare, page_shown, settle, until
from forms.exchange.answer_file import ANSWER_NAME, Answer, AnswerFile, ReasonSaid, encoded
from forms.exchange.package_cases import carried, content_sha256
from forms.facts.paths import with_value
from forms.ground.files import write_atomically

_SEAL = ReasonSaid(
    rule="signing.declaration",
    message="开放许可声明：专利权人一栏缺示例水环境研究院的签章",
    remedy="由全体专利权人签章后重新报送",
    basis="附件2 一（二）2（3）",
)
_END = ReasonSaid(
    rule="offer_end.beyond_term",
    message="许可期限届满日：2038年6月30日晚于专利权期限届满日",
    remedy="改为不晚于专利权期限届满日的日期",
    basis="专利法 第四十二条",
)
_REPORT = ReasonSaid(
    rule="report.missing",
    message="实用新型专利未附专利权评价报告",
    remedy="附专利权评价报告",
    basis="附件2 一（二）2（3）",
)
_OVER = ReasonSaid(
    rule="register.over",
    message="专利登记簿记载专利权已终止",
    remedy="从本批撤下",
    basis="附件2 一（二）2（3）",
)


def answer(folder: Path, desk: Desk) -> Path:
    """Write what the bureau answers of the first cases, of which one changes afterwards."""
    pack, cases = desk.pack, desk.store.cases.listed()
    said = (
        ("return", (_SEAL, _END), "其余各项已核对。", date(2026, 12, 8)),
        ("return", (_REPORT,), "", date(2026, 11, 27)),
        ("refuse", (_OVER,), "", None),
        *[("pass", (), "", None)] * 4,
    )
    answers = tuple(
        Answer(
            patent_number=stored.case.patent.number or "",
            title=stored.case.patent.title,
            content_sha256=content_sha256(carried(stored.case, pack)),
            verdict=verdict,  # type: ignore[arg-type]
            reasons=reasons,
            text=text,
            deadline=deadline,
        )
        for stored, (verdict, reasons, text, deadline) in zip(cases, said, strict=False)
    )
    office = desk.store.parties.office().name
    whole = AnswerFile(
        bureau="湖北省知识产权局", office=office, day=date(2026, 11, 20), answers=answers
    )
    file = folder / ANSWER_NAME
    write_atomically(file, encoded(whole))
    return file


def answered(*, row: int = 0) -> Prepare:
    """The list, with one answer in hand; one of the cases was changed since."""

    def prepare(program: Program) -> None:
        assert program.desk is not None
        desk = program.desk
        desk.go("replies", files=[answer(program.folder, desk)])
        page = page_shown(program, RepliesPage)
        until(lambda: page.replies)
        changed = desk.store.cases.listed()[1]
        desk.store.cases.save(
            with_value(changed.case, "other_terms", "另附技术资料。"), case_id=changed.id
        )
        page.refresh()
        until(lambda: any(one.is_changed for one in page.replies))
        page.table.choose(row)
        settle()

    return prepare


def returned_case(*, is_whole: bool = False) -> Prepare:
    """A case that was returned, opened where a reason says; or what is to be checked, whole."""

    def prepare(program: Program) -> None:
        answered()(program)
        page = page_shown(program, RepliesPage)
        one = next(one for one in page.replies if len(one.reply.reasons) > 1)
        page.open_case(one.reply.case_id, one.reply.reasons[-1])
        wizard = page_shown(program, WizardPage)
        if is_whole:
            wizard.open_step(CHECK)
        settle()

    return prepare
