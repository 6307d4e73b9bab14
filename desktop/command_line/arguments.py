"""The command line's words, in the clerk's language: what a command is asked by, and complaints.

argparse speaks English; here its headings and complaints are put into Chinese.  Which commands
there are the table of commands says; what one takes stands beside what it does.
"""

import argparse
import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from desktop.command_line.command_table import ROWS, CommandRow, FamilyRow
from forms.ground.for_the_clerk import ForTheClerk

PROGRAM = "openlicense"
_LARGEST_COUNT = 1_000_000_000
_LONGEST_SHOWN = 40
_PLACES = frozenset({"db", "pack", "second"})  # named by texts; the name of a file may be anything
_NO_TEXT = re.compile("[\ud800-\udfff]")  # a byte that could not be read
_ODD = "有不能识别的字符，请核对终端的编码，重新输入"
_ONE_CASE = "专利号，或案卷号（如 案卷12，见 list）"

_COMPLAINTS = (
    (r"the following arguments are required: (.*)", "还缺 {0}"),
    (r"unrecognized arguments: (.*)", "无法识别 {0}"),
    (r"argument (.*?): invalid choice: (.*?) \(.*\)", "{0} 没有 {1} 这一项"),
    (r"argument (.*?): expected one argument", "{0} 后面要写一个值"),
    (r"argument (.*?): expected at least one argument", "{0} 后面至少写一个值"),
    (r"argument (.*?): ignored explicit argument (.*)", "{0} 后面不带值，多了 {1}"),
    (r"argument (.*?): not allowed with argument (.*)", "{0} 不能与 {1} 同用"),
    (r"one of the arguments (.*) is required", "还缺 {0} 中的一项"),
    (r"argument (.*?): (.*)", "{0}：{1}"),
)


class Complaint(ForTheClerk):
    """The command line was written wrongly: how."""


