"""A bureau's signature on its pack: Ed25519 over the names and hashes of all its files.

The signature lies in the pack as `signature.toml`.  Whose key counts is not the pack's to say:
it stands in a bureau's edition of the program.  The arithmetic is pycryptodomex's, which locks
our packages too; what is signed is laid down here.
"""

import base64
import binascii
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

import tomli

if TYPE_CHECKING:
    from Cryptodome.PublicKey.ECC import EccKey

SIGNATURE_FILE = "signature.toml"
_FIRST_LINE = "openlicense form pack 1"
_ALGORITHM = "ed25519"
_KEY_BYTES = 32


class BadKey(ValueError):
    """A text or file is no key of this kind."""


def new_key() -> tuple[bytes, str]:
    """Return a fresh private key (PEM, PKCS #8, no password) and its public key as text."""
    from Cryptodome.PublicKey import ECC

    key = ECC.generate(curve="Ed25519")
    return f"{key.export_key(format='PEM')}\n".encode(), _public(key)


def public_key_of(private: bytes) -> str:
    """The public key of a private one, as text.  Raises BadKey."""
    return _public(_private(private))


def signature_text(contents: Mapping[str, bytes], private: bytes) -> str:
    """What `signature.toml` says of a pack's files (path with "/" -> bytes).  Raises BadKey."""
    from Cryptodome.Signature import eddsa

    signed = eddsa.new(_private(private), "rfc8032").sign(_statement(contents))
    return f'{_ALGORITHM} = "{base64.b64encode(signed).decode()}"\n'


def is_signed_by(contents: Mapping[str, bytes], public: str) -> bool:
    """Whether the files carry a signature, over exactly them, of the key.  Raises BadKey."""
    from Cryptodome.Signature import eddsa

    key = _read_public(public)
    try:
        text = contents.get(SIGNATURE_FILE, b"").decode("ascii")
        signature = base64.b64decode(tomli.loads(text)[_ALGORITHM], validate=True)
        eddsa.new(key, "rfc8032").verify(_statement(contents), signature)
    except (KeyError, TypeError, ValueError, RecursionError):  # malformed, or another's
        return False
    return True


def check_public_key(text: str) -> None:
    """Ask whether a text is a public key.  Raises BadKey."""
    _read_public(text)


def without_signature(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a pack but for the signature."""
    return {name: content for name, content in contents.items() if name != SIGNATURE_FILE}


def _statement(contents: Mapping[str, bytes]) -> bytes:
    each = sorted(without_signature(contents).items())
    lines = [f"{sha256(content).hexdigest()}  {name}" for name, content in each]
    return "\n".join([_FIRST_LINE, *lines, ""]).encode()


def _public(key: "EccKey") -> str:
    raw = key.public_key().export_key(format="raw")
    assert isinstance(raw, bytes)
    return base64.b64encode(raw).decode()


def _private(pem: bytes) -> "EccKey":
    from Cryptodome.PublicKey import ECC

    try:
        key = ECC.import_key(pem)
    except (ValueError, IndexError, TypeError) as error:
        raise BadKey("no private key in PEM") from error
    if key.curve != "Ed25519" or not key.has_private():
        raise BadKey("no private Ed25519 key")
    return key


def _read_public(text: str) -> "EccKey":
    from Cryptodome.Signature import eddsa

    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
        if len(raw) != _KEY_BYTES:
            raise BadKey(f"a public key has {_KEY_BYTES} bytes, not {len(raw)}")
        return eddsa.import_public_key(raw)
    except (ValueError, binascii.Error) as error:
        raise BadKey("no public Ed25519 key in base64") from error
