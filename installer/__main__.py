"""`python -m installer`, as `dev.py bundle` calls it."""

import sys

from installer.run import bundle
from tools.develop.console import Trouble, speak_utf8

if __name__ == "__main__":
    speak_utf8()
    try:
        sys.exit(bundle(sys.argv[1:]))
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        sys.exit(1)
