"""Papers sent from a worker to who gave it the orders: what many of them begin with goes once.

Three quarters of a paper's bytes are the fonts that all its copies begin with.
"""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from forms.ground.alike_begun import beginning_of
from forms.office.paper_orders import Result
from forms.office.stored import Made

_MOST = 16  # beginnings that are kept at both ends: papers have few


class Sent(NamedTuple):
    """Results on their way; each paper without its beginning, which is given by its number.

    `beginnings` are those that its sender has not sent before, by their numbers; 0 is none.
    """

    sender: int
    beginnings: dict[int, bytes]
    results: list[tuple[int, Result]]


class Sender:
    """What a worker has sent already."""

    def __init__(self, number: int) -> None:
        """Begin with nothing; no two senders to one receiver have the same number."""
        self._number = number
        self._sent: dict[bytes, int] = {}

    def sent(self, results: Sequence[Result]) -> Sent:
        """Return results as they are sent; they must come to the receiver in this order."""
        new: dict[int, bytes] = {}
        shortened: list[tuple[int, Result]] = []
        for result in results:
            beginning = beginning_of(result.content) if isinstance(result, Made) else b""
            number = self._sent.get(beginning, 0)
            if beginning and not number and len(self._sent) < _MOST:
                number = self._sent[beginning] = len(self._sent) + 1
                new[number] = beginning
            shortened.append((number, _without(beginning, result) if number else result))
        return Sent(self._number, new, shortened)


def _without(beginning: bytes, result: Result) -> Result:
    if not isinstance(result, Made):
        return result
    return replace(result, content=result.content[len(beginning) :])


class Receiver:
    """What workers have sent so far."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._beginnings: dict[tuple[int, int], bytes] = {}

    def received(self, sent: Sent) -> list[Result]:
        """Return the results whole."""
        for number, beginning in sent.beginnings.items():
            self._beginnings[sent.sender, number] = beginning
        return [self._whole(sent.sender, *result) for result in sent.results]

    def _whole(self, sender: int, number: int, result: Result) -> Result:
        if not number or not isinstance(result, Made):
            return result
        return replace(result, content=self._beginnings[sender, number] + result.content)
