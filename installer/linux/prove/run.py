"""The proof of a Linux bundle: each check with a control that shows it can fail.

A proof that went through is kept: the same bundle is not tried twice by the same checks.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.data_places import PORTABLE_MARK
from forms.ground.locate import packs_folder
from installer import contents, edition
from installer.kept import fingerprint, kept, remove
from installer.linux import folder
from installer.linux.prove import debian
from installer.linux.prove.bare import OUT, PROGRAM, Done, make, must, pythons, ran
from installer.linux.prove.controls import CONTROLS
from tools.develop.console import ROOT, Trouble, say

if TYPE_CHECKING:
    from installer.linux.run import Made

REPORT = "proved.json"
_COMMAND = f"{PROGRAM}/{contents.COMMAND}"
_INVENTED = ROOT / "tests" / "packs" / "qinglan-2026"


def prove(made: Made, room: Path) -> None:
    """Try a bundle in every way there is here.  Raises Trouble with the first that fails."""
    checks = Path(__file__).resolve().parent
    room.mkdir(parents=True, exist_ok=True)
    made_from = fingerprint(made.made_from, checks)
    proved = kept("proof", room / "proof", made_from, lambda to: Proof(made, room, to).all())
    told = json.loads((proved / REPORT).read_text(encoding="utf-8"))
    say(f"proved: {len(told['checks'])} checks, {len(told['controls'])} controls")


class Proof:
    """One proof: where it works, what it found."""

    def __init__(self, made: Made, room: Path, out: Path) -> None:
        self._made, self._room, self._out = made, room / "work", out
        self._checks: dict[str, Any] = {}
        self._controls: list[str] = []

    def all(self) -> None:
        """Do every check, then write what was found.  Raises Trouble."""
        remove(self._room)
        self._room.mkdir()
        self._program = self._unpacked()
        self._bare = make(self._room / "bare", self._made.needs.packages)
        self._check("no Python in the bare system", self._no_python)
        self._check("self-test in the bare system", self._selftest)
        self._check("papers are those made from source", self._papers)
        self._check("self-test on an X server", self._on_x)
        self._check("the .deb", self._deb)
        self._check("the launcher refuses kindly", self._launcher)
        self._check("a portable program keeps its data beside it", self._portable)
        self._check("newer data are refused kindly", self._newer_data)
        self._check("a bureau's edition", self._edition)
        for control in CONTROLS:
            self._control(control.what, lambda one=control: self._spoiled(one))  # type: ignore[misc]
        self._control("a library of the system gone", self._without_gl)
        report = {"checks": self._checks, "controls": self._controls}
        text = json.dumps(report, ensure_ascii=False, indent=1)
        (self._out / REPORT).write_text(text, encoding="utf-8")
        remove(self._room)

    # --- checks -----------------------------------------------------------------------------

    def _unpacked(self) -> Path:
        with tarfile.open(self._made.tarball) as archive:
            archive.extractall(self._room / "unpacked", filter="tar")
        (program,) = (self._room / "unpacked").iterdir()
        return program

    def _no_python(self) -> str:
        found = pythons(self._bare.root)
        must(not found, f"there is a Python: {found}")
        planted = self._bare.root / "usr/bin/python3"
        planted.touch()
        must(pythons(self._bare.root) == ["usr/bin/python3"], "a planted Python is not found")
        planted.unlink()
        self._controls.append("a planted Python is found")
        return "none"

    def _selftest(self) -> dict[str, Any]:
        done, report = self._tested(self._program)
        must(done.code == 0 and report["ok"], f"self-test: {done.said[-2000:]}")
        must(report["program"]["is_frozen"], "it is not the built program that was tried")
        must(report["windows"]["platform"] == "offscreen", "not on the offscreen platform")
        self._report = report
        shutil.copytree(self._room / "out" / "screens", self._out / "screens")
        return {"seconds": report["seconds"], "screens": len(report["windows"]["screens"])}

    def _papers(self) -> int:
        """From the same workbooks by the source tree, on another Python, the same bytes."""
        packs = self._room / "resources" / "packs"
        shutil.copytree(packs_folder(), packs)
        if self._made.edition is not None:
            edition.put_in(self._made.edition, packs.parent)
        code = (
            "import json, sys; from pathlib import Path;"
            "from desktop.command_line.selftest import windowless_parts as parts;"
            "out, packs = map(Path, sys.argv[1:]); parts.packs_folder = lambda: packs;"
            "print(json.dumps(parts.papers(out)))"
        )
        told = subprocess.run(
            [sys.executable, "-c", code, str(self._room / "source"), str(packs)],
            cwd=ROOT,
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stdout
        expected = json.loads(told)
        must(differing(self._report["papers"], expected) == [], "papers differ")
        spoiled = self._copy("papers")
        paper = spoiled / folder.INSIDE / "resources/packs/hubei-2022/papers/consent.toml"
        text = paper.read_text(encoding="utf-8")
        paper.unlink()
        paper.write_text(text.replace("开放许可", "开放 许可"), encoding="utf-8")
        report = self._tested(spoiled, "papers")[1]
        must(differing(report["papers"], expected) != [], "a changed paper is not noticed")
        self._controls.append("a paper of other words is noticed")
        return sum(len(papers) for papers in expected.values())

    def _on_x(self) -> str | dict[str, Any]:
        """Every screen on the xcb platform; the windowed program opens and stays open."""
        if shutil.which("Xvfb") is None:
            say("  there is no Xvfb here: the window on an X server is not tried")
            return "not tried: no Xvfb"
        with _x_server() as display:
            done, report = self._tested(self._program, "windows", display=display)
            must(done.code == 0 and report["ok"], f"on X: {done.said[-2000:]}")
            must(report["windows"]["platform"] == "xcb", "not on the xcb platform")
            opened = self._opened(self._program, display)
            must("open after" in opened, f"the window: {opened}")
            library = "PySide6/Qt/plugins/platforms/libqxcb.so"
            spoiled = self._copy("without-xcb")
            (spoiled / folder.INSIDE / library).unlink()
            must("open after" not in self._opened(spoiled, display), "a missing xcb is not seen")
        self._controls.append("a window that can not open is noticed")
        return {"seconds": report["seconds"], "window": opened.strip().splitlines()[-1]}

    def _opened(self, program: Path, display: str) -> str:
        """Start the windowed program; what is said of it once its data are open."""
        out = self._room / "out-window"
        remove(out)
        data = f"{OUT}/data"
        lines = [
            f"'{PROGRAM}/{contents.WINDOW}' --data '{data}' & n=0",
            f"while [ ! -s {data}/openlicense.db ] && kill -0 $! && [ $n -lt 600 ]",
            "do sleep 0.1; n=$((n + 1)); done",
            'sleep 2; kill -0 $! && echo "open after $n tenths of a second"',
        ]
        words = ["/usr/bin/sh", "-c", "\n".join(lines)]
        return self._bare.run(program, out, words, display=display).said

    def _deb(self) -> str | list[str]:
        if self._made.deb is None:
            return "not tried: no dpkg-deb"
        return debian.tried(self._made.deb, self._made.needs, self._bare.root, self._room)

    def _launcher(self) -> list[str]:
        told = []
        fakes = self._room / "fakes"
        fakes.mkdir()
        for tool, answer, expected in (
            ("getconf", "glibc 2.28", "本机是 2.28"),
            ("getconf", "glibc 1.99", "本机是 1.99"),
            ("getconf", "", "没有 glibc"),
            ("uname", "aarch64", "本机是 aarch64"),
        ):
            done = self._launched(fakes, tool, answer)
            refused = done.code == 3 and expected in done.said and "Traceback" not in done.said
            must(refused, f"{tool} {answer}: {done.said}")
            told.append(done.said.strip())
        done = self._launched(fakes, "getconf", "glibc 2.99")
        must(done.code == 0 and contents.version() in done.said, f"a newer glibc: {done.said}")
        self._controls.append("a newer glibc is not refused")
        return told

    def _launched(self, fakes: Path, tool: str, answer: str) -> Done:
        fake = fakes / tool
        fake.write_text(f"#!/bin/sh\necho '{answer}'\n", encoding="utf-8")
        fake.chmod(0o755)
        settings = {"PATH": f"{fakes}:/usr/bin:/bin", "LANG": "C.UTF-8"}
        done = ran([str(self._program / contents.COMMAND), "--version"], settings)
        fake.unlink()
        return done

    def _portable(self) -> str:
        carried = self._copy("portable")
        home = self._room / "home"
        self._asked(carried, home, "office", "set", "--name", "示例大学")
        must(not (carried / "data").exists(), "data lie beside a program that is not portable")
        self._controls.append("without the mark data lie at home")
        (carried / PORTABLE_MARK).touch()
        done = self._asked(carried, home, "office", "set", "--name", "示例学院")
        data = carried / "data" / "openlicense.db"
        must(done.code == 0 and data.is_file(), f"portable: {done.said}")
        moved = carried.rename(carried.with_name("另一个 U盘"))
        said = self._asked(moved, self._room / "another-home", "office", "show").said
        must("示例学院" in said, f"the data did not come along: {said}")
        return "data came along to another folder"

    def _newer_data(self) -> str:
        home = self._room / "home-newer"
        self._asked(self._program, home, "office", "set", "--name", "示例大学")
        file = next(home.rglob("openlicense.db"))
        before = file.read_bytes()
        with sqlite3.connect(file) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            connection.execute(f"PRAGMA user_version = {version + 100}")
        connection.close()
        newer = file.read_bytes()
        done = self._asked(self._program, home, "office", "show")
        kind = done.code != 0 and "Traceback" not in done.said and "版本" in done.said
        must(kind, f"newer data: {done.code} {done.said}")
        must(file.read_bytes() == newer, "newer data were changed")
        file.write_bytes(before)
        again = self._asked(self._program, home, "office", "show")
        must(again.code == 0 and "示例大学" in again.said, f"its own data: {again.said}")
        self._controls.append("data of its own version are not refused")
        return done.said.strip()

    def _edition(self) -> list[str]:
        name = "某省知识产权局（虚构）"  # not that of an edition that is proven itself
        wanted = edition.wanted(_INVENTED, name)
        assert wanted is not None
        theirs = self._copy("edition")
        edition.put_in(wanted, theirs / folder.INSIDE / "resources")
        home = self._room / "home-edition"
        said = self._asked(theirs, home, "--version").said
        must(name in said and "qinglan-2026" in said, f"--version: {said}")
        plain = self._asked(self._program, home, "--version").said
        must(name not in plain, "the plain program says it is the edition")
        done, report = self._tested(theirs, "resources", "papers")
        must(done.code == 0 and report["resources"]["edition"] == name, done.said[-2000:])
        must(bool(report["papers"]["qinglan-2026"]), "no papers of the edition's pack")
        return said.splitlines()

    # --- controls ---------------------------------------------------------------------------

    def _spoiled(self, control: Any) -> None:
        spoiled = self._copy("spoiled")
        control.spoil(spoiled)
        done, report = self._tested(spoiled, *control.parts)
        must(done.code != 0 and not report["ok"], f"{control.what}: not noticed")
        told = "\n".join(report["faults"])
        must(control.word in told, f"{control.what}: {control.word} is not named in {told}")

    def _without_gl(self) -> None:
        library = next(self._bare.root.rglob("libGL.so.1"))
        aside = library.rename(library.with_name("aside"))
        done, report = self._tested(self._program, "windows")
        aside.rename(library)
        must(done.code != 0 and "libGL.so.1" in str(report["faults"]), "libGL is not missed")

    # --- how --------------------------------------------------------------------------------

    def _tested(self, program: Path, *parts: str, display: str = "") -> tuple[Done, dict[str, Any]]:
        """Run the self-test in the bare system, and read its report."""
        out = self._room / "out"
        remove(out)
        named = [part for name in parts for part in ("--part", name)]
        command = [_COMMAND, "selftest", "--out", OUT, *named]
        done = self._bare.run(program, out, command, display=display)
        report = out / "selftest.json"
        if not report.is_file():
            raise Trouble(f"The self-test left no report:\n{done.said[-2000:]}")
        return done, json.loads(report.read_text(encoding="utf-8"))

    def _asked(self, program: Path, home: Path, *words: str) -> Done:
        """Run the program's command line here, with nothing of our environment."""
        home.mkdir(exist_ok=True)
        settings = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
        return ran([str(program / contents.COMMAND), *words], settings)

    def _copy(self, name: str) -> Path:
        """A copy of the program whose files are links to the good ones: unlink before writing."""
        home = self._room / name
        remove(home)
        shutil.copytree(
            self._program, home / self._program.name, symlinks=True, copy_function=_linked
        )
        return home / self._program.name

    def _check(self, what: str, check: Callable[[], Any]) -> None:
        begun = time.monotonic()
        self._checks[what] = check()
        say(f"  {what}: ok ({time.monotonic() - begun:.0f} s)")

    def _control(self, what: str, check: Callable[[], None]) -> None:
        check()
        self._controls.append(what)
        say(f"  control, {what}: noticed")


def differing(
    ones: Mapping[str, Mapping[str, str]], others: Mapping[str, Mapping[str, str]]
) -> list[str]:
    """The papers of two runs that are not the same, or are only in one of them."""
    flat = [
        {f"{code}/{name}": digest for code, papers in of.items() for name, digest in papers.items()}
        for of in (ones, others)
    ]
    return sorted({name for name, _ in flat[0].items() ^ flat[1].items()})


def _linked(source: str, target: str) -> None:
    Path(target).hardlink_to(source)


@contextmanager
def _x_server() -> Iterator[str]:
    """An X server of our own, without a screen; yields what DISPLAY is to say."""
    number = next(n for n in range(90, 200) if not Path(f"/tmp/.X{n}-lock").exists())
    command = ["Xvfb", f":{number}", "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(Path(f"/tmp/.X11-unix/X{number}"))
        yield f":{number}"
    finally:
        process.terminate()
        process.wait()


def _wait_for(file: Path) -> None:
    for _ in range(100):
        if file.exists():
            return
        time.sleep(0.1)
    raise Trouble(f"{file} did not come.")
