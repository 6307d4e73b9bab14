"""A hash is the hash of the whole content, whatever is known of its beginning."""

import hashlib

from forms.ground.alike_begun import note_beginning, sha256_hex


def test_the_hash_is_that_of_the_whole_content_however_it_begins() -> None:
    beginning = b"%PDF fonts " * 50
    contents = (
        beginning + b"one paper",
        beginning + b"another paper",
        beginning,
        beginning[:-1],
        beginning[:-1] + b"?" + b"one paper",
        b"",
    )
    plain = [hashlib.sha256(content).hexdigest() for content in contents]
    assert [sha256_hex(content) for content in contents] == plain
    note_beginning(beginning)
    for _ in range(2):  # what is kept of the beginning is not used up
        assert [sha256_hex(content) for content in contents] == plain
    for number in range(40):  # nor does it matter what is forgotten
        note_beginning(b"%d" % number * 9)
        assert [sha256_hex(content) for content in contents] == plain
