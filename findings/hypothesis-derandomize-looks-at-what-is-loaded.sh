#!/usr/bin/env bash
# Hypothesis 6.170.15: with derandomize=True the examples still depend on what else is imported.
#
# `derandomize=True` is there so that a gate tries the same cases each time ("deterministic" in its
# documentation). Since numbers and texts that stand in a project's own modules are likely to be
# worth trying, Hypothesis draws a part of its examples from the constants of every local module that
# is in sys.modules at that moment. So one and the same law, seed and version gives other examples
# where one more module of the project was imported before, which the law does not use.
#
# Makers: under pytest-xdist each worker has other modules loaded, by the tests that came before, and
# a law that failed in the gate may pass when its file is run alone, and the other way round. A failure
# is brought back by the example it prints (`@example`, or the reproduce_failure line), never by
# running the file again. CONTRIBUTING.md says so.
set -eu

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
python3 -m venv env
env/bin/python -m pip --quiet --disable-pip-version-check install "hypothesis==6.170.15" 2>/dev/null
mkdir work
cat > work/law.py <<'PY'
from hypothesis import given, settings
from hypothesis import strategies as st

seen = []


@settings(derandomize=True, database=None, max_examples=100)
@given(st.integers(), st.text(max_size=20))
def law(number, text):
    seen.append((number, text))
PY
cat > work/fees.py <<'PY'
HIGHEST = 79_600
STEP = 56_141
PY
cat > work/run.py <<'PY'
import sys

if "fees" in sys.argv:
    import fees  # noqa: F401  # nothing of it is used
import hashlib

import law

law.law()
digest = hashlib.sha256(repr(law.seen).encode()).hexdigest()[:12]
print(digest, sum(number == int("561" + "41") for number, _ in law.seen))
PY
cd work
told() { rm -rf .hypothesis; ../env/bin/python run.py "$@"; }
alone=$(told) again=$(told) beside=$(told fees) beside_again=$(told fees)
echo "the law alone                     $alone"
echo "the law alone, once more          $again"
echo "with a module that it never uses  $beside"
echo "the same, once more               $beside_again"
test "$alone" = "$again"
test "$beside" = "$beside_again"
test "$alone" != "$beside"
case $alone in *" 0") ;; *) exit 1 ;; esac
case $beside in *" 0") exit 1 ;; esac
