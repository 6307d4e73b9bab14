"""The rounds: who does what at once, who is killed when, and what each of them has confirmed."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.develop.torture.disk import Journal, lying_on, mounts_for
from tools.develop.torture.jobs import write_book
from tools.develop.torture.together.forking import Wanted
from tools.develop.torture.together.gathered import Gathered
from tools.develop.torture.together.nursery import Nursery, Program
from tools.develop.torture.together.office import (
    OF_OFFICE,
    OF_PARTY,
    Confirmed,
    Seen,
    SharedOffice,
)
from tools.develop.torture.whole import Broken
from tools.develop.torture.worker import Mode

WINDOWS = 2
ROUNDS_IN_ONE_OFFICE = 20
_LONGEST_KILL_S = 1.2  # a program is killed within so long of its start or order
_KILLED = 0.35  # of the rounds somebody is killed
_SAME_CASE = 0.3  # of the acts go to the case that another has in hand
_STAYS = 0.25  # of what is typed is left open in the window
_RESTORES = 0.05  # of the rounds a backup is brought back, no window being there
_EXAMINED_EVERY = 10
_PATHS = ("patent.title", "other_terms", "contact.name", "contact.address")
_LONGEST_LOOK_S = 0.8  # a window shows a card for so long before its clerk types

WINDOW_DOES: Mapping[str, float] = {
    "type": 10,
    "bin": 3,
    "take": 2,
    "back_up": 1,
    "settle": 2,
    "field": 5,
    "restore": 0.3,
}
COMMANDS: Mapping[str, float] = {
    "import": 4,
    "delete": 4,
    "undelete": 3,
    "backup": 2,
    "office": 2,
    "restore": 0.5,
    "list": 1,
    "show": 1,
    "check": 1,
    "verify": 1,
}
BESIDE_A_RESTORE: Mapping[str, float] = {
    "import": 3,
    "delete": 3,
    "undelete": 2,
    "office": 2,
    "backup": 1,
}


class Together:
    """Tortures offices with several programs on one file each."""

    def __init__(self, seed: int, nursery: Nursery, *, journal: Journal = "wal") -> None:
        """Everything but the clock comes from the seed."""
        self.rng = random.Random(seed)
        self.counts: Counter[str] = Counter()
        self.did: Counter[str] = Counter()
        self._nursery = nursery
        self._journal = journal
        self._made = 0

    @contextmanager
    def office(self, root: Path) -> Iterator["Sitting"]:
        """Open an office for a while; its windows are closed at the end."""
        root.mkdir(parents=True)
        mounts = mounts_for(self._journal, root)
        with lying_on(mounts):
            sitting = Sitting(self, SharedOffice(root), mounts)
            try:
                yield sitting
                sitting.close()
            finally:
                self.counts += sitting.office.counts

    def start(self, **facts: Any) -> Program:
        """Start a program under a name of its own."""
        self._made += 1
        name = f"{facts['kind']}-{self._made}"
        root = Path(facts["root"])
        says = str(root.with_name(f"{root.name}-{name}.txt"))
        orders = f"{says}.orders" if facts["kind"] == "window" else ""
        return self._nursery.start(Wanted(name=name, says=says, orders=orders, **facts))

    def wait(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait for something.  Raises Broken."""
        self._nursery.wait(is_so, what)

    def pause(self, seconds: float) -> None:
        """Let them work."""
        self._nursery.pause(seconds)


