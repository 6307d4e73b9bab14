"""A bureau's signature: over every file of its pack, by a key that the edition names."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.ground.locate import packs_folder
from forms.vetting.pack_intake import Offered, PackRefused, look_at, packed, take_in
from forms.vetting.pack_signature import (
    SIGNATURE_FILE,
    BadKey,
    check_public_key,
    is_signed_by,
    new_key,
    public_key_of,
    signature_text,
)
from tests.pack_files import ADDRESS, HUBEI, files_of, laid, zipped

PRIVATE, PUBLIC = new_key()
contents = st.dictionaries(st.sampled_from("abc"), st.binary(max_size=20), min_size=1)


def signed(files: dict[str, bytes], private: bytes = PRIVATE) -> dict[str, bytes]:
    return {**files, SIGNATURE_FILE: signature_text(files, private).encode()}


def look(file: Path, packs: Path, key: str = PUBLIC) -> Offered:
    return look_at(file, packs_folder(), packs, today=date(2022, 9, 1), key=key)


def test_a_signed_pack_needs_nobody_to_agree(tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.pack.zip", signed(files_of(version="1.1")))
    offer = look(file, tmp_path / "packs")
    assert (offer.seal, offer.needs_consent) == ("ours", False)
    taken = take_in(offer, packs_folder(), tmp_path / "packs")
    assert (taken.folder / SIGNATURE_FILE).is_file()
    again = look(file, tmp_path / "packs")
    assert (again.folder, again.needs_consent) == (taken.folder, False)


def test_without_a_key_in_the_edition_somebody_agrees(tmp_path: Path) -> None:
    file = zipped(tmp_path / "a.pack.zip", signed(files_of(version="1.1")))
    offer = look(file, tmp_path / "packs", key="")
    assert (offer.seal, offer.needs_consent) == ("", True)


def test_the_unsigned_and_the_wrongly_signed_are_asked_about(tmp_path: Path) -> None:
    plain = files_of(version="1.1")
    changed = files_of(HUBEI, (ADDRESS, "hubei@stranger.example"), version="1.1")
    ours = signed(plain)[SIGNATURE_FILE]
    for name, files, seal in (
        ("plain", plain, "none"),
        ("stranger", signed(plain, new_key()[0]), "wrong"),
        ("changed", {**changed, SIGNATURE_FILE: ours}, "wrong"),
        ("more", {**plain, "notes.md": b"x", SIGNATURE_FILE: ours}, "wrong"),
        ("garbage", {**plain, SIGNATURE_FILE: b"\xff ["}, "wrong"),
        ("deep", {**plain, SIGNATURE_FILE: b"a = " + b"[" * 9000}, "wrong"),
        ("number", {**plain, SIGNATURE_FILE: b"ed25519 = 5"}, "wrong"),
        ("short", {**plain, SIGNATURE_FILE: b'ed25519 = "AAAA"'}, "wrong"),
    ):
        offer = look(zipped(tmp_path / f"{name}.pack.zip", files), tmp_path / "packs")
        assert (name, offer.seal, offer.needs_consent) == (name, seal, True)


@given(contents, contents)
@settings(max_examples=30, deadline=None)
def test_a_signature_fits_its_own_files_only(
    one: dict[str, bytes], other: dict[str, bytes]
) -> None:
    signature = signed(one)[SIGNATURE_FILE]
    assert is_signed_by({**other, SIGNATURE_FILE: signature}, PUBLIC) == (one == other)


def test_only_keys_are_taken_for_keys() -> None:
    assert public_key_of(PRIVATE) == PUBLIC
    check_public_key(PUBLIC)
    for text in ("", "x", "AAAA", PUBLIC + "AAAA", "公钥"):
        with pytest.raises(BadKey):
            check_public_key(text)
    for pem in (b"", b"-----BEGIN", PUBLIC.encode(), b"\xff" * 100):
        with pytest.raises(BadKey):
            public_key_of(pem)


def test_what_goes_into_a_pack_is_what_can_be_taken_in(tmp_path: Path) -> None:
    folder = laid(tmp_path / "pack", files_of())
    (folder / "edition.toml").write_text("[office]", encoding="utf-8")
    (folder / ".DS_Store").write_bytes(b"x")
    assert packed(folder).keys() == files_of().keys()
    (folder / "run.exe").write_bytes(b"x")
    with pytest.raises(PackRefused, match=r"run\.exe"):
        packed(folder)
