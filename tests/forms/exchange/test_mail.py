"""The e-mail draft: addressed, listed, attached, split where it would be too large."""

from datetime import date
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.exchange.mail import Attachment, Letter, Mail, plain_line, write_mails

LETTER = Letter(
    to="office@example.cn",
    subject="示例大学开放许可材料",
    text="您好：\n现报送1件。",
    day=date(2022, 9, 1),
)
MIB = 1024 * 1024


def opened(mail: Mail) -> EmailMessage:
    message = message_from_bytes(mail.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body_of(mail: Mail) -> str:
    body = opened(mail).get_body()
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def attached(mail: Mail) -> dict[str | None, bytes]:
    return {part.get_filename(): part.get_content() for part in opened(mail).iter_attachments()}


def test_a_mail_program_opens_the_draft_as_a_message_to_send() -> None:
    files = [
        Attachment("ZL202110345678.3 信息表.pdf", b"%PDF-1"),
        Attachment("工作措施.wps", b"\x00\xff"),
    ]
    (mail,) = write_mails(LETTER, files, 20 * MIB)
    message = opened(mail)
    assert message["X-Unsent"] == "1"
    assert message["To"] == "office@example.cn"
    assert message["Subject"] == "示例大学开放许可材料"
    assert message["Date"] == "Thu, 01 Sep 2022 09:00:00 +0800"
    assert attached(mail) == {file.name: file.content for file in files}
    assert [part.get_content_type() for part in message.iter_attachments()] == [
        "application/pdf",
        "application/octet-stream",
    ]
    assert body_of(mail) == (
        "您好：\n现报送1件。\n\n本封附件（2个）：\n  ZL202110345678.3 信息表.pdf\n  工作措施.wps\n"
    )


def test_lines_end_as_mail_asks_and_names_follow_rfc_2231() -> None:
    (mail,) = write_mails(LETTER, [Attachment("信息表.pdf", b"x")], MIB)
    assert mail.content.replace(b"\r\n", b"").count(b"\n") == 0
    assert b"filename*=utf-8''%E4%BF%A1" in mail.content


def test_the_same_input_gives_the_same_bytes() -> None:
    files = [Attachment("甲.pdf", b"x" * 1000)]
    assert write_mails(LETTER, files, MIB) == write_mails(LETTER, files, MIB)


def test_a_submission_too_large_for_one_mail_is_split_and_says_so() -> None:
    files = [Attachment(f"{i}.pdf", bytes(40_000), group=f"案卷{i // 2}") for i in range(6)]
    mails = write_mails(LETTER, files, 130_000)
    assert [mail.names for mail in mails] == [
        ("0.pdf", "1.pdf"),
        ("2.pdf", "3.pdf"),
        ("4.pdf", "5.pdf"),
    ]
    assert [opened(mail)["Subject"] for mail in mails] == [
        f"示例大学开放许可材料（第{i}/3封）" for i in (1, 2, 3)
    ]
    assert "分3封寄送，这是第2封" in body_of(mails[1])
    assert all(len(mail.content) <= 130_000 and not mail.too_large for mail in mails)


def test_the_papers_of_one_patent_part_only_where_no_mail_holds_them() -> None:
    files = [Attachment(f"{i}.pdf", bytes(40_000), group="案卷") for i in range(4)]
    mails = write_mails(LETTER, files, 130_000)
    assert [mail.names for mail in mails] == [("0.pdf", "1.pdf"), ("2.pdf", "3.pdf")]


def test_a_single_file_beyond_the_limit_gets_its_own_mail_and_is_said() -> None:
    files = [
        Attachment("小.pdf", b"x"),
        Attachment("大.pdf", bytes(200_000)),
        Attachment("又小.pdf", b"x"),
    ]
    mails = write_mails(LETTER, files, 130_000)
    assert [(mail.names, mail.too_large) for mail in mails] == [
        (("小.pdf",), False),
        (("大.pdf",), True),
        (("又小.pdf",), False),
    ]


def test_a_mail_without_attachments_is_still_a_mail() -> None:
    (mail,) = write_mails(LETTER, [], MIB)
    assert mail.names == ()


@pytest.mark.parametrize(
    ("typed", "header"),
    [
        ("a@example.cn; b@example.cn", "a@example.cn, b@example.cn"),
        ("某处 <a@example.cn>", "a@example.cn"),
        ("a@example.cn\r\nBcc: spy@example.org", "a@example.cn, spy@example.org"),
        ("甲@乙.中国", None),
        ("", None),
        ("@", None),
    ],
)
def test_only_addresses_reach_the_address_line(typed: str, header: str | None) -> None:
    (mail,) = write_mails(msgspec.structs.replace(LETTER, to=typed), [], MIB)
    assert opened(mail)["To"] == header
    assert opened(mail)["Bcc"] is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_answer_can_start_a_header(subject: str, name: str) -> None:
    letter = msgspec.structs.replace(LETTER, subject="题" + subject)
    (mail,) = write_mails(letter, [Attachment("n" + name + ".pdf", b"x")], MIB)
    message = opened(mail)
    assert {key.lower() for key in message} == {
        "subject",
        "to",
        "date",
        "x-unsent",
        "mime-version",
        "content-type",
    }
    assert len(list(message.iter_attachments())) == 1


@given(st.lists(st.integers(0, 60_000), max_size=8), st.booleans())
def test_no_mail_passes_the_limit_unless_one_file_does(sizes: list[int], grouped: bool) -> None:
    files = [
        Attachment(f"材料{i}.pdf", bytes(size), group=str(i // 3) if grouped else "")
        for i, size in enumerate(sizes)
    ]
    mails = write_mails(LETTER, files, 64_000)
    assert [name for mail in mails for name in mail.names] == [file.name for file in files]
    for mail in mails:
        assert len(mail.content) <= 64_000 or (mail.too_large and len(mail.names) == 1)


def test_a_plain_line_holds_no_control_character() -> None:
    assert plain_line(" a\r\nb\x00\u2028c\u200b ") == "a b c"


def both_names(mail: Mail) -> list[tuple[str | None, str]]:
    """The names of what is attached: by RFC 2231, and as other programs read them."""
    plain = message_from_bytes(mail.content, policy=policy.compat32)
    parts = [part for part in plain.walk() if part.get_filename()]
    old = [str(make_header(decode_header(str(part.get_param("name"))))) for part in parts]
    new = [part.get_filename() for part in opened(mail).iter_attachments()]
    return list(zip(new, old, strict=True))


@pytest.mark.parametrize(
    "name",
    [
        "信息表.pdf",
        "plain name.pdf",
        'a "b" \\c.pdf',
        "ZL202110345678.3 一种低温烧结陶瓷基板的制备方法 专利开放许可信息表（盖章）.pdf",
        "很长的名称" * 40 + ".pdf",
        "𠮷 mixed 名 称%20'*.xlsx",
    ],
)
def test_names_of_attachments_are_read_by_new_and_by_old_programs(name: str) -> None:
    [mail] = write_mails(LETTER, [Attachment(name, b"x")], MIB)
    assert both_names(mail) == [(name, name)]
    assert max(map(len, mail.content.split(b"\r\n"))) <= 998


def test_a_name_of_usual_length_stands_on_one_line() -> None:
    name = "ZL202110345678.3 一种低温烧结陶瓷基板的制备方法 专利开放许可信息表.pdf"
    [mail] = write_mails(LETTER, [Attachment(name, b"x")], MIB)
    assert b"filename*=utf-8''ZL202110345678.3%20" in mail.content
    assert b"filename*0*" not in mail.content


@pytest.mark.parametrize(
    "subject",
    [
        "专利 open licence 开放许可 submission of 2022 年 第 3 批 武汉 示例 大学 x " * 3,
        "plain  one",
    ],
)
def test_a_subject_keeps_its_blanks(subject: str) -> None:
    letter = msgspec.structs.replace(LETTER, subject=subject)
    [mail] = write_mails(letter, [], MIB)
    assert opened(mail)["Subject"] == " ".join(subject.split())


@given(name=st.text(min_size=1, max_size=300), subject=st.text(max_size=200))
def test_every_name_and_subject_comes_back(name: str, subject: str) -> None:
    name = "".join(c for c in name if c.isprintable() and not 0xD800 <= ord(c) <= 0xDFFF) + "件"
    letter = msgspec.structs.replace(LETTER, subject=subject + "件")
    [mail] = write_mails(letter, [Attachment(name, b"x")], MIB)
    [(new, old)] = both_names(mail)
    assert new == old == plain_line(name)
    assert opened(mail)["Subject"] == plain_line(subject + "件")
