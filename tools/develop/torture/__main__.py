"""`python3 dev.py torture`: rounds of kills, in one office after another, until time is up."""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from db.store_problems import StoreProblem
from tools.develop.torture.jobs import JOBS, WINDOW_JOBS
from tools.develop.torture.office import Office
from tools.develop.torture.together.nursery import Nursery
from tools.develop.torture.whole import Broken, Looker
from tools.develop.torture.worker import FORKS, Mode, Order

ROUNDS_IN_ONE_OFFICE = 40
_TOGETHER = 0.2  # of the rounds have a second window at work
_BESIDE = ("edit", "import", "export", "backup")  # what that does


class Torturer:
    """Chooses jobs and moments; learns how long jobs take and what they do to files."""

    def __init__(
        self, seed: int, jobs: Sequence[str] = tuple(JOBS), nursery: Nursery | None = None
    ) -> None:
        """Everything but the clock comes from the seed; a nursery forks the windows."""
        self._nursery = nursery
        self.rng = random.Random(seed)
        self.jobs = jobs
        self.looker = Looker()
        self.counts: Counter[str] = Counter()
        self.by_job: Counter[str] = Counter()
        self._longest: dict[str, dict[str, float]] = defaultdict(dict)

    def office(self, root: Path, rounds: int, until: float) -> None:
        """Do rounds in a fresh office.  Raises Broken."""
        office = Office(root, self.looker)
        for job in sorted({*self.jobs, *_BESIDE}):
            if job not in self._longest:
                self.learn(office, job)
        for _ in range(rounds):
            if time.monotonic() > until:
                break
            self.round(office, self.rng.choice(self.jobs))
        self.counts += office.counts

    def learn(self, office: Office, job: str) -> None:
        """Let a job run to its end once, to know its length."""
        office.prepare(job, self.rng)
        begun = time.monotonic()
        worker = office.work(self._order(office, job), nursery=self._nursery)
        worker.wait()
        took = time.monotonic() - begun
        done = [ack for ack in worker.acks() if ack["what"] == "done"]
        if not done:
            raise Broken(f"{job} can not be done at all: {worker.acks()}")
        self._longest[job] = {
            "clock": took,
            "file": done[0]["files"],
            "step": max(done[0]["steps"], 1),
        }
        office.verify([worker])

    def _order(self, office: Office, job: str, mode: Mode = "never") -> Order:
        at = 0
        if mode in ("file", "step"):
            at = self.rng.randint(1, int(self._longest[job][mode]))
        seed = self.rng.getrandbits(48)
        return Order(job=job, root=str(office.place.root), seed=seed, mode=mode, at=at)

    def round(self, office: Office, job: str) -> None:
        """Kill a worker at its job, sometimes beside another that goes on; look through."""
        modes: list[Mode] = ["clock", "file", "file", "step"]
        mode = self.rng.choice(modes)
        office.prepare(job, self.rng)
        order = self._order(office, job, mode)
        workers = []
        if self.rng.random() < _TOGETHER and job in _BESIDE:
            beside = self.rng.choice([one for one in _BESIDE if one not in (job, "import")])
            workers.append(office.work(self._order(office, beside)))
        delay_s = self.rng.uniform(0.0, self._longest[job]["clock"])
        workers.append(office.work(order, delay_s, self._nursery))
        try:
            office.verify(workers)
        except (Broken, StoreProblem) as broken:
            raise Broken(f"{order}: {broken}") from broken
        self.by_job[job] += 1
        self.counts["rounds"] += 1
        self.counts["two at once"] += len(workers) - 1


def main(arguments: Sequence[str]) -> int:
    """Torture until the time or the rounds are up; 1 where something broke.

    With `--together` several programs at once, on one file; see `--together --help`.
    """
    if "--together" in arguments:
        from tools.develop.torture.together.__main__ import main as together

        return together([word for word in arguments if word != "--together"])
    parser = argparse.ArgumentParser(prog="dev.py torture", description=main.__doc__)
    parser.add_argument("--minutes", type=float, default=0.0, help="how long (default: by rounds)")
    parser.add_argument("--rounds", type=int, default=0, help="how many (default: 300)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other moments")
    parser.add_argument("--job", action="append", choices=list(JOBS), help="these only")
    asked = parser.parse_args(arguments)
    rounds = asked.rounds or (10**9 if asked.minutes else 300)
    begun = time.monotonic()
    until = begun + asked.minutes * 60 if asked.minutes else float("inf")
    jobs = asked.job or tuple(JOBS)
    broken: Broken | None = None
    with (
        tempfile.TemporaryDirectory(prefix="torture-") as folder,
        Nursery() if FORKS and set(jobs) & set(WINDOW_JOBS) else nullcontext() as nursery,
    ):
        torturer = Torturer(asked.seed, jobs, nursery)
        try:
            for n in range((rounds - 1) // ROUNDS_IN_ONE_OFFICE + 1):
                left = rounds - n * ROUNDS_IN_ONE_OFFICE
                torturer.office(Path(folder) / str(n), min(left, ROUNDS_IN_ONE_OFFICE), until)
                _tell(torturer, begun)
                if time.monotonic() > until:
                    break
        except Broken as fault:
            broken = fault
    if broken is not None:
        print(f"BROKEN after {torturer.counts['rounds']} rounds: {broken}", file=sys.stderr)
        return 1
    print("Nothing was lost." + ("" if FORKS else " (without forks: slower, fewer moments)"))
    return 0


def _tell(torturer: Torturer, begun: float) -> None:
    counts = dict(torturer.counts)
    jobs = ", ".join(f"{job} {count}" for job, count in sorted(torturer.by_job.items()))
    print(f"{time.monotonic() - begun:6.0f} s  {counts}  [{jobs}]", flush=True)
    print(f"          files opened and found whole: {torturer.looker.opened}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
