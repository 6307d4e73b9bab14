"""From what an office hands in to its cases marked with what the bureau decided, by commands."""

import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdfium2

from db.store import open_store
from forms.bureau.package_care import keep_first
from forms.bureau.province import province_of
from forms.bureau.records import PACKAGE_CASES
from forms.exchange.answer_file import ANSWER_NAME
from forms.facts.paths import with_value
from forms.office.replies import returned
from forms.output.plain_book import SheetOfRows, write_plain_book
from tests.desktop.clerk import GOOD, SECOND, Clerk
from tests.desktop.test_intake_command import bureau, made

FIRST, OTHER = GOOD["专利号"], SECOND["专利号"]
TODAY = "2022-09-05"


def words_of(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf.read_bytes()) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_a_package_is_examined_answered_and_marked_at_the_office(clerk: Clerk) -> None:
    out = made(clerk)
    desk = bureau(clerk)
    desk.types("office", "set", "--name", "示例省知识产权局", "--contact", "刘示例")
    desk.types("intake", *out.glob("*.zip"))
    looked = desk.types("examine", FIRST, "--json", today=TODAY).json["patents"][0]
    assert {one["label"] for one in looked["facts"]} >= {"专利号", "专利权人", "法律状态", "使用费"}
    assert all(one["basis"] for one in looked["findings"])

    letters = desk.folder / "意见"
    early = desk.types("letters", "--out", letters, "--json", today=TODAY)
    assert early.json["letters"] == []
    passed = desk.types("decide", FIRST, "--pass", "--text", "已核对原件", "--json", today=TODAY)
    assert passed.json["patents"][0]["state"] == "passed"
    half = desk.types("letters", "--out", letters, "--json", today=TODAY)
    assert (half.code, half.json["letters"]) == (1, [])
    assert "还有 1 件未审" in half.json["left"][0]["why"]
    words = ("decide", OTHER, "--return", "缺专利权评价报告", "--basis", "试点工作方案", "--json")
    returned = desk.types(*words, today=TODAY).json["patents"][0]
    assert (returned["state"], returned["deadline"]) == ("returned", "2022-09-20")

    made_of = desk.types("letters", "--out", letters, "--json", today=TODAY)
    (letter,) = made_of.json["letters"]
    assert (letter["passed"], letter["returned"], letter["refused"]) == (1, 1, 0)
    assert letter["files"] == ["审核意见.pdf", ANSWER_NAME, "邮件草稿.eml"]
    printed = words_of(Path(letter["folder"]) / "审核意见.pdf")
    assert "补正通知书" in printed and "缺专利权评价报告" in printed and OTHER in printed
    assert "2022年9月20日" in printed.replace(" ", "").replace("\r\n", "")

    mail = Path(letter["folder"]) / "邮件草稿.eml"
    tried = clerk.types("answers", mail, "--dry-run", "--json").json["answers"]
    assert {one["matched"] for one in tried} == {"new"}
    marked = clerk.types("answers", mail, "--json")
    assert marked.code == 0, marked.err
    by_number = {one["patent_number"]: one for one in marked.json["answers"]}
    assert by_number[FIRST]["verdict"] == "pass"
    assert by_number[OTHER]["reasons"][0]["basis"] == "试点工作方案"
    again = clerk.types("answers", Path(letter["zip"]), "--json").json["answers"]
    assert {one["matched"] for one in again} == {"again"}


