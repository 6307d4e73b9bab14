"""Which version of the program this is, as its package says."""

DISTRIBUTION = "openlicense-desk"


def program_version() -> str:
    """The program's version, "" where it was not installed."""
    from importlib.metadata import PackageNotFoundError, version  # slow to load, seldom asked

    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return ""
