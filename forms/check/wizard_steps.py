"""The way through a form, without a screen: steps, what each asks, how each stands, where next.

Steps and their order are the pack's.  A step asks for items: a field by itself, or a choice whose
options are the form's sentences with the fields of each way in or under them.  A problem belongs
to the step and the field where it is put right; one whose field is asked nowhere belongs to the
nearest that is.

What has not been left yet is not found fault with: `Seen` says what was.
This module must not know a store, a clock or a widget.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

import msgspec

from forms.check.choice_sentences import Blank, Sentence, Ticks, sentences
from forms.check.needs import needs
from forms.facts.paths import value_at, without_places
from forms.facts.record import Case
from forms.facts.ways import WAYS
from forms.ground.kept import Kept
from forms.ground.problems import Problem
from forms.pack.types import Field, Pack, StepPage
from forms.pack.types import Step as PackStep

StepState = Literal["empty", "working", "error", "pending", "done"]

LICENCE = "licence."
_MARKS = "①②③④⑤⑥⑦⑧⑨⑩"
_BLANK_CASE = Case()


class Option(msgspec.Struct, frozen=True):
    """One way of a choice: the form's sentence with its blanks, and fields asked below it."""

    value: str
    label: str
    sentence: Sentence = ()
    below: tuple[Field, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields of this way, as they are asked."""
        inside = (piece.field for piece in self.sentence if isinstance(piece, Blank | Ticks))
        return (*inside, *self.below)


class Item(msgspec.Struct, frozen=True):
    """What a step asks: a field; a choice with ways has its options."""

    field: Field
    options: tuple[Option, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The field and those of all its ways."""
        return (self.field, *(field for option in self.options for field in option.fields))


class Step(msgspec.Struct, frozen=True):
    """A step of the way: `mark` is its number on the form (⑥, ①⑨), "" where it has none.

    `page` and `heading` are the pack's: see `forms.pack.types.Step`.
    """

    id: str
    title: str
    help: str
    mark: str
    items: tuple[Item, ...]
    page: StepPage = "form"
    heading: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all fields the step asks for, in order."""
        return tuple(field.path for item in self.items for field in item.fields)


class Seen(msgspec.Struct, frozen=True):
    """What was left once, so that fault may be found: fields, whole steps, or everything."""

    paths: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()
    everything: bool = False

    def with_path(self, path: str) -> "Seen":
        """The same, and this field."""
        return msgspec.structs.replace(self, paths=self.paths | {path})

    def with_step(self, step: str) -> "Seen":
        """The same, and this step."""
        return msgspec.structs.replace(self, steps=self.steps | {step})


class Standing(msgspec.Struct, frozen=True):
    """How a step stands, with how many errors and pending things are shown for it.

    `words` say it where it is a page's own to say how far it has come.
    """

    state: StepState
    errors: int = 0
    pending: int = 0
    words: str = ""


def items_of(pack: Pack, fields: Sequence[Field]) -> tuple[Item, ...]:
    """Return fields as items: those of a way go to its option, a party's own to the list."""
    return _items(pack, fields, _ways(pack))


def _items(
    pack: Pack, fields: Sequence[Field], ways: Mapping[str, tuple[str, str]]
) -> tuple[Item, ...]:
    lists = [field.path + "." for field in fields if field.kind == "parties"]
    choices = {field.path: sentences(pack, field.path) for field in fields if field.choices}
    placed: dict[tuple[str, str], list[Field]] = {}
    alone: list[Field] = []
    for field in fields:
        way = ways.get(field.path)
        if any(field.path.startswith(prefix) for prefix in lists):
            continue
        if way is not None and way[0] in choices:
            placed.setdefault(way, []).append(field)
        else:
            alone.append(field)
    return tuple(
        Item(field, _options(field, choices.get(field.path, {}), placed)) for field in alone
    )


def _options(
    field: Field,
    printed: Mapping[str, Sentence],
    placed: Mapping[tuple[str, str], Sequence[Field]],
) -> tuple[Option, ...]:
    if not printed and not any(path == field.path for path, _ in placed):
        return ()
    options = []
    for choice in field.choices:
        sentence = _asked(printed.get(choice.value, ()))
        inside = {piece.field.path for piece in sentence if isinstance(piece, Blank | Ticks)}
        fields = placed.get((field.path, choice.value), ())
        below = tuple(one for one in fields if one.path not in inside)
        options.append(Option(choice.value, choice.label, sentence, below))
    return tuple(options)


def _asked(sentence: Sentence) -> Sentence:
    """A sentence without its blanks for long text, which is asked below it."""
    return tuple(
        piece
        for piece in sentence
        if not (isinstance(piece, Blank) and piece.field.kind == "long_text")
    )


def _ways(pack: Pack) -> dict[str, tuple[str, str]]:
    """Path -> the choice and the answer of it a field belongs to."""
    found: dict[str, tuple[str, str]] = {}
    asked = needs(pack)
    for field in pack.fields:
        for prefix, choice, way in WAYS:
            if field.path.startswith(prefix) and field.path != choice:
                found[field.path] = (choice, way)
        for choice, way in field.when.items():
            found[field.path] = (choice, way)
        need = asked.get(field.path)
        if need and len(need.beside) == 1 and field.path not in found:
            found[field.path] = (need.beside[0][0].path, need.beside[0][1].value)
    return found


def nearest(path: str, asked: Iterable[str]) -> str | None:
    """Return the path among those asked that is the fact's own, or shares most of its path.

    None where it shares none.  Places in a list do not count: "owners.1.name" is "owners.name".
    """
    names = without_places(path).split(".")
    among = list(asked)
    for length in range(len(names), 0, -1):
        stem = ".".join(names[:length])
        if stem in among:
            return stem
        inside = next((one for one in among if one.startswith(stem + ".")), None)
        if inside is not None:
            return inside
    return None


class Flow:
    """The way through a pack's form for a case."""

    def __init__(self, pack: Pack) -> None:
        """Lay the way; a step that asks for facts of a granted licence is not on it."""
        self.pack = pack
        self.steps = tuple(_steps(pack))
        self._asked = {path: step.id for step in self.steps for path in step.paths}
        self._places: dict[str, tuple[str, str] | None] = {}

    def step(self, step_id: str) -> Step:
        """Return a step by its id.  Raises KeyError."""
        return self._by_id[step_id]

    @cached_property
    def _by_id(self) -> dict[str, Step]:
        return {step.id: step for step in self.steps}

    def after(self, step_id: str) -> Step | None:
        """The next step; None after the last."""
        return self._beside(step_id, 1)

    def before(self, step_id: str) -> Step | None:
        """The step before; None before the first."""
        return self._beside(step_id, -1)

    def _beside(self, step_id: str, way: int) -> Step | None:
        place = self.steps.index(self.step(step_id)) + way
        return self.steps[place] if 0 <= place < len(self.steps) else None

    def place(self, path: str) -> tuple[str, str] | None:
        """Return (step id, path of the field) where a fact is asked or else put right.

        "owners.1.name" is asked in the list of owners; what is asked nowhere belongs to the
        field that shares most of its path.  None for what is no fact of the case.
        """
        if path not in self._places:
            found = nearest(path, self._asked)
            self._places[path] = (self._asked[found], found) if found is not None else None
        return self._places[path]

    def shown(self, problems: Sequence[Problem], seen: Seen) -> tuple[Problem, ...]:
        """Return the problems that may be shown by now."""
        return tuple(problem for problem in problems if self._is_shown(problem, seen))

    def _is_shown(self, problem: Problem, seen: Seen) -> bool:
        if seen.everything:
            return True
        place = self.place(problem.field)
        return place is not None and (place[0] in seen.steps or place[1] in seen.paths)

    def of_step(self, problems: Sequence[Problem], step_id: str) -> tuple[Problem, ...]:
        """Return the problems that are put right in a step."""
        return tuple(p for p in problems if (self.place(p.field) or ("",))[0] == step_id)

    def standing(
        self, step_id: str, case: Case, problems: Sequence[Problem], seen: Seen
    ) -> Standing:
        """Say how a step stands: a step in which nothing is filled is empty, not at fault.

        What became of the declaration (登记受理) is done once something is put down, not when it
        was looked at.
        """
        step = self.step(step_id)
        mine = [p for p in self.of_step(problems, step_id) if p.severity != "advice"]
        shown = self.shown(mine, seen)
        errors = sum(problem.severity == "error" for problem in shown)
        pending = len(shown) - errors
        is_filled = any(_is_filled(case, path) for path in step.paths)
        is_left = step_id in seen.steps
        state: StepState
        if shown and (is_filled or is_left):
            state = "error" if errors else "pending"
        elif mine:
            state = "working" if is_filled else "empty"
        else:
            is_looked_at = (is_left or seen.everything) and step.page != "filing"
            state = "done" if is_filled or is_looked_at else "empty"
        return Standing(state, errors, pending) if state != "empty" else Standing(state)


def flow_of(pack: Pack) -> Flow:
    """Return the way through a pack's form; those of a few packs are kept."""
    return _KEPT.get((pack,), lambda: Flow(pack))


_KEPT: Kept[Flow] = Kept(6)


def _is_filled(case: Case, path: str) -> bool:
    if path in case.unread:
        return True
    value = value_at(case, path)
    return value not in (None, "", ()) and value != value_at(_BLANK_CASE, path)


def _steps(pack: Pack) -> Iterator[Step]:
    ways = _ways(pack)
    for step in pack.steps:
        fields = [field for field in pack.fields if field.step == step.id]
        has_page = step.page != "form"
        if (fields or has_page) and not any(field.path.startswith(LICENCE) for field in fields):
            yield _step(step, _items(pack, fields, ways))


def _step(step: PackStep, items: tuple[Item, ...]) -> Step:
    title = step.title.lstrip(_MARKS)
    mark = step.title[: len(step.title) - len(title)]
    return Step(step.id, title.strip(), step.help, mark, items, step.page, step.heading)