def test_what_was_returned_is_a_duty_and_comes_again_as_a_further_edition(clerk: Clerk) -> None:
    out = made(clerk)
    desk = bureau(clerk)
    desk.types("intake", *out.glob("*.zip"))
    desk.types("decide", FIRST, "--pass", "--text", "已核对原件", today=TODAY)
    desk.types("decide", OTHER, "--return", "许可期限过长", "--basis", "试点工作方案", today=TODAY)
    letters = desk.types("letters", "--out", desk.folder / "意见", "--json", today=TODAY)
    clerk.types("answers", letters.json["letters"][0]["folder"], today=TODAY)

    def corrections() -> list[dict[str, Any]]:
        told = clerk.types("duties", "--json", "--until", "2022-10-31", today=TODAY).json
        return [one for one in told["duties"] if one["kind"] == "correction"]

    waiting = corrections()
    assert [(one["date"], one["patent_number"]) for one in waiting] == [("2022-09-20", OTHER)]
    assert waiting[0]["basis"] == "审核意见" and not waiting[0]["done"]

    with open_store(clerk.db, now=lambda: datetime.now(UTC)) as store:
        (stored,) = store.cases.listed([OTHER])
        shorter = with_value(stored.case, "offer_end", date(2025, 12, 31))
        store.cases.save(shorter, case_id=stored.id)
    again = clerk.folder / "补正后"
    assert clerk.types("submit", OTHER, "--out", again, today="2022-09-08").code == 0
    with open_store(clerk.db, now=lambda: datetime.now(UTC)) as store:
        assert len(returned(store)) == 1, "it lies here, nobody has said that it was sent"
        store.papers.note_sent(store.papers.submissions()[0].id, datetime.now(UTC))
        assert returned(store) == []
    done = corrections()
    assert [one["done"] for one in done] == [True]

    (package,) = desk.types("intake", *again.glob("*.zip"), "--json").json["packages"]
    assert package["verdict"] == "changed"
    assert "不同之处：第⑤栏 许可期限届满日" in package["faults"][0]["message"]
    with open_store(desk.db, now=lambda: datetime.now(UTC)) as store:
        shelf = store.records.of(PACKAGE_CASES)
        former, later = shelf.listed(keys=[OTHER])
        assert [former.record.state, later.record.state] == ["replaced", "waiting"]
        assert former.record.decision, "what was decided stays to be read"
        assert province_of(store, date(2022, 9, 30)).states["returned"] == 0
        keep_first(store, former.id, [later.id])  # the clerk: the correction is not to count
        states = [one.record.state for one in shelf.listed(keys=[OTHER])]
        assert states == ["returned", "replaced"]


def test_a_refusal_wants_a_basis_and_a_pass_in_spite_of_errors_a_word(clerk: Clerk) -> None:
    out = made(clerk)
    desk = bureau(clerk)
    desk.types("intake", *out.glob("*.zip"))
    refused = desk.types("decide", FIRST, "--refuse", "不行", today=TODAY)
    assert refused.code != 0 and "有依据的理由" in refused.err
    status = desk.folder / "核验.xlsx"
    rows = [(FIRST, "专利权终止"), (OTHER, "专利权维持")]
    status.write_bytes(write_plain_book([SheetOfRows("状态", ("专利号", "法律状态"), rows)]))
    found = desk.types("examine", FIRST, OTHER, "--status", status, "--json", today=TODAY)
    assert found.code == 1
    over, fine = found.json["patents"]
    assert any(one["rule"] == "register.over" for one in over["findings"])
    assert {one["label"]: one["result"] for one in fine["facts"]}["法律状态"] == "same"
    passed = desk.types("decide", FIRST, "--pass", today=TODAY)
    assert passed.code != 0 and "请写明理由" in passed.err
    words = ("decide", FIRST, "--refuse", "专利权已终止", "--basis", "附件2 一（二）2（3）")
    assert desk.types(*words, "--findings", today=TODAY).code == 0
    undone = desk.types("decide", FIRST, "--undo", "--json", today=TODAY).json["patents"][0]
    assert (undone["state"], undone["verdict"]) == ("waiting", None)
    missing = desk.types("decide", "ZL202121057728.X", "--pass", today=TODAY)
    assert "没有专利号" in missing.err


