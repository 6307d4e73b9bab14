"""Which errors are the clerk's to mend: those whose message is a sentence for the clerk."""

from db.problems import StoreProblem
from forms.files import CannotRead, CannotWrite, why
from forms.office.store import CannotDo
from forms.pack.load import PackFault

KNOWN = (StoreProblem, CannotDo, CannotRead, CannotWrite, PackFault)


def sentence(error: BaseException) -> str | None:
    """What to say to the clerk; None where the error is ours to mend."""
    if isinstance(error, KNOWN):
        return str(error)
    if isinstance(error, OSError):
        of = f"“{error.filename}”：" if error.filename else ""
        return f"{of}{why(error)}。"
    return None
