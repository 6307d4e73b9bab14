"""A bureau's edition of the program: its name, its pack, and what the first start offers.

It is data and nothing else: the file `edition.toml` among the resources, put there by
`dev.py bundle --pack DIR --edition NAME` together with the pack.  Without the file the program
is nobody's edition.
"""

import re
from functools import lru_cache
from pathlib import Path

import msgspec
import tomli

from desktop.installed.workplaces import OFFICE, Workplace, workplace_of
from forms.facts.record import Office, OfficeKind
from forms.ground.locate import EDITION_FILE, resources
from forms.pack.types import Pack, Submission
from forms.vetting.pack_signature import BadKey, check_public_key

FILE = EDITION_FILE
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class EditionFault(Exception):
    """The file is no edition: why."""


class Offered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the first start offers for the office; a clerk may change it all."""

    name: str = ""
    contact: str = ""
    phone: str = ""
    region: str = ""
    email: str = ""
    kind: OfficeKind = "university"


class Sending(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where submissions go instead of to the pack's own address; "" for that one."""

    address: str = ""


class Packs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the bureau's packs are known: the public key it signs them with, "" for none."""

    key: str = ""


class Edition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A bureau's edition; `pack` is the code of the pack that is used first.

    `workplace` is the one it starts as: the office's for the offices it is handed to, or the
    bureau's for its own people.
    """

    name: str
    pack: str
    workplace: Workplace = OFFICE
    office: Offered = Offered()
    submission: Sending = Sending()
    packs: Packs = Packs()

    def offered(self, workplace: Workplace = OFFICE) -> Office:
        """The office profile to begin with; a bureau's own has the edition's name."""
        offered = Office(**msgspec.structs.asdict(self.office))
        if workplace == OFFICE:
            return offered
        return msgspec.structs.replace(offered, name=offered.name or self.name)


def read_edition(text: str) -> Edition:
    """Read an edition's file.  Raises EditionFault."""
    try:
        edition = msgspec.convert(tomli.loads(text), Edition)
    except (tomli.TOMLDecodeError, msgspec.ValidationError) as error:
        raise EditionFault(str(error)) from error
    if not edition.name.strip() or not edition.pack.strip():
        raise EditionFault("name and pack must say something")
    for key, address in (
        ("submission.address", edition.submission.address),
        ("office.email", edition.office.email),
    ):
        if address and not _MAIL.fullmatch(address):
            raise EditionFault(f"{key}: {address!r} is no mail address")
    try:
        if edition.packs.key:
            check_public_key(edition.packs.key)
    except BadKey as fault:
        raise EditionFault(f"packs.key: {fault}") from fault
    return edition


def edition_in(folder: Path) -> Edition | None:
    """The edition in a folder of resources, None where there is none.  Raises EditionFault."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise EditionFault(str(error)) from error
    return read_edition(text)


@lru_cache(maxsize=1)
def edition_here() -> Edition | None:
    """The edition of this program; None also where its file is damaged (the self-test tells)."""
    try:
        return edition_in(resources())
    except EditionFault:
        return None


def workplace_in_use(chosen: str, edition: Edition | None) -> Workplace:
    """The workplace that was chosen, else the one the edition starts as, else the office's."""
    return workplace_of(chosen or (edition.workplace if edition else ""))


def as_issued(pack: Pack) -> Pack:
    """A pack as this edition hands it out, with codes on its papers where the office asks so.

    The bureau's pack has the bureau's address.
    """
    from desktop.installed.coded_papers import are_asked, with_codes

    if are_asked():
        pack = with_codes(pack)
    edition = edition_here()
    if edition is None or edition.pack != pack.identity.code or not edition.submission.address:
        return pack
    theirs: Submission = msgspec.structs.replace(
        pack.submission, address=edition.submission.address
    )
    ours: Pack = msgspec.structs.replace(pack, submission=theirs)
    return ours