def test_forged_stale_and_strange_answers_are_told_and_mark_nothing(clerk: Clerk) -> None:
    made(clerk)

    def answers(**changed: object) -> Path:
        said = {
            "format": "openlicense-answers",
            "version": 1,
            "bureau": "示例省知识产权局",
            "office": "示例大学",
            "answers": [
                {"patent_number": FIRST, "verdict": "return", "reasons": [{"message": "缺签章"}]}
            ],
        }
        file = clerk.folder / f"{len(changed)}-{'-'.join(changed)}.json"
        file.write_text(json.dumps(said | changed, ensure_ascii=False), encoding="utf-8")
        return file

    old = clerk.types("answers", answers(), "--json").json["answers"][0]
    assert old["matched"] == "changed", "the contents that were examined are others"
    foreign = clerk.types("answers", answers(office="别的大学"), "--json")
    assert (foreign.code, foreign.json["answers"][0]["matched"]) == (1, "foreign")
    later = clerk.types("answers", answers(version=9), "--json").json
    assert "请先更新" in later["faults"][0]["message"]
    odd = clerk.types("answers", answers(answers=[{"verdict": "maybe"}]), "--json").json
    assert odd["answers"] == [] and "内容不完整" in odd["faults"][0]["message"]
    bomb = clerk.folder / "包.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"../{ANSWER_NAME}", "{}")
        archive.writestr("别的.txt", "0" * 100_000)
    told = clerk.types("answers", bomb, clerk.folder / "没有.eml", "--json").json
    assert told["answers"] == []
    assert len(told["faults"]) == 2


def test_what_says_nothing_is_no_reason_and_what_waits_is_listed(clerk: Clerk) -> None:
    out = made(clerk)
    desk = bureau(clerk)
    assert "没有待审的专利" in desk.types("examine", today=TODAY).out
    desk.types("intake", *out.glob("*.zip"))
    waiting = desk.types("examine", "--json", today=TODAY).json["patents"]
    assert {one["patent_number"] for one in waiting} == {FIRST, OTHER}
    blank = desk.types("decide", FIRST, "--return", "　 ", today=TODAY)
    assert blank.code != 0 and "写明要补正什么" in blank.err
    blank = desk.types("decide", FIRST, "--refuse", "不行", "--basis", " ", today=TODAY)
    assert blank.code != 0 and "有依据的理由" in blank.err
    desk.types("decide", FIRST, "--return", " 缺\r\n签章 ", today=TODAY)
    left = desk.types("examine", "--json", today=TODAY).json["patents"]
    assert [one["patent_number"] for one in left] == [OTHER]
    whose = desk.types("decide", OTHER, "--office", "别的大学", "--pass", today=TODAY)
    assert "报送的单位是：示例大学" in whose.err
    what = desk.types("decide", OTHER, today=TODAY)
    assert "还缺 --pass --return --refuse --undo 中的一项" in what.err


def test_an_old_mail_that_is_opened_again_does_not_bring_the_old_verdict_back(
    clerk: Clerk,
) -> None:
    made(clerk)

    def answer(day: str, verdict: str) -> Path:
        said = {
            "format": "openlicense-answers",
            "office": "示例大学",
            "day": day,
            "answers": [{"patent_number": FIRST, "verdict": verdict}],
        }
        file = clerk.folder / f"{day}.json"
        file.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        return file

    old, new = answer("2022-09-05", "return"), answer("2022-09-20", "pass")
    clerk.types("answers", old)
    clerk.types("answers", new)
    again = clerk.types("answers", old, "--json")
    assert [one["matched"] for one in again.json["answers"]] == ["older"]
    assert [one["matched"] for one in clerk.types("answers", new, "--json").json["answers"]] == [
        "again"
    ]
    odd = answer("2022-09-31", "maybe")
    (fault,) = clerk.types("answers", odd, "--json").json["faults"]
    assert "没有 'maybe' 这个选项" in fault["message"]
    assert "day：日期格式有误" in fault["message"]
    assert "没有填写" not in fault["message"], "the file has it; it is at fault, not missing"
