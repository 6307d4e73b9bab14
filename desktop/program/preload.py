"""Loads beside the window what the clerk will want next: then its first sight is there at once."""

from importlib import import_module

from desktop.shell.page_table import PAGES
from forms.pack.types import Pack


def preload(pack: Pack) -> None:
    """Load it, in a job: modules, and what is found once of a pack."""
    from forms.check.wizard_steps import flow_of

    for page in PAGES.values():
        for name in page.ahead:
            import_module(name)
    flow_of(pack)
