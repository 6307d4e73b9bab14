"""What a bureau decided, as data for the unit's program (answers.json), version 1.

It goes with the letter.  The schema is published (`openlicense schema answers`).  A reader takes it
for what it is: a file that came by mail, bounded, with every text cleaned.
"""

from datetime import date
from typing import Final, Literal

import msgspec

from forms.exchange.json_file import read_json_file
from forms.exchange.json_shape import converted
from forms.exchange.sheets import UnreadableFile
from forms.facts.patent_number import NotAPatentNumber, parse
from forms.ground.for_the_clerk import ForTheClerk

ANSWER_NAME = "answers.json"
ANSWER_VERSION: Final = 1
MOST_BYTES = 20_000_000
MOST_ANSWERS = 20_000

Verdict = Literal["pass", "return", "refuse"]
VERDICTS: dict[Verdict, str] = {"pass": "通过", "return": "退回补正", "refuse": "不予通过"}


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the file.  What a later version adds is passed over."""


class ReasonSaid(Said, frozen=True, kw_only=True):
    """A reason: the rule's code, what is wrong, what to do, on what basis."""

    rule: str = ""
    message: str = ""
    remedy: str = ""
    basis: str = ""


class Answer(Said, frozen=True, kw_only=True):
    """What was decided of a case; `content_sha256` tells of which contents (see the manifest)."""

    patent_number: str
    title: str = ""
    content_sha256: str = ""
    verdict: Verdict
    reasons: tuple[ReasonSaid, ...] = ()
    text: str = ""
    deadline: date | None = None


class AnswerFile(Said, frozen=True, kw_only=True):
    """answers.json: who answers whom, of which package (the hash of its contents), when."""

    format: Literal["openlicense-answers"] = "openlicense-answers"
    version: int = ANSWER_VERSION
    bureau: str = ""
    office: str = ""
    day: date | None = None
    package_sha256: str = ""
    answers: tuple[Answer, ...] = ()


class NoAnswer(ForTheClerk):
    """A file that is no answer, or not a sound one."""


def encoded(answer: AnswerFile) -> bytes:
    """The file's bytes: the same for the same answer."""
    return msgspec.json.format(msgspec.json.encode(answer), indent=2)


def decoded(content: bytes, name: str) -> AnswerFile:
    """Read an answer's bytes.  Raises NoAnswer, naming the file."""
    try:
        data = read_json_file(content, name, MOST_BYTES)
        if data.get("format") != "openlicense-answers":
            raise NoAnswer(f"“{name}”不是审核意见的数据文件，请选择省局邮件中的 {ANSWER_NAME}。")
        if isinstance(data.get("version"), int) and data["version"] > ANSWER_VERSION:
            raise NoAnswer(f"“{name}”由更新的程序写成，请先更新本程序，再读取。")
        said, faults = converted(data, AnswerFile)
    except UnreadableFile as error:
        raise NoAnswer(str(error)) from error
    if said is None or faults:
        raise NoAnswer(f"“{name}”内容不完整（{'；'.join(faults[:3])}），请让省局重新发送。")
    if len(said.answers) > MOST_ANSWERS:
        raise NoAnswer(f"“{name}”的意见过多（超过 {MOST_ANSWERS} 件），未读取，请核对来源。")
    return msgspec.structs.replace(
        said,
        answers=tuple(
            msgspec.structs.replace(one, patent_number=_number(one.patent_number))
            for one in said.answers
        ),
    )


def _number(text: str) -> str:
    try:
        return parse(text[:100]).text
    except NotAPatentNumber:
        return text[:100]
