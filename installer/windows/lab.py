"""The building place under Wine: what is fetched and made there, in order, each kept."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from installer.kept import fingerprint, kept
from installer.windows import HOME, freeze, machine, python, wheels, wine

_HERE = Path(__file__).parent


class Lab:
    """Use it in a `with`: there is a screen while it lasts, and nothing runs when it is over."""

    def __init__(self, home: Path = HOME) -> None:
        self.home = home
        machine.prepare()
        home.mkdir(parents=True, exist_ok=True)
        self.screen = wine.Screen()
        self._running: list[wine.Prefix] = []

    def __enter__(self) -> Lab:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for prefix in self._running:
            prefix.end()
        self.screen.close()

    def begin(self, prefix: wine.Prefix) -> wine.Prefix:
        """Start a prefix; it is stopped when the lab is left."""
        self._running.append(prefix)
        prefix.begin()
        return prefix

    def fresh(self, name: str, user: str) -> wine.Prefix:
        """A running Windows with no Python and nothing installed."""
        return self.begin(wine.Prefix(self._clean(), self.screen).copy(self.home / name, user))

    def program(self) -> Path:
        """The frozen program's folder, as PyInstaller left it."""
        made_from = fingerprint(self._workshop_made_from(), *freeze.made_from())
        return kept("frozen program", self.home / "frozen", made_from, self._freeze)

    # --- steps --------------------------------------------------------------------------------

    def _python(self) -> Path:
        made_from = fingerprint(_HERE / "python.py")
        return kept("Windows Python", self.home / "python", made_from, python.fetch)

    def _stand_ins(self) -> Path:
        fetched = self._python()
        made_from = fingerprint(python.STAND_INS, _HERE / "python.py")
        return kept(
            "stand-ins",
            self.home / "stand-ins",
            made_from,
            lambda folder: python.compile_stand_ins(folder, fetched),
        )

    def _wheels(self) -> Path:
        made_from = fingerprint(*wheels.LOCKS, _HERE / "wheels.py")
        return kept("wheels", self.home / "wheels", made_from, wheels.fetch)

    def _clean_made_from(self) -> str:
        return fingerprint(python.STAND_INS, wine.recipe())

    def _clean(self) -> Path:
        made = self._stand_ins()
        libraries = [made / name for name in (python.UI_SETTINGS, python.RANDOM)]

        def make(folder: Path) -> None:
            prefix = wine.Prefix(folder, self.screen)
            try:
                prefix.make(libraries, python.UI_SETTINGS)
            finally:
                prefix.end()

        return kept("clean Windows", self.home / "clean", self._clean_made_from(), make)

    def _workshop_made_from(self) -> str:
        files = (*wheels.LOCKS, _HERE / "python.py", _HERE / "wheels.py")
        return fingerprint(python.STAND_INS, wine.version(), *files)

    def _workshop(self) -> Path:
        clean, fetched = self._clean(), self._wheels()

        def make(folder: Path) -> None:
            prefix = wine.Prefix(clean, self.screen).copy(folder)
            prefix.begin()
            try:
                python.put_into(prefix, self._python(), self._stand_ins())
                wheels.put_into(prefix, fetched)
            finally:
                prefix.end()

        made_from = self._workshop_made_from()
        return kept("Windows with Python", self.home / "workshop", made_from, make)

    def _freeze(self, folder: Path) -> None:
        prefix = self.begin(wine.Prefix(self._workshop(), self.screen))
        freeze.under_wine(prefix, folder)
        prefix.end()
