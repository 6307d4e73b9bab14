"""What to say to the clerk of an error that is the clerk's to mend."""

from forms.ground.files import why
from forms.ground.for_the_clerk import ForTheClerk


def sentence(error: BaseException) -> str | None:
    """What to say to the clerk; None where the error is ours to mend."""
    if isinstance(error, ForTheClerk):
        return str(error)
    if isinstance(error, OSError):
        of = f"“{error.filename}”：" if error.filename else ""
        return f"{of}{why(error)}。"
    return None
