#!/usr/bin/env bash
# mypy 2.4.1 fails on every file once psutil was taken out of its environment by pip.
#
# pip takes out what it has put in. What Python compiled since (a run with -O writes
# psutil/__pycache__/*.opt-1.pyc, so does compileall here) stays, and with it the folder psutil: for Python that is a package
# without a name of its own. mypy asks for psutil with `try: import psutil / except ImportError`, to
# learn how many threads it may use; the import does not fail, and `psutil.cpu_count` is missing.
# mypy prints "INTERNAL ERROR" and asks for a report to its makers.
#
# Office: none. Ours: a commit whose lock names psutil no more (it came with a test server) left an
# environment in which every later commit's types were "red". The set-up now takes away folders in
# which nothing but compiled files is left (tools/develop/environment.py, tests/tools/test_setup.py).
set -eu

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"

python3 -m venv env
pip="env/bin/python -m pip --quiet --disable-pip-version-check"
$pip install "mypy==2.4.1" "psutil==7.1.3" 2>/dev/null
echo "x: int = 1" > sound.py
before=$(env/bin/mypy sound.py 2>&1 | tail -n 1)
env/bin/python -m compileall -q -o 1 env/lib/python3*/site-packages/psutil
$pip uninstall --yes psutil 2>/dev/null
left=$(cd env/lib/python3*/site-packages && find psutil -name "__init__*.pyc" | head -n 1 | sed 's/.*\///; s/cpython-[0-9]*/cpython/')
rm -rf .mypy_cache
after=$(env/bin/mypy sound.py 2>&1 | grep -o "INTERNAL ERROR" | head -n 1 || true)
rm -rf .mypy_cache
why=$(env/bin/mypy --show-traceback sound.py 2>&1 | grep -o "module 'psutil' has no attribute 'cpu_count'" | head -n 1 || true)

env/bin/python --version
env/bin/mypy --version
echo "with psutil: $before"
echo "left by pip: psutil/__pycache__/$left"
echo "without psutil: $after ($why)"
case "$before" in Success:*) ;; *) exit 1 ;; esac
[ -n "$left" ] && [ -n "$after" ] && [ -n "$why" ]
# Seen on 2026-11-30, Python 3.11.7, Debian 12:
#   with psutil: Success: no issues found in 1 source file
#   left by pip: psutil/__pycache__/__init__.cpython.opt-1.pyc
#   without psutil: INTERNAL ERROR (module 'psutil' has no attribute 'cpu_count')