class _Help(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Version(argparse.Action):
    """Says which version this is; how that is found out is fetched when asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from desktop.installed.program_version import versions

        print("\n".join(versions()))
        parser.exit()


class Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese and never ends the program by itself but for help."""

    def __init__(self, *, helpful: bool = True, **settings: Any) -> None:
        settings.setdefault("formatter_class", _Help)
        super().__init__(add_help=False, allow_abbrev=False, **settings)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        if helpful:
            self.add_argument("-h", "--help", action="help", help="显示这页说明")

    def error(self, message: str) -> NoReturn:
        """Raise a Complaint with the message in Chinese and how to get help."""
        said = _in_chinese(message)
        raise Complaint(f"命令写法有误：{said}，请用 {self.prog} --help 查看。")


class _OfCommand(Parser):
    """A parser of a command, told what it takes once it is asked: that loads the command."""

    def __init__(self, *, row: CommandRow | None = None, **settings: Any) -> None:
        super().__init__(**settings)
        self._untold = row
        if row is not None:
            self.set_defaults(run=row.name)

    def parse_known_args(self, *given: Any) -> Any:  # type: ignore[override]
        """Read what was given."""
        if self._untold is not None:
            self._untold.tell(self)
            self._untold = None
        return super().parse_known_args(*given)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line.  Raises Complaint; SystemExit(0) where help was shown."""
    parser, args, rest = _read(argv)
    taker = "numbers" if hasattr(args, "numbers") else "files" if hasattr(args, "files") else ""
    if rest and (not taker or any(text.startswith("-") and text != "-" for text in rest)):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if rest:  # numbers may stand on both sides of an option
        kind = Path if taker == "files" else str
        setattr(args, taker, [*getattr(args, taker), *map(kind, rest)])
    _refuse_no_text(parser, args)
    for name, blank in (("db", None), ("pack", None), ("json", False), ("today", None)):
        if not hasattr(args, name):
            setattr(args, name, blank)
    return args


def _refuse_no_text(parser: Parser, args: argparse.Namespace) -> None:
    """Refuse words for the data that are none: bytes the terminal's encoding does not know."""
    for name, value in vars(args).items():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and name not in _PLACES and _NO_TEXT.search(text):
                parser.error(f"argument {_NO_TEXT.sub('?', text)}: {_ODD}")


def _read(argv: Sequence[str]) -> tuple[Parser, argparse.Namespace, list[str]]:
    """Read it with the commands alone that are named in it: of a hundred few are wanted.

    Help, and whatever these do not understand, is for the parser of all.
    """
    words = frozenset(argv)
    if not words & {"-h", "--help", "--version"}:
        parser = _parser(words)
        with suppress(Complaint):
            return parser, *parser.parse_known_args(argv)
    parser = parser_of_all()
    return parser, *parser.parse_known_args(argv)


def _in_chinese(message: str) -> str:
    for pattern, words in _COMPLAINTS:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return words.format(*match.groups())
    return "请检查各项参数"


def a_day(text: str) -> date:
    """Read a day an option takes, as 2022-09-01, of the years a box takes.

    Raises ArgumentTypeError.
    """
    from forms.facts.quantities import FIRST_YEAR, LAST_YEAR

    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”日期格式有误，例如 2022-09-01") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"“{text}”年份有误，应在{FIRST_YEAR}年至{LAST_YEAR}年之间")
    return day


def count(text: str) -> int:
    """Read a number an option takes.  Raises ArgumentTypeError."""
    try:
        number = int(text)
    except ValueError as error:  # no number, or one of thousands of digits
        shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
        raise argparse.ArgumentTypeError(f"“{shown}”不是整数") from error
    if abs(number) > _LARGEST_COUNT:
        raise argparse.ArgumentTypeError("数字过大，请核对")
    return number


def _common() -> Parser:
    """The global options; they may stand before or after the command's name."""
    common = Parser(helpful=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group("通用选项（写在命令前后都可以）")
    group.add_argument(
        "--db",
        metavar="FILE|URL",
        help="数据文件，或共享数据库的地址 postgresql://用户名@服务器/数据库；不写时用本用户的数据",
    )
    group.add_argument("--pack", metavar="PACK", help="表单包的代号或文件夹")
    group.add_argument("--json", action="store_true", help="结果以 JSON 写到标准输出")
    group.add_argument("--today", type=a_day, metavar="YYYY-MM-DD", help="把这一天当作今天")
    return common


@cache
def parser_of_all() -> Parser:
    """The parser of all commands, made once; each is told what it takes when it is asked for."""
    return _parser()


def _parser(named: Collection[str] | None = None) -> Parser:
    """A parser of the commands that are named by some words, or of all of them."""
    common = _common()
    parser = Parser(
        prog=PROGRAM,
        parents=[common],
        description="开放许可通：从专利清单到检查无误、可以签章报送的开放许可材料。",
        epilog="本程序不联网，不会代您发送任何材料。",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="显示版本")
    groups = {"": _group(parser)}
    for row in ROWS:
        family, _, name = row.name.rpartition(" ")
        words = {"help": row.help, "description": row.help, "parents": [common]}
        if named is not None and not _is_named(row, named):
            continue
        if isinstance(row, FamilyRow):
            groups[name] = _group(groups[family].add_parser(name, aliases=row.aliases, **words))
        elif family in groups:
            groups[family].add_parser(name, row=row, **words)
    return parser


def _is_named(row: CommandRow | FamilyRow, named: Collection[str]) -> bool:
    """Whether the last word of a command is written, or another name of its family."""
    aliases = row.aliases if isinstance(row, FamilyRow) else ()
    return any(word in named for word in (row.name.rpartition(" ")[2], *aliases))


def _group(parser: Parser) -> Any:
    return parser.add_subparsers(
        dest="command", metavar="命令", title="命令", required=True, parser_class=_OfCommand
    )


# --- what many commands take ----------------------------------------------------------------


def some_cases(parser: Parser) -> None:
    """Take numbers of cases; all of them where none is written."""
    parser.add_argument(
        "numbers",
        nargs="*",
        metavar="NUMBER",
        help="专利号或案卷号（如 案卷12，见 list）；不写时为全部案卷",
    )


def one_case(parser: Parser) -> None:
    """Take the number of a case."""
    parser.add_argument("number", metavar="NUMBER", help=_ONE_CASE)


def out_folder(parser: Parser) -> None:
    """Take a folder to write into."""
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="存放的文件夹")


def out_file(parser: Parser, help: str) -> None:
    """Take a file to write, and whether it may be written over."""
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=help)
    parser.add_argument("--force", action="store_true", help="覆盖已有的同名文件")
