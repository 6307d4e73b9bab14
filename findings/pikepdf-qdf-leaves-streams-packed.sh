#!/usr/bin/env bash
# pikepdf 10.18's save(qdf=True) leaves streams packed; qpdf's own --qdf unpacks them.
#
# QDF is qpdf's form of a PDF to be read and compared as text: `qpdf --qdf` implies
# --stream-data=uncompress.  pikepdf's save(qdf=True) sets the form alone: a page that was packed
# by Flate is so afterwards, and the words on it are not to be found in the file.  Nor is
# compress_streams=False enough: that only does not pack what was not.  It takes
# stream_decode_level=StreamDecodeLevel.generalized as well.  The same qpdf library, asked through
# pikepdf.Job with --qdf, unpacks.
#
# Office: papers compared by such a file differ as soon as another zlib packs them, though they
# say the same; a search for words in it finds none.
# Ours: the golden papers' hashes were of packed bytes for months, while the test said unpacked;
# now tests/forms/output/test_golden.py says both settings.
set -eu

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
python3 -m venv tools
tools/bin/python -m pip --quiet --disable-pip-version-check install "pikepdf==10.18.0"

cat > look.py <<'PYTHON'
from pathlib import Path

import pikepdf

WORDS = b"a page of an invented paper"
pdf = pikepdf.new()
pdf.add_blank_page(page_size=(200, 200))
pdf.pages[0].Contents = pikepdf.Stream(pdf, b"BT (" + WORDS + b") Tj ET\n" + b"% filling\n" * 40)
pdf.save("packed.pdf", compress_streams=True)


def look(name: str) -> tuple[bool, bool]:
    """Whether the page's stream is packed, and whether its words stand in the file."""
    with pikepdf.open(name) as saved:
        packed = saved.pages[0].Contents.get("/Filter") == "/FlateDecode"
    return packed, WORDS in Path(name).read_bytes()


def saved(name: str, **settings: object) -> tuple[bool, bool]:
    with pikepdf.open("packed.pdf") as again:
        again.save(name, qdf=True, static_id=True, **settings)
    return look(name)


decoded = pikepdf.StreamDecodeLevel.generalized
seen = {
    "as made": look("packed.pdf"),
    "save(qdf)": saved("qdf.pdf"),
    "save(qdf, not compressing)": saved("plain.pdf", compress_streams=False),
    "save(qdf, not compressing, decoding)": saved(
        "decoded.pdf", compress_streams=False, stream_decode_level=decoded
    ),
}
pikepdf.Job(["qpdf", "--qdf", "--static-id", "packed.pdf", "job.pdf"]).run()
seen["qpdf --qdf"] = look("job.pdf")
print(f"pikepdf {pikepdf.__version__}, qpdf {pikepdf.__libqpdf_version__}: (packed, words found)")
for how, what in seen.items():
    print(f"  {how}: {what}")
assert seen == {
    "as made": (True, False),
    "save(qdf)": (True, False),
    "save(qdf, not compressing)": (True, False),
    "save(qdf, not compressing, decoding)": (False, True),
    "qpdf --qdf": (False, True),
}
PYTHON
tools/bin/python look.py
