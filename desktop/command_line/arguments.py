"""The command line's words: which commands there are, what they take, in the clerk's language.

argparse speaks English; here its headings and complaints are put into Chinese.  This module
must not know how a command does its work.
"""

import argparse
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from forms.ground.for_the_clerk import ForTheClerk

PROGRAM = "openlicense"
_LARGEST_COUNT = 1_000_000_000
_LONGEST_SHOWN = 40
ONE_CASE = "专利号，或案卷号（如 案卷12，见 list）"

_COMPLAINTS = (
    (r"the following arguments are required: (.*)", "还缺 {0}"),
    (r"unrecognized arguments: (.*)", "无法识别 {0}"),
    (r"argument (.*?): invalid choice: (.*?) \(.*\)", "{0} 没有 {1} 这一项"),
    (r"argument (.*?): expected one argument", "{0} 后面要写一个值"),
    (r"argument (.*?): expected at least one argument", "{0} 后面至少写一个值"),
    (r"argument (.*?): ignored explicit argument (.*)", "{0} 后面不带值，多了 {1}"),
    (r"argument (.*?): not allowed with argument (.*)", "{0} 不能与 {1} 同用"),
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


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line.  Raises Complaint; SystemExit(0) where help was shown."""
    parser = _parser()
    args, rest = parser.parse_known_args(argv)
    taker = "numbers" if hasattr(args, "numbers") else "files" if hasattr(args, "files") else ""
    if rest and (not taker or any(text.startswith("-") and text != "-" for text in rest)):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if rest:  # numbers may stand on both sides of an option
        kind = Path if taker == "files" else str
        setattr(args, taker, [*getattr(args, taker), *map(kind, rest)])
    for name, blank in (("db", None), ("pack", None), ("json", False), ("today", None)):
        if not hasattr(args, name):
            setattr(args, name, blank)
    return args


def _in_chinese(message: str) -> str:
    for pattern, words in _COMPLAINTS:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return words.format(*match.groups())
    return "请检查各项参数"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”日期格式有误，例如 2022-09-01") from error


def _count(text: str) -> int:
    try:
        count = int(text)
    except ValueError as error:  # no number, or one of thousands of digits
        shown = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
        raise argparse.ArgumentTypeError(f"“{shown}”不是整数") from error
    if abs(count) > _LARGEST_COUNT:
        raise argparse.ArgumentTypeError("数字过大，请核对")
    return count


def _common() -> Parser:
    """The global options; they may stand before or after the command's name."""
    common = Parser(helpful=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group("通用选项（写在命令前后都可以）")
    group.add_argument("--db", type=Path, metavar="FILE", help="数据文件；不写时用本用户的数据")
    group.add_argument("--pack", metavar="PACK", help="表单包的代号或文件夹")
    group.add_argument("--json", action="store_true", help="结果以 JSON 写到标准输出")
    group.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="把这一天当作今天")
    return common


class _Commands:
    """Adds commands to a parser, each with the global options."""

    def __init__(self, parser: argparse.ArgumentParser, common: Parser) -> None:
        self.common = common
        self.group = parser.add_subparsers(
            dest="command", metavar="命令", title="命令", required=True, parser_class=Parser
        )

    def add(self, name: str, help: str, *, run: str = "", aliases: Sequence[str] = ()) -> Parser:
        """A command; `run` is the name under which `command_line.cli` finds what does it."""
        made: Parser = self.group.add_parser(
            name, help=help, description=help, parents=[self.common], aliases=list(aliases)
        )
        made.set_defaults(run=run or name)
        return made

    def family(self, name: str, help: str, *, aliases: Sequence[str] = ()) -> "_Commands":
        """A command with commands of its own ("pack list")."""
        return _Commands(self.add(name, help, aliases=aliases), self.common)


def _parser() -> Parser:
    common = _common()
    parser = Parser(
        prog=PROGRAM,
        parents=[common],
        description="开放许可通：从专利清单到检查无误、可以签章报送的开放许可材料。",
        epilog="本程序不联网，不会代您发送任何材料。",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="显示版本")
    commands = _Commands(parser, common)
    _data_commands(commands)
    _paper_commands(commands)
    _record_commands(commands)
    _pack_commands(commands)
    return parser


def _numbers(parser: Parser) -> None:
    parser.add_argument(
        "numbers",
        nargs="*",
        metavar="NUMBER",
        help="专利号或案卷号（如 案卷12，见 list）；不写时为全部案卷",
    )


def _folder(parser: Parser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="存放的文件夹")


def _data_commands(commands: _Commands) -> None:
    demo = commands.add("demo", "用随附的示例清单演示全部流程")
    _folder(demo)
    selftest = commands.add("selftest", "自检：检查程序各部分是否齐全、能否正常工作")
    _folder(selftest)
    selftest.add_argument(
        "--part", action="append", default=[], metavar="PART", help="只检查此部分；可写多次"
    )
    template = commands.add("template", "生成供填写的清单模板")
    template.add_argument("--out", type=Path, required=True, metavar="FILE", help="模板文件")
    template.add_argument("--force", action="store_true", help="覆盖已有的同名文件")
    register = commands.add("register", "导出台账，修改后可再导入")
    _numbers(register)
    register.add_argument("--out", type=Path, required=True, metavar="FILE", help="台账文件")
    register.add_argument("--force", action="store_true", help="覆盖已有的同名文件")
    importing = commands.add(
        "import", "导入专利清单（.xlsx、.xls、.et、.ods、.csv）；有不能导入的行时也正常结束"
    )
    importing.add_argument("files", nargs="+", type=Path, metavar="FILE", help="专利清单")
    importing.add_argument("--dry-run", action="store_true", help="试导入，不写入")
    listing = commands.add("list", "列出案卷")
    _numbers(listing)
    listing.add_argument("--bin", action="store_true", help="列出回收站中的案卷")
    show = commands.add("show", "显示一件案卷的全部内容")
    show.add_argument("number", metavar="NUMBER", help=ONE_CASE)
    show.add_argument("--version", type=_count, metavar="N", help="版次，见 history")
    _numbers(commands.add("check", "检查案卷，列出全部问题"))


def _paper_commands(commands: _Commands) -> None:
    export = commands.add("export", "导出文书（有错误的案卷导出草稿）")
    _numbers(export)
    export.add_argument(
        "--paper",
        action="append",
        default=[],
        metavar="PAPER",
        help="info、consent、contract 或 summary；可写多次，不写时为除合同外的全部",
    )
    export.add_argument(
        "--format",
        action="append",
        default=[],
        metavar="FORMAT",
        help="pdf、docx（合同）或 xlsx（汇总表）；可写多次，不写时为 pdf",
    )
    _folder(export)
    export.add_argument(
        "--skip-faulty",
        action="store_true",
        help="略过有错误的案卷并列出，其余的导出正式文书（汇总表同）",
    )
    signed = commands.family("signed", "签章后的扫描件")
    add = signed.add("add", "添加签章后的扫描件", run="signed add")
    add.add_argument("number", metavar="NUMBER|summary", help="专利号或案卷号；汇总表写 summary")
    add.add_argument(
        "file", type=Path, metavar="FILE", help="扫描件（PDF，或 JPEG、PNG、TIFF 图片）"
    )
    add.add_argument("--paper", metavar="PAPER", help="info、consent 或 summary")
    submit = commands.add("submit", "生成报送包（不会发出）")
    _numbers(submit)
    _folder(submit)
    submit.add_argument("--skip-faulty", action="store_true", help="略过有错误的案卷并列出")
    lock = submit.add_mutually_exclusive_group()
    lock.add_argument("--encrypt", action="store_true", help="加密压缩包，密码在屏幕上输入两遍")
    lock.add_argument(
        "--password-file", type=Path, metavar="FILE", help="加密压缩包，密码为文件的第一行"
    )
    submit.add_argument(
        "--attach",
        action="extend",
        nargs="+",
        type=Path,
        default=[],
        metavar="FILE",
        help="一并报送的其他文件（工作措施、评价报告等）",
    )


def _record_commands(commands: _Commands) -> None:
    licence = commands.family("license", "许可合同", aliases=("licence",))
    add = licence.add("add", "登记一份许可合同", run="license add")
    add.add_argument("number", metavar="NUMBER", help=ONE_CASE)
    add.add_argument("file", type=Path, metavar="FILE.json", help="格式见 schema licence")
    granted = licence.add("list", "列出一件案卷登记的许可合同", run="license list")
    granted.add_argument("number", metavar="NUMBER", help=ONE_CASE)
    remove = licence.add("remove", "移除登记有误的一份许可合同", run="license remove")
    remove.add_argument("number", metavar="NUMBER", help=ONE_CASE)
    remove.add_argument("place", type=_count, metavar="K", help="第几份，见 license list")
    compare = licence.add("compare", "核对对方填写的 Word 合同", run="license compare")
    compare.add_argument("number", metavar="NUMBER", help=ONE_CASE)
    compare.add_argument("place", type=_count, metavar="K", help="第几份，见 license list")
    compare.add_argument("file", type=Path, metavar="FILE.docx", help="对方发回的合同")
    office = commands.family("office", "单位资料")
    set_office = office.add("set", "填写单位资料，只更改写明的几项", run="office set")
    for name, label in (
        ("name", "单位名称"),
        ("contact", "联系人"),
        ("phone", "联系电话"),
        ("region", "地区"),
        ("email", "电子邮件"),
        ("address", "地址"),
        ("postcode", "邮编"),
        ("identity_number", "统一社会信用代码"),
        ("representative", "法定代表人"),
        ("bank.name", "开户银行"),
        ("bank.address", "开户银行地址"),
        ("bank.account", "帐号"),
    ):
        flag = name.replace(".", "-").replace("_", "-")
        set_office.add_argument(f"--{flag}", dest=name, metavar="TEXT", help=label)
    set_office.add_argument(
        "--kind",
        choices=("city", "university", "special_plan"),
        metavar="KIND",
        help="city 市州知识产权局，university 高校院所，special_plan 专项计划承担单位",
    )
    office.add("show", "显示单位资料", run="office show")
    for name, help in (("delete", "把案卷移入回收站"), ("undelete", "从回收站取回案卷")):
        one = commands.add(name, help)
        one.add_argument("number", metavar="NUMBER", help=ONE_CASE)
    history = commands.add("history", "列出一件案卷的历史版本和各版改动的栏")
    history.add_argument("number", metavar="NUMBER", help=ONE_CASE)
    history.add_argument("--version", type=_count, metavar="N", help="列出该版的全部改动")
    history.add_argument(
        "--licence", type=_count, metavar="K", help="该份许可合同的历史，见 license list"
    )
    revert = commands.add("revert", "把案卷恢复到某一版")
    revert.add_argument("number", metavar="NUMBER", help=ONE_CASE)
    revert.add_argument("version", type=_count, metavar="VERSION", help="版次，见 history")
    _keeping_commands(commands)


def _keeping_commands(commands: _Commands) -> None:
    backup = commands.add("backup", "备份全部数据（程序每天首次写入前也自动备份）")
    backup.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="备份文件；不写时存入数据旁的 backups"
    )
    backup.add_argument("--keep", type=_count, metavar="N", help="今后自动备份各留几份")
    backup.add_argument(
        "--second", metavar="DIR", help='今后另存一份到这个文件夹（如 U盘）；写 "" 取消'
    )
    restore = commands.add("restore", "恢复备份（先列出备份内容；现有数据另存，不丢弃）")
    restore.add_argument("file", nargs="?", type=Path, metavar="FILE", help="备份文件")
    restore.add_argument("--list", action="store_true", help="列出完好的备份，新的在前")
    restore.add_argument(
        "--settings",
        action="store_true",
        help="连同备份中的收件邮箱、备份位置等设置一并恢复（不写时仍用现在的）",
    )
    restore.add_argument("--dry-run", action="store_true", help="只列出备份内容和将替换的内容")
    commands.add("verify", "完整核对数据文件：逐条读出，核对版本、扫描件和各份备份")


