"""Loads beside the window what the clerk will want next: then its first sight is there at once."""

from importlib import import_module

from forms.pack.types import Pack

_NEXT = (
    "desktop.register",  # after a first start it is what comes next
    "desktop.wizard",
    "desktop.preview",
    "forms.output.pdf",
    "pypdfium2",
    "desktop.importing",
    "desktop.submission",
    "desktop.seals",
    "desktop.licences.one",
    "desktop.parties",
    "desktop.settings_page",
    "desktop.register.doing",
    "forms.exchange.importing",
    "forms.exchange.unpacking",
    "forms.office.states",
)


def preload(pack: Pack) -> None:
    """Load it, in a job: modules, and what is found once of a pack."""
    from forms.flow import Flow

    for name in _NEXT:
        import_module(name)
    Flow(pack)
