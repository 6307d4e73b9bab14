"""Where an installed `openlicense` begins: before anything that is slow to load."""

from desktop.installed.quick_end import be_quick, ends_with
from desktop.installed.standard_streams import make_whole
from desktop.installed.stop_signals import leave_at_once


def command() -> int:
    """Run the command line; whoever stops it before it has begun reads a line, no traceback."""
    make_whole()
    leave_at_once()
    be_quick()
    from desktop.command_line.cli import main

    return ends_with(main())
