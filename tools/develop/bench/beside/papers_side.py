"""One side of the papers: "info 12" is answered with the processor's seconds for that paper.

Knows the revision by its own bench only, whose names were the same in every revision so far.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module


def main() -> None:
    """Answer until nobody asks any more."""
    printing = import_module("tools.develop.bench.printing")
    pack = printing.load(printing.packs_folder() / printing.PACK)
    cases = list(printing.patents(int(sys.argv[1])))
    print(json.dumps(printing.__file__), flush=True)
    for line in sys.stdin:
        paper, place = line.split()
        case = cases[int(place)]
        licence = printing.licence(case) if paper == "contract" else None
        order = printing.Order(paper=paper, format="pdf", case=case, licence=licence)
        began = time.process_time()
        printing.carried_out(order, pack, printing.OFFICE)
        print(json.dumps(time.process_time() - began), flush=True)


if __name__ == "__main__":
    main()
