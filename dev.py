# -*- coding: utf-8 -*-
"""Start here: `python3 dev.py run` or `python3 dev.py test`; needs nothing but Python 3.11-3.14.

This file alone must be readable by Pythons that are too old, so that they can say so in plain
words: no annotations, no f-strings, nothing newer than Python 2.7. The work is in tools/develop/.
"""

from __future__ import print_function

import os
import sys

if __name__ == "__main__":
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        sys.stderr.write(
            "This program needs Python 3.11, 3.12, 3.13 or 3.14; this is Python %d.%d.\n"
            "本程序需要 Python 3.11 至 3.14，当前是 Python %d.%d。\n"
            % (sys.version_info[0], sys.version_info[1], sys.version_info[0], sys.version_info[1])
        )
        for minor in (13, 12, 11, 14):
            for folder in os.environ.get("PATH", "").split(os.pathsep):
                if os.access(os.path.join(folder, "python3.%d" % minor), os.X_OK):
                    sys.stderr.write(
                        "Found on this machine, so use / 请改用：python3.%d dev.py %s\n"
                        % (minor, " ".join(sys.argv[1:]))
                    )
                    sys.exit(2)
        if os.name == "nt":
            sys.stderr.write("If one is installed / 如已安装，请用：py -3.13 dev.py run\n")
        else:
            sys.stderr.write(
                "Install one (your system's packages or python.org) and start dev.py with it.\n"
            )
        sys.exit(2)

    from tools.develop.commands import main

    sys.exit(main(sys.argv[1:]))
