"""What every command needs: the store, the pack, today, the terminal; each made when asked for.

The clock, the user's name and the place of the data are read here and nowhere else.
"""

import getpass
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from db.shared_database import is_shared, shared_database
from desktop.command_line.terminal import Terminal
from desktop.installed.bureau_edition import as_issued, edition_here, workplace_in_use
from desktop.installed.pack_parameters import adjusted, kept_as
from desktop.installed.workplaces import Workplace, folder_of
from forms.ground.for_the_clerk import ForTheClerk
from forms.office.many_cases import HeldCases, ManyCases
from forms.office.store import CannotDo, case_name, chosen, of_pack
from forms.office.stored import StoredCase
from forms.pack.load import PackFault, load
from forms.pack.types import Pack

if TYPE_CHECKING:  # the store is slow to load, and some commands do without
    from db.shared_database import Place
    from db.store import Store
    from forms.pack.pack_shelf import Shelf
    from forms.vetting.pack_stock import Stock

T = TypeVar("T")


class Session:
    """One run of the command line."""

    def __init__(self, args: Namespace, terminal: Terminal) -> None:
        self.args = args
        self.terminal = terminal
        self._open = ExitStack()
        self._unopened = ""  # why the data do not open, where they were only asked for the pack

    def __enter__(self) -> "Session":
        """Use it in `with`, so that the store is closed."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what was opened."""
        self._open.close()

    @cached_property
    def today(self) -> date:
        """The day the command takes for today."""
        return self.args.today or date.today()

    @cached_property
    def who(self) -> str:
        """Whose name the history gives, as in the window: the office's contact, else the user."""
        is_open = "store" in vars(self)  # what needs no data opens none for a name
        if is_open and (contact := self.store.parties.office().contact):
            return contact
        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):
            return ""

    @cached_property
    def database(self) -> Path:
        """The database's file; of a shared one the place beside which local files lie."""
        if self.args.db is not None and not is_shared(self.args.db):
            return Path(self.args.db)
        from db.data_places import database_file
        from desktop.installed.program_places import data_folder_in_use

        return database_file(folder_of(data_folder_in_use(), self.workplace))

    @cached_property
    def workplace(self) -> Workplace:
        """Whose data it works on: what the command says, else the workplace the window is in."""
        from desktop.command_line.command_table import COMMANDS
        from desktop.installed.program_places import workplace_chosen

        row = COMMANDS.get(self.args.run)
        if row is not None and row.workplace is not None:
            return row.workplace
        return workplace_in_use(workplace_chosen(), edition_here())

    @cached_property
    def place(self) -> "Place":
        """Where the data are: in the file, or on the server named here or in the window.

        Raises FaultyAddress.
        """
        from desktop.installed.program_places import shared_address_in_use

        address = shared_address_in_use(self.workplace) if self.args.db is None else self.args.db
        if not is_shared(address):
            return self.database
        return shared_database(address, beside=self.database)

    @property
    def shown(self) -> str:
        """How messages name the data."""
        return str(self.place if isinstance(self.place, Path) else self.place.shown)

    @property
    def has_data(self) -> bool:
        """Whether there are data already, as far as one can say without opening them."""
        return not isinstance(self.place, Path) or self.place.exists()

    def need_file(self) -> None:
        """Refuse what is done with a file only.  Raises BackedUpByServer for a shared database."""
        if not isinstance(self.place, Path):
            from db.server_backups import ServerBackups

            raise ServerBackups(self.place).refusal()

    @cached_property
    def store(self) -> "Store":
        """The open store."""
        from db.store import open_store

        place = self.place
        named = self.args.db is not None and place == Path(self.args.db)
        is_new = named and not self.has_data
        opened = self._open.enter_context(open_store(place, now=now, tell=self.terminal.say))
        if is_new:
            self.terminal.say(
                f"提示：{self.database} 原不存在，已新建数据文件；位置有误的，请改正 --db。"
            )
        return opened

    @cached_property
    def pack(self) -> Pack:
        """The pack asked for, else the one `default_code` says.  Raises CannotDo, PackFault."""
        return as_issued(load(self._pack_folder()))

    @cached_property
    def office_pack(self) -> Pack:
        """The pack with what the office says instead of it: address, size limit, deadlines."""
        return adjusted(
            self.pack, lambda name: self.store.settings.get(kept_as(self.pack, name)) or ""
        )

    @cached_property
    def packs(self) -> Mapping[str, Path]:
        """The folders of the packs there are: those that ship, and those taken in with the data.

        What of them can not be used is told, and stops nothing.
        """
        stock = self.stock
        for one in stock.unusable:
            self.terminal.say(
                f"提示：已接收的表单包“{one.name}”不能使用（{one.reason}），未予采用。"
                "请用 pack remove 移除，或请发布部门更正。"
            )
        return stock.counting

    @cached_property
    def stock(self) -> "Stock":
        """The packs there are in all their versions."""
        from desktop.installed.packs_here import stock_beside

        return stock_beside(self.database)

    @cached_property
    def shelf(self) -> "Shelf":
        """The packs by which cases are judged, each by its own."""
        from desktop.installed.packs_here import shelf_of

        return shelf_of(self.pack_to_look_by, self.packs, self.database)

    @cached_property
    def pack_to_look_by(self) -> Pack:
        """The pack that words what is of no pack, where cases of all packs are looked at.

        It is the one to work with, or else any that works: nothing is made with it.  Raises as
        `pack` does where none works.
        """
        try:
            return self.pack
        except ForTheClerk as problem:
            if self.args.pack is not None:
                raise
            for folder in self.packs.values():
                with suppress(PackFault):
                    return as_issued(load(folder))
            raise problem

    def pack_of(self, stored: StoredCase) -> Pack:
        """The pack of a case.  Raises CannotDo where it is missing."""
        found = self.shelf.of(stored.case.pack)
        if found is None:
            raise CannotDo(
                f"{case_name(stored.case)} 的表单包（{stored.case.pack}）不在本机，"
                "请先用 pack take 接收该表单包，或在窗口的“设置”中接收。"
            )
        return found

    def _pack_folder(self) -> Path:
        found = self.packs
        asked = self.args.pack
        if asked is None:
            if not found:
                raise CannotDo("找不到表单包，请重新安装本程序，或用 --pack 指明文件夹。")
            return found[self._default_code()]
        if asked in found:
            return found[asked]
        if Path(asked).is_dir():
            return Path(asked)
        raise CannotDo(f"没有代号为 {asked} 的表单包。可用的有：{'、'.join(found) or '无'}。")

    def _default_code(self) -> str:
        """The pack to work with where none is named.  Raises CannotDo where nothing says which."""
        from desktop.installed.packs_here import SCRIPTED, default_code

        edition = edition_here()
        code = default_code(
            self.packs,
            chosen=self._chosen_pack(),
            of_cases=lambda: self._packs_of_cases() or [],
            edition=edition.pack if edition else "",
        )
        of_cases = self._packs_of_cases()
        if code is None and of_cases == [] and SCRIPTED in self.packs:
            return SCRIPTED
        if code is None:
            of = f"案卷属于 {'、'.join(of_cases)}；" if of_cases else self._unopened
            raise CannotDo(
                f"尚未选定表单包：{of}可用的有 {'、'.join(self.packs)}。请用 --pack 指明代号。"
            )
        return code

    def free_file(self) -> Path:
        """The file that `out_file` took.  Raises CannotDo where it is there and is to stay."""
        out: Path = self.args.out
        if out.exists() and not self.args.force:
            raise CannotDo(f"“{out}”已存在，未覆盖。请另选文件名；确需覆盖的，请加 --force。")
        return out

    def cases_to_look_at(self, numbers: Sequence[str] = ()) -> list[StoredCase]:
        """The cases of every pack, to be judged each by its own; with --pack those of that one.

        Of the numbers, or all.  Raises CannotDo.
        """
        return self.cases(numbers) if self.args.pack else chosen(self.store, numbers)

    def _chosen_pack(self) -> str:
        """The pack that was chosen in the window; it is kept with the data, "" where none is."""
        return self._of_store(lambda store: store.settings.get("pack") or "", "") or ""

    def _packs_of_cases(self) -> list[str] | None:
        """The packs that cases are of; None where nobody can say."""
        none: list[str] = []
        return self._of_store(lambda store: store.register.packs(), none)

    def _of_store(self, asked: "Callable[[Store], T]", otherwise: T) -> T | None:
        """What the store says, `otherwise` where there is none yet; None where it does not open.

        Who needs the data is told.
        """
        from db.store_problems import StoreProblem

        try:
            return asked(self.store) if self.has_data else otherwise
        except StoreProblem as problem:
            self._unopened = f"{problem} 因此不知道用哪一个；"
            return None

    def cases(self, numbers: Sequence[str] = ()) -> list[StoredCase]:
        """The cases of the pack: those of the numbers, or all.  Raises CannotDo."""
        found = chosen(self.store, numbers)
        cases = of_pack(found, self.pack)
        if len(cases) < len(found):
            others = sorted({one.case.pack for one in found if one not in cases})
            self._tell_others(len(found) - len(cases), others)
        if numbers and not cases:
            raise CannotDo("所写的专利号都不属于当前表单包。")
        return cases

    def many_cases(self, numbers: Sequence[str] = ()) -> ManyCases:
        """The cases that `cases` gives, read as they are gone through.  Raises CannotDo."""
        if numbers:
            return HeldCases(self.cases(numbers))
        register, code = self.store.register, self.pack.identity.code
        others = frozenset(register.ids(not_of=code))
        if others:
            self._tell_others(len(others), sorted({*register.packs()} - {code}))
        return ManyCases(self.store, [one for one in register.ids() if one not in others])

    def _tell_others(self, count: int, packs: Sequence[str]) -> None:
        self.terminal.say(
            f"提示：另有 {count} 件案卷属于表单包 {'、'.join(packs)}，"
            "未列入；需要处理的，请用 --pack 指明。"
        )


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)
