"""The self-test: does the program, as it is installed here, have all its parts and do its work?

It looks for what ships with the program, does the main job on the sample of every shipped pack,
draws every screen once, and writes all it found as JSON.  What is missing is a fault with a name;
one fault does not stop the search for others.  Whoever builds the program runs it on the build,
whoever has trouble with an installed one may send its report: it holds nobody's data.
"""

from desktop.command_line.selftest.selftest_run import REPORT, SelftestFound, selftest

__all__ = ["REPORT", "SelftestFound", "selftest"]
