"""What a web form of an authority asks, as a pack says it (online.toml): 网上填报.

Fields in the order of the web form, each with the text to be copied into it, and the attachments
that are uploaded.  The program fills nothing in on the web and opens no address: a clerk copies.
`forms.pack.online_faults` says what is wrong with one; docs/paper-language.md has the slots.
"""

from typing import Literal

from forms.pack.language import Node, When

NumberForm = Literal["zl_dot", "dot", "digits"]
FileKind = Literal["pdf", "jpg", "png", "tif"]

DIGITS = "{digits}"
"""What stands in a file's name for the number's thirteen characters (nine in the old form)."""


class Text(Node, frozen=True, kw_only=True):
    """A part of what a field is filled with; those follow each other of which all `when` hold."""

    text: str
    when: tuple[When, ...] = ()


class Writing(Node, frozen=True, kw_only=True):
    """A way to write a patent number: ZL202110345678.3, 202110345678.3, 2021103456783."""

    form: NumberForm
    label: str


class OnlineField(Node, frozen=True, kw_only=True):
    """A field of the web form.

    What is to be agreed to there (承诺) is of kind "tick": it is read and ticked on the web, never
    copied; `help` says so.  It is asked where all of `when` hold.  Where none of its texts does
    it stays blank on the web, which is a gap unless it is `optional`.  `writings` are of a patent
    number, the usual one first.
    """

    id: str
    label: str
    kind: Literal["copy", "tick"] = "copy"
    texts: tuple[Text, ...] = ()
    when: tuple[When, ...] = ()
    optional: bool = False
    help: str = ""
    writings: tuple[Writing, ...] = ()


class OnlineAttachment(Node, frozen=True, kw_only=True):
    """A file that is uploaded: a paper of the pack by its code, or a file from elsewhere.

    It is asked where any of the conditions `when_any` holds, always without any; a paper's own
    condition (`Paper.when`) holds for it too, unless it is asked `always`: where that paper can
    not be made it is missing.  A paper goes up as its sealed scan, but for one
    that nobody has to sign (`sealed` false).  `not_needed` says why where it is not asked.
    `max_mb` is in MiB; `file_name` is ASCII, without an ending.
    """

    id: str
    label: str
    file_name: str
    paper: str = ""
    when_any: tuple[When, ...] = ()
    always: bool = False
    optional: bool = False
    sealed: bool = True
    help: str = ""
    not_needed: str = ""
    types: tuple[FileKind, ...] = ("pdf",)
    max_mb: int = 10


class Online(Node, frozen=True, kw_only=True):
    """A web form: its name and address, which are shown; its fields; its attachments.

    `note` says where its words come from.  `folder_name` is that of a patent's upload folder.
    """

    name: str
    address: str
    fields: tuple[OnlineField, ...]
    note: str = ""
    folder_name: str = DIGITS
    attachments: tuple[OnlineAttachment, ...] = ()

    def field(self, field_id: str) -> OnlineField | None:
        """The field of an id."""
        return next((one for one in self.fields if one.id == field_id), None)

    def attachment(self, attachment_id: str) -> OnlineAttachment | None:
        """The attachment of an id."""
        return next((one for one in self.attachments if one.id == attachment_id), None)
