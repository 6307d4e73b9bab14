"""`python -m desktop` opens the program with windows."""

import sys

from desktop.app import main

if __name__ == "__main__":
    sys.exit(main())
