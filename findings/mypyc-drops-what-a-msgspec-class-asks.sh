#!/usr/bin/env bash
# mypyc 2.4.1 with msgspec 0.22.0 (Python 3.11): a compiled record is no longer frozen.
#
# `class Patent(msgspec.Struct, frozen=True)` gives its options as keywords of the class. Compiled by
# mypyc the class is made without them: neither mypy nor mypyc says a word, the module imports, the
# record takes and gives its fields, and is what msgspec's defaults make: its fields can be set, and as
# it is mutable it has no hash. `kw_only=True`, `forbid_unknown_fields=True`, `tag=` go the same way, so a
# decoder that refused an unknown key takes it. Interpreted, the same file keeps all of them. That mypyc
# drops the keywords of any class is told as python/mypy issue 21938, open on the day of this.
#
# Office: records that many papers share could be changed under them, a misspelt key in a pack would be
# ignored, and what is found again by its hash raises TypeError. Ours: nothing is compiled (ADR 0031 has
# what it would bring); whoever tries it again compiles no module in which a Struct is declared.
set -eu

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
python3 -m venv env
env/bin/python -m pip --quiet --disable-pip-version-check install \
    "mypy[mypyc]==2.4.1" "msgspec==0.22.0" "setuptools==80.9.0" 2>/dev/null
cat > patents.py <<'PY'
import msgspec


class Patent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: str
PY
cat > look.py <<'PY'
import sys

import msgspec

import patents

compiled = not patents.__file__.endswith(".py")
one = patents.Patent(number="ZL201910055850.4")
said = {}
try:
    one.number = "ZL000000000000.0"
    said["set"] = "taken"
except AttributeError as error:
    said["set"] = f"refused ({error})"
try:
    hash(one)
    said["hash"] = "there"
except TypeError as error:
    said["hash"] = f"none ({error})"
try:
    msgspec.json.decode(b'{"number": "1", "nubmer": "2"}', type=patents.Patent)
    said["unknown key"] = "taken"
except msgspec.ValidationError as error:
    said["unknown key"] = f"refused ({error})"
print("compiled   " if compiled else "interpreted", said)
assert compiled == (sys.argv[1] == "compiled")
kept = {"set": "refused", "hash": "there", "unknown key": "refused"}
lost = {"set": "taken", "hash": "none", "unknown key": "taken"}
for what, begins in (lost if compiled else kept).items():
    assert said[what].startswith(begins), (what, said)
PY
env/bin/python look.py interpreted
env/bin/mypy --strict patents.py
env/bin/mypyc patents.py >mypyc.txt 2>&1 || { cat mypyc.txt; exit 1; }
if grep "patents\.py:" mypyc.txt; then exit 1; fi  # it would say something of the class
env/bin/python look.py compiled
