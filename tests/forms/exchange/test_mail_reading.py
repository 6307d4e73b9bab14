"""Mails as Chinese programs write them are read letter by letter; hostile ones end soon."""

from __future__ import annotations

import email.message
import io
from base64 import b64encode
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.exchange.mail import Attachment, Letter, write_mails
from forms.exchange.mail_reading import UnreadableMail, header_text, read_mail
from forms.exchange.outlook_reading import is_message, read_message
from tests.forms.exchange.compound import outlook_file

NAME = "龢䶮镕开放许可声明（盖章）.pdf"
LETTER = Letter(to="a@example.cn", subject="报送材料", text="见附件。", day=date(2022, 9, 1))


def mail(*heads: str, body: bytes = b"%PDF", how: str = "base64") -> bytes:
    content = b64encode(body) if how == "base64" else body
    part = (
        "\r\n".join(["--b", *heads, f"Content-Transfer-Encoding: {how}", "", ""]).encode("gb18030")
        + content
    )
    top = "From: =?gb2312?B?zfXD9A==?= <wang@example.cn>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    top += 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    return top.encode() + part + b"\r\n--b--\r\n"


def word(charset: str, coding: str, text: str) -> str:
    return f"=?{charset}?B?{b64encode(text.encode(coding)).decode()}?="


@pytest.mark.parametrize(
    "heads",
    [
        # labelled gb2312 and GBK all the same, as Foxmail and Outlook write it
        [f'Content-Type: application/pdf; name="{word("gb2312", "gb18030", NAME)}"'],
        # the bytes as they are, without any word on them
        [f'Content-Disposition: attachment; filename="{NAME}"'],
        # RFC 2231, in pieces, of which the first says the letters
        [
            "Content-Disposition: attachment;",
            f" filename*0*=gbk''{''.join(f'%{b:02X}' for b in NAME[:5].encode('gb18030'))};",
            f" filename*1*={''.join(f'%{b:02X}' for b in NAME[5:].encode('gb18030'))}",
        ],
        [
            "Content-Disposition: attachment;",
            f" filename*=utf-8''{''.join(f'%{b:02x}' for b in NAME.encode())}",
        ],
    ],
)  # fmt: skip
def test_a_name_is_read_whatever_letters_it_is_written_in(heads: list[str]) -> None:
    read = read_mail(mail(*heads), "函.eml")
    assert [(one.name, one.content) for one in read.attached] == [(NAME, b"%PDF")]
    assert (read.sender, read.sender_name) == ("wang@example.cn", "王敏")


def test_a_letter_parted_between_two_words_is_one() -> None:
    raw = "许可龢".encode("gb18030")
    halves = (b64encode(raw[:3]).decode(), b64encode(raw[3:]).decode())
    text = f"=?gb2312?B?{halves[0]}?=\r\n =?gb2312?B?{halves[1]}?="
    assert header_text(text.encode()) == "许可龢"


@given(st.binary(max_size=4000), st.text(min_size=1, max_size=60))
def test_what_this_program_writes_it_reads_back(content: bytes, name: str) -> None:
    (made,) = write_mails(LETTER, [Attachment(f"a{name}.bin", content)], 1 << 30)
    (one,) = read_mail(made.content, "x.eml").attached
    assert one.content == content


@pytest.mark.parametrize(("end", "coding"), [("001F", "utf-16-le"), ("001E", "gb18030")])
def test_a_message_of_outlook_is_read_in_both_its_forms(end: str, coding: str) -> None:
    content = b"%PDF" * 2000
    inner = outlook_file(
        {
            "__properties_version1.0": b"",
            f"__substg1.0_0037{end}": "报送材料".encode(coding),
            f"__substg1.0_5D01{end}": "wang@example.cn".encode(coding),
            f"__attach_version1.0_#00000000/__substg1.0_3707{end}": NAME.encode(coding),
            "__attach_version1.0_#00000000/__substg1.0_37010102": content,
            f"__attach_version1.0_#00000001/__substg1.0_3701000D/"
            f"__attach_version1.0_#00000000/__substg1.0_3707{end}": "里.pdf".encode(coding),
        }
    )
    assert is_message(inner)
    read = read_message(inner, "函.msg")
    assert (read.subject, read.sender) == ("报送材料", "wang@example.cn")
    assert [(one.name, one.content) for one in read.attached] == [(NAME, content), ("里.pdf", b"")]


@given(st.integers(0, 6000), st.binary(min_size=1, max_size=40))
def test_a_broken_message_of_outlook_is_told(place: int, noise: bytes) -> None:
    whole = outlook_file({"__properties_version1.0": b"", "__substg1.0_0037001E": b"x" * 5000})
    broken = whole[:place] + noise + whole[place + len(noise) :]
    with suppress(UnreadableMail):
        read_message(broken, "函.msg")
    with suppress(UnreadableMail):
        read_message(whole[:place], "函.msg")


def test_pictures_of_a_signature_are_no_attachments() -> None:
    heads = ["Content-Type: image/png; name=logo.png", "Content-ID: <a>"]
    assert read_mail(mail(*heads), "函.eml").attached == ()


def test_a_mail_within_a_mail_is_one_thing() -> None:
    inner = mail('Content-Type: application/pdf; name="a.pdf"')
    outer = email.message.EmailMessage()
    outer["Subject"], outer["From"] = "转发", "a@example.cn"
    outer.set_content("见附件")
    outer.add_attachment(email.message_from_bytes(inner))
    (one,) = read_mail(outer.as_bytes(), "转发.eml").attached
    assert one.name.endswith(".eml")
    assert read_mail(one.content, one.name).attached[0].content == b"%PDF"


def many(count: int) -> bytes:
    made = io.BytesIO()
    made.write(b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n")
    for _ in range(count):
        made.write(b"--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\nx\r\n")
    return made.getvalue() + b"--b--"


def nested(depth: int) -> bytes:
    body = b"end"
    for place in range(depth):
        border = f"b{place}".encode()
        body = (
            b"Content-Type: multipart/mixed; boundary="
            + border + b"\r\n\r\n--" + border + b"\r\n" + body + b"\r\n--" + border + b"--\r\n"
        )  # fmt: skip
    return b"Subject: x\r\n" + body


@pytest.mark.parametrize("hostile", [many(5000), nested(200)])
def test_thousands_of_parts_and_endless_nesting_are_refused(hostile: bytes) -> None:
    with pytest.raises(UnreadableMail, match="附件过多"):
        read_mail(hostile, "x.eml")


@given(st.binary(max_size=2000))
def test_any_bytes_are_a_mail_or_told_to_be_none(content: bytes) -> None:
    for data in (content, b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n" + content):
        with suppress(UnreadableMail):
            read_mail(data, "x.eml")
