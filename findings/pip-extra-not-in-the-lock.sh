#!/usr/bin/env bash
# pip 22.3 to 23.2.1 refuse a lock file that names every package, version and hash.
#
# `uv pip compile --generate-hashes` leaves extras out of its file by default: pytest-cov demands
# `coverage[toml]`, the file says `coverage==7.10.6`. With --require-hashes, pip up to 23.2.1 takes
# the demand with the extra for another requirement than the pinned one, looks for it in the index,
# prefers the newest release there, and stops: "all requirements must have their versions pinned".
# So a lock that worked yesterday stops working the day a newer coverage comes out, with nothing
# changed on our side.  pip 23.2.1 is what the ensurepip of Python 3.11.7 and 3.12.1 puts into
# every fresh environment; pip 23.3 and later take the pinned one.
#
# Office: on a fresh machine both commands of the README stop at once.  Ours: the lock keeps extras
# (--no-strip-extras) and is installed with --no-deps (docs/adr/0002).
set -eu

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"

python3 -m venv tools
tools/bin/python -m pip --quiet --disable-pip-version-check install "uv==0.8.17"
echo "pytest-cov==7.0.0" > wanted.in
printf 'coverage==7.10.6\npytest==8.4.2\npluggy==1.6.0\npackaging==25.0\niniconfig==2.1.0\npygments==2.19.2\n' > known.txt
tools/bin/uv pip compile --quiet --no-config --no-header --no-annotate --no-emit-index-url \
    --generate-hashes --python-version 3.11 --constraint known.txt wanted.in --output-file lock.txt

fault="all requirements must have their versions pinned with =="
behaviour() { # how this pip takes the lock
    tools/bin/python -m venv "pip-$1"
    "pip-$1/bin/python" -m pip --quiet --disable-pip-version-check install "pip==$1"
    if "pip-$1/bin/python" -m pip --disable-pip-version-check install --dry-run \
        --require-hashes --requirement lock.txt > "said-$1.txt" 2>&1; then
        echo "takes coverage as locked"
    elif grep -q "$fault" "said-$1.txt" && grep -q "coverage\[toml\]" "said-$1.txt"; then
        echo "refuses: $fault"
    else
        echo "something else"
        tail -n 5 "said-$1.txt" >&2
    fi
}

tools/bin/python --version
changed=0
for version in 23.1.2 23.2.1; do
    told=$(behaviour "$version")
    echo "pip $version $told"
    [ "$told" = "refuses: $fault" ] || changed=1
done
for version in 23.3 24.0 25.3; do
    told=$(behaviour "$version")
    echo "pip $version $told"
    [ "$told" = "takes coverage as locked" ] || changed=1
done
exit "$changed"
# Seen on 2026-11-29, Python 3.11.7, Debian 12:
#   uv writes: coverage==7.10.6
#   pip 23.1.2 refuses: all requirements must have their versions pinned with ==
#     (it looked up coverage[toml]>=7.10.6 and found coverage-7.17.5)
#   pip 23.2.1 refuses: all requirements must have their versions pinned with ==
#   pip 23.3 takes coverage as locked
#   pip 24.0 takes coverage as locked
#   pip 25.3 takes coverage as locked
