"""The Windows program: built and proven under Wine, wrapped with NSIS.

`run` names the steps in their order; each step is a module with its own check.  What Wine can
not prove stands in docs/adr/0041-windows.md and on the list in docs/release.md.
"""

from tools.develop.console import ROOT

HOME = ROOT / "build" / "windows"  # what each step has made
