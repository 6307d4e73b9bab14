"""Which version of the program this is, as its package says."""

from importlib.metadata import PackageNotFoundError, version

DISTRIBUTION = "openlicense-desk"


def program_version() -> str:
    """The program's version, "" where it was not installed."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return ""