class Sitting:
    """One office with its programs."""

    def __init__(self, torturer: Together, office: SharedOffice, mounts: str) -> None:
        self.office = office
        self._t = torturer
        self._rng = torturer.rng
        self._mounts = mounts
        self._windows: list[Program] = []
        self._overs: dict[str, int] = {}
        self._rounds = 0
        self._tries_restore = False
        self._tried_fields: list[tuple[str, str]] = []

    # --- a round ------------------------------------------------------------------------------

    def round(self) -> None:
        """Let all of them work at once, kill some, look through everything.  Raises Broken."""
        seed = self._rng.getrandbits(40)
        try:
            self._round()
        except Broken as broken:
            complaints = "".join(one.complained() for one in self._windows)
            raise Broken(f"round {self._rounds} ({seed:x}): {broken}\n{complaints}") from broken
        self._rounds += 1
        self._t.counts["rounds"] += 1

    def _round(self) -> None:
        rng, self._tried_fields = self._rng, []
        restores = self._tries_restore = rng.random() < _RESTORES
        if restores:
            self.close()
            self.office.mark(f"{rng.getrandbits(40):x}")
        else:
            self._seat()
        heard = {one.wanted.name: len(one.said()) for one in self._windows}
        busy = list(self._windows)
        for window in self._windows:
            self._order(window)
        commands = [self._command(BESIDE_A_RESTORE if restores else COMMANDS) for _ in range(2)]
        if restores:
            commands.insert(rng.randrange(3), self._restore())
        programs = [*busy, *commands]
        if rng.random() < _KILLED:
            self._t.pause(rng.uniform(0.0, _LONGEST_KILL_S))
            for victim in rng.sample(programs, 1 if rng.random() < 0.8 else len(programs)):
                victim.kill()
        self._t.wait(lambda: all(self._is_over(one) for one in programs), "a round")
        confirmed = self._gathered(busy, commands, heard)
        now = self.office.prove(confirmed)
        self._clear_the_dead()
        self._show(now)
        if self._rounds % _EXAMINED_EVERY == _EXAMINED_EVERY - 1:
            self.office.examine()
        for command in commands:
            command.clear()

    def _seat(self) -> None:
        """Open the windows there shall be; a killed one's successor opens amid the others' work."""
        self._clear_the_dead()
        while len(self._windows) < WINDOWS:
            root = str(self.office.place.root)
            seed = self._rng.getrandbits(40)
            window = self._t.start(kind="window", root=root, seed=seed, mounts=self._mounts)
            self._overs[window.wanted.name] = 1  # that it is open
            self._windows.append(window)
            self._t.counts["windows"] += 1

    def _clear_the_dead(self) -> None:
        """Have no windows that were killed; it may have been after all was said.  Raises Broken."""
        for gone in [one for one in self._windows if not one.lives]:
            if not gone.was_killed:
                raise Broken(f"a window ended by itself: {gone.code} {gone.complained()}")
            self._windows.remove(gone)
            gone.clear()

    def close(self) -> None:
        """Let the windows be closed."""
        for window in self._windows:
            self._tell(window, "leave")
        self._t.wait(lambda: all(not one.lives for one in self._windows), "windows to close")
        for window in self._windows:
            if window.code and not window.was_killed:  # that was us, a moment too late
                raise Broken(f"a window ended badly: {window.code} {window.complained()}")
            window.clear()
        self._windows = []

    def _show(self, now: Seen) -> None:
        """Every window sees what all have done.  Raises Broken."""
        for window in self._windows:
            self._tell(window, "look", cases=now.cases)
        self._t.wait(lambda: all(self._is_over(one) for one in self._windows), "windows to look")
        for window in [one for one in self._windows if one.lives]:
            last = [ack for ack in window.said() if ack["what"] in ("saw", "blind", "bug", "late")]
            if not last or last[-1]["what"] != "saw":
                there = list(now.cases)
                raise Broken(f"a window does not see the others' work: {last[-1:]} of {there}")
            self._t.counts["looks"] += 1
            self._t.counts[f"saw on {last[-1]['page']}"] += 1

    def _tell(self, window: Program, what: str, **facts: Any) -> None:
        self._overs[window.wanted.name] += 1
        window.order(what, **facts)

    def _is_over(self, program: Program) -> bool:
        if not program.lives:
            return True
        if program.wanted.kind == "command":
            return False
        overs = [ack for ack in program.said() if ack["what"] == "over"]
        return len(overs) >= self._overs[program.wanted.name]

    # --- who does what ------------------------------------------------------------------------

    def _case(self) -> int | None:
        """A live case, often the same for several; rarely a new one."""
        live = [case_id for case_id, _, _ in self.office.before.cases]
        if not live:
            return None
        if self._rng.random() < _SAME_CASE:
            return live[0]
        return self._rng.choice([*live, *live, None])

    def _order(self, window: Program) -> None:
        rng = self._rng
        what = _drawn(rng, WINDOW_DOES)
        case_id = self._case()
        if what == "bin" and case_id is None:
            what = "settle"
        self._t.did[f"window {what}"] += 1
        match what:
            case "type":
                token = f"{rng.getrandbits(48):012x}"
                facts = {"path": rng.choice(_PATHS), "stays": rng.random() < _STAYS}
                self._tell(window, "type", case_id=case_id, token=token, **facts)
            case "bin":
                self._tell(window, "bin", case_id=case_id, undoes=rng.random() < 0.5)
            case "take":
                tag = f"{rng.getrandbits(48):012x}"
                self._tell(window, "take", book=str(self._book(tag)), tag=tag)
            case "field":
                of, fields = rng.choice((("office", OF_OFFICE), ("party", OF_PARTY)))
                name, passed = rng.sample(fields, 2)
                facts = {"of": of, "name": name, "token": self._token(of, name), "passed": passed}
                self._tell(window, "field", after_s=rng.uniform(0, _LONGEST_LOOK_S), **facts)
            case "restore":
                self._tries_restore = True
                self._tell(window, "restore", file=str(self.office.place.first), mark="")
            case _:
                self._tell(window, what)

    def _command(self, choice: Mapping[str, float]) -> Program:
        rng, place = self._rng, self.office.place
        what = _drawn(rng, choice)
        case_id = self._case() or 1
        match what:
            case "import":
                words = ["import", str(self._book(f"{rng.getrandbits(48):012x}")), "--json"]
            case "delete" | "show":
                words = [what, f"案卷{case_id}"]
            case "undelete":
                words = [what, f"案卷{rng.choice([*self.office.before.binned, case_id])}"]
            case "backup":
                target = place.root / "保存" / f"{rng.getrandbits(24):06x}.db"
                words = [what, str(target)] if rng.random() < 0.6 else [what]
            case "office":
                name = rng.choice(OF_OFFICE)
                words = ["office", "set", f"--{name}", self._token("office", name)]
            case "restore":
                return self._restore()
            case _:
                words = [what]
        return self._run(words)

    def _token(self, of: str, name: str) -> str:
        """A text for a field, which somebody tries to put there."""
        token = f"{self._rng.getrandbits(48):012x}"
        self._tried_fields.append((f"{of}.{name}", token))
        return token

    def _restore(self) -> Program:
        self._tries_restore = True
        return self._run(["restore", str(self.office.place.first)])

    def _run(self, words: list[str]) -> Program:
        rng = self._rng
        self._t.did[words[0]] += 1
        modes: list[Mode] = ["never", "never", "never", "file", "step"]
        mode = rng.choice(modes) if rng.random() < _KILLED else "never"
        return self._t.start(
            kind="command",
            root=str(self.office.place.root),
            words=(*words, "--db", str(self.office.place.database)),
            mounts=self._mounts,
            mode=mode,
            at=rng.randint(1, 40 if mode == "file" else 4000),
        )

    def _book(self, tag: str) -> Path:
        book = self.office.place.root / f"专利-{tag}.xlsx"
        write_book(book, tag)
        return book

    # --- what they confirmed ------------------------------------------------------------------

    def _gathered(
        self, windows: Sequence[Program], commands: Sequence[Program], heard: dict[str, int]
    ) -> Confirmed:
        """Gather what was confirmed.  Raises Broken for what a program has no sentence for."""
        found = Gathered()
        for window in windows:
            if window.was_killed:
                self._t.counts["windows killed"] += 1
            elif not window.lives:
                raise Broken(f"a window ended by itself: {window.code} {window.complained()}")
            for ack in window.said()[heard.get(window.wanted.name, 0) :]:
                found.hear(ack, self._t.counts)
        for command in commands:
            if command.was_killed:
                self._t.counts["commands killed"] += 1
            found.read(command, self._t.counts)
        return found.all(tried_fields=self._tried_fields, tried_restore=self._tries_restore)


def _drawn(rng: random.Random, weights: Mapping[str, float]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]


def run(
    torturer: Together,
    folder: Path,
    rounds: int,
    *,
    until: float = float("inf"),
    tell: Callable[[], None] = lambda: None,
) -> None:
    """Do rounds in one office after another, until they or the time are up.  Raises Broken."""
    for n in range((rounds - 1) // ROUNDS_IN_ONE_OFFICE + 1):
        with torturer.office(folder / str(n)) as office:
            for _ in range(min(rounds - n * ROUNDS_IN_ONE_OFFICE, ROUNDS_IN_ONE_OFFICE)):
                if time.monotonic() > until:
                    return
                office.round()
        tell()
