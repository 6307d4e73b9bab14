"""`python -m desktop` opens the program with windows; frozen, it is the windowed executable.

A frozen program starts itself as its worker (`desktop.workers`): that one goes no further than
`freeze_support`, so nothing slow is fetched before it.
"""

import sys
from multiprocessing import freeze_support

if __name__ == "__main__":
    freeze_support()
    from desktop.app import main

    sys.exit(main())