def _pack_commands(commands: _Commands) -> None:
    pack = commands.family("pack", "表单包")
    pack.add("list", "列出可用的表单包", run="pack list")
    take = pack.add("take", "接收有关部门发来的表单包（.pack.zip）", run="pack take")
    take.add_argument("file", type=Path, metavar="FILE", help="发来的 .pack.zip 文件")
    take.add_argument("--yes", action="store_true", help="已核对改变，同意接收，不再询问")
    use = pack.add("use", "换用表单包的某一版（换下的各版留存）", run="pack use")
    use.add_argument("code", metavar="CODE", help="代号，见 pack list")
    use.add_argument("version", metavar="VERSION", help="版本，见 pack list")
    remove = pack.add("remove", "移除已接收表单包的某一版", run="pack remove")
    remove.add_argument("code", metavar="CODE", help="代号，见 pack list")
    remove.add_argument(
        "version", nargs="?", metavar="VERSION", help="版本；版本无法读取的，只写名称"
    )
    key = pack.add("key", "发布表单包的部门：生成签名用的钥匙", run="pack key")
    key.add_argument("file", type=Path, metavar="FILE", help="写入私钥的文件（不能已经存在）")
    sign = pack.add("sign", "发布表单包的部门：给表单包签名", run="pack sign")
    sign.add_argument("folder", type=Path, metavar="DIR", help="表单包的文件夹")
    sign.add_argument("--key", type=Path, required=True, metavar="FILE", help="私钥文件")
    sign.add_argument("--out", type=Path, metavar="FILE", help="同时打包成这个 .pack.zip")
    check = pack.add("check", "检查表单包，列出每处问题", run="pack check")
    check.add_argument("folder", type=Path, metavar="DIR", help="表单包的文件夹")
    schema = commands.add("schema", "输出记录的 JSON Schema")
    schema.add_argument(
        "record",
        nargs="?",
        default="case",
        choices=("case", "licence", "office"),
        metavar="RECORD",
        help="case（不写时）、licence 或 office",
    )
