"""The commands, one row each: a new command is a module and a row here.

The parser, its help and the command line go by this table.  A command's module is loaded when
the command is asked for: neither a window toolkit nor a writer of files is loaded by one that
does not need it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from desktop.installed.workplaces import BUREAU, OFFICE, Workplace

if TYPE_CHECKING:
    from desktop.command_line.arguments import Parser
    from desktop.command_line.session import Session


class CommandRow(NamedTuple):
    """A command: its words ("pack list"), what it is for, and where it is done.

    `does` and `takes` are functions of the module: the one does it and gives the exit code, the
    other tells the parser its arguments; "" where it has none.  `workplace` says whose data it
    works on where no --db is written; None: those of the workplace that the window is in.
    """

    name: str
    help: str
    module: str
    does: str
    takes: str = ""
    workplace: Workplace | None = OFFICE

    def load(self) -> Callable[[Session], int]:
        """What does it, loaded if need be."""
        does: Callable[[Session], int] = getattr(import_module(self.module), self.does)
        return does

    def tell(self, parser: Parser) -> None:
        """Tell the parser its arguments."""
        if self.takes:
            getattr(import_module(self.module), self.takes)(parser)


class FamilyRow(NamedTuple):
    """The first word of commands of two words ("pack"), and how else it may be written."""

    name: str
    help: str
    aliases: tuple[str, ...] = ()


_LOOKING, _IMPORTING = (
    "desktop.command_line.commands.look_commands",
    "desktop.command_line.commands.import_commands",
)
_PAPERS, _RECORDS = (
    "desktop.command_line.commands.paper_commands",
    "desktop.command_line.commands.record_commands",
)
_KEEPING, _PACKS = (
    "desktop.command_line.commands.backup_commands",
    "desktop.command_line.commands.pack_commands",
)
_POOL_LOOK, _POOL_LIFE = (
    "desktop.command_line.commands.pool_look",
    "desktop.command_line.commands.pool_life",
)
_POOL_FILES = "desktop.command_line.commands.pool_files"
_POOL_ENTRY = "desktop.command_line.commands.pool_entry_steps"
_FEES = "desktop.command_line.commands.fee_commands"
_LICENCE = "desktop.command_line.commands.licence_commands"
_RECORDAL = "desktop.command_line.commands.recordal_command"
_MATCHING = "desktop.command_line.commands.match_commands"
_STOCK = "desktop.command_line.commands.stock_commands"
_REVIEW = "desktop.command_line.commands.review_commands"
_SIGNING = "desktop.command_line.commands.signing_commands"
_POOL_RUNS = "desktop.command_line.commands.pool_run_commands"

ROWS: tuple[CommandRow | FamilyRow, ...] = (
    CommandRow(
        "demo",
        "用随附的示例清单演示全部流程",
        "desktop.command_line.commands.demo_command",
        "demo",
        "demo_arguments",
    ),
    CommandRow(
        "selftest",
        "自检：检查程序各部分是否齐全、能否正常工作",
        "desktop.command_line.commands.selftest_command",
        "run",
        "run_arguments",
    ),
    CommandRow("template", "生成供填写的清单模板", _IMPORTING, "template", "template_arguments"),
    CommandRow(
        "register", "导出台账，修改后可再导入", _IMPORTING, "register", "register_arguments"
    ),
    CommandRow(
        "import",
        "导入专利清单（.xlsx、.xls、.et、.ods、.csv）；有不能导入的行时也正常结束",
        _IMPORTING,
        "import_",
        "import_arguments",
    ),
    CommandRow("list", "列出案卷", _LOOKING, "list_", "list_arguments"),
    CommandRow("show", "显示一件案卷的全部内容", _LOOKING, "show", "show_arguments"),
    CommandRow("check", "检查案卷，列出全部问题", _LOOKING, "check", "check_arguments"),
    CommandRow(
        "statement",
        "显示许可使用费的简要说明：计算结果、字数和全文",
        "desktop.command_line.commands.statement_command",
        "statement",
        "statement_arguments",
    ),
    CommandRow(
        "online",
        "显示网上填报要填的内容和附件，或生成上传用的文件夹",
        "desktop.command_line.commands.online_command",
        "online",
        "online_arguments",
    ),
    CommandRow("export", "导出文书（有错误的案卷导出草稿）", _PAPERS, "export", "export_arguments"),
    FamilyRow("signed", "签章后的扫描件"),
    CommandRow("signed add", "添加签章后的扫描件", _PAPERS, "signed_add", "signed_add_arguments"),
    CommandRow(
        "file-scans",
        "整叠扫描件按页脚识别码自动归到各案卷",
        "desktop.command_line.commands.file_scans_command",
        "file_scans",
        "file_scans_arguments",
    ),
    CommandRow("submit", "生成报送包（不会发出）", _PAPERS, "submit", "submit_arguments"),
    CommandRow(
        "intake",
        "收件：核对并收下各单位的报送包（省局）",
        "desktop.command_line.commands.intake_commands",
        "intake",
        "intake_arguments",
        workplace=BUREAU,
    ),
    CommandRow(
        "examine",
        "审核：列出待审专利的核对结果和问题，或者收入法律状态的核验表（省局）",
        _REVIEW,
        "examine",
        "examine_arguments",
        workplace=BUREAU,
    ),
    CommandRow(
        "decide",
        "审核：记下通过、退回补正或者不予通过（省局）",
        _REVIEW,
        "decide_",
        "decide_arguments",
        workplace=BUREAU,
    ),
    CommandRow(
        "letters",
        "为审完的报送包生成审核意见和邮件草稿（省局）",
        _REVIEW,
        "letters",
        "letters_arguments",
        workplace=BUREAU,
    ),
    CommandRow(
        "answers",
        "读取省局的审核意见，标明各案卷",
        _REVIEW,
        "answers",
        "answers_arguments",
    ),
    CommandRow(
        "convert",
        "把试点案卷转为另一表单包的案卷（原案卷不变，两边互相链接）",
        "desktop.command_line.commands.declaration_commands",
        "convert",
        "convert_arguments",
    ),
    CommandRow(
        "filed",
        "登记声明的提交、公告、不予公告或者撤回",
        "desktop.command_line.commands.declaration_commands",
        "filed",
        "filed_arguments",
    ),
    FamilyRow("license", "许可合同", aliases=("licence",)),
    CommandRow("license add", "登记一份许可合同", _RECORDS, "license_add", "license_add_arguments"),
    CommandRow("license list", "列出一件案卷登记的许可合同", _RECORDS, "license_list", "one_case"),
    CommandRow(
        "license remove",
        "移除登记有误的一份许可合同",
        _RECORDS,
        "license_remove",
        "license_remove_arguments",
    ),
    CommandRow(
        "license compare",
        "核对对方填写的 Word 合同",
        _RECORDS,
        "license_compare",
        "license_compare_arguments",
    ),
    CommandRow("license notice", "登记被许可人的书面通知", _LICENCE, "notice", "notice_arguments"),
    CommandRow("license receipt", "登记到账", _LICENCE, "receipt", "receipt_arguments"),
    CommandRow("license report", "登记提成报表", _LICENCE, "report", "report_arguments"),
    CommandRow(
        "license terms",
        "登记报表周期和付款节点",
        _LICENCE,
        "terms",
        "terms_arguments",
    ),
    CommandRow("license schedule", "列出应付款和到账", _LICENCE, "schedule", "schedule_arguments"),
    CommandRow("license letter", "生成催报、催付的函", _LICENCE, "letter", "letter_arguments"),
    CommandRow(
        "license record", "登记备案，列出或者生成备案材料", _RECORDAL, "record", "record_arguments"
    ),
    CommandRow("license end", "登记许可终止", _LICENCE, "end", "end_arguments"),
    FamilyRow("office", "单位资料"),
    CommandRow(
        "office set",
        "填写单位资料，只更改写明的几项",
        _RECORDS,
        "office_set",
        "office_set_arguments",
        workplace=None,
    ),
    CommandRow("office show", "显示单位资料", _RECORDS, "office_show", workplace=None),
    CommandRow("delete", "把案卷移入回收站", _RECORDS, "delete", "one_case"),
    CommandRow("undelete", "从回收站取回案卷", _RECORDS, "undelete", "one_case"),
    CommandRow(
        "ledger",
        "列出专利台账：每件专利的案卷，和填写不同、待选定的栏",
        "desktop.command_line.commands.ledger_command",
        "ledger",
        "ledger_arguments",
    ),
    CommandRow("fees", "列出专利年费，生成缴费清单，核对缴费记录", _FEES, "fees", "fees_arguments"),
    CommandRow(
        "stats",
        "年度统计：报送、达成许可、备案、到账与目标对照，或生成年度统计表",
        "desktop.command_line.commands.stats_command",
        "stats",
        "stats_arguments",
    ),
    CommandRow(
        "sync",
        "核对专利数据库导出的表：法律状态、年费、专利权人等有哪些变化，要办什么",
        "desktop.command_line.commands.sync_command",
        "sync_",
        "sync_arguments",
    ),
    FamilyRow("needs", "企业的技术需求"),
    CommandRow("needs import", "导入企业需求的表", _MATCHING, "import_needs", "import_arguments"),
    CommandRow(
        "needs template", "生成供填写的需求模板", _MATCHING, "needs_template", "template_arguments"
    ),
    CommandRow(
        "needs export", "导出全部需求和推送记录", _MATCHING, "export_needs", "export_arguments"
    ),
    CommandRow("needs list", "列出企业需求", _MATCHING, "list_needs"),
    CommandRow(
        "needs answer", "登记企业对推送的回复", _MATCHING, "answer_need", "answer_arguments"
    ),
    CommandRow(
        "match", "为企业需求找相符的专利，逐项写明依据", _MATCHING, "match", "match_arguments"
    ),
    CommandRow(
        "push", "为一项需求生成推送函、专利清单和邮件草稿", _MATCHING, "push", "push_arguments"
    ),
    FamilyRow("stock", "存量专利盘点"),
    CommandRow("stock list", "列出存量专利和所填的各项", _STOCK, "list_", "list_arguments"),
    CommandRow(
        "stock import", "把清单或者台账中的专利列入盘点", _STOCK, "import_", "import_arguments"
    ),
    CommandRow(
        "stock split",
        "按学院拆分成盘点表和邮件草稿（不会发出）",
        _STOCK,
        "split_",
        "split_arguments",
    ),
    CommandRow(
        "stock merge",
        "合并收回的盘点表：有哪些变化、冲突，缺少什么",
        "desktop.command_line.commands.stock_merge_command",
        "merge_",
        "merge_arguments",
    ),
    CommandRow(
        "stock report",
        "生成存量专利盘点汇总表（PDF 和工作簿）",
        _STOCK,
        "report",
        "report_arguments",
    ),
    CommandRow(
        "stock export", "把存量专利的全部内容导出为一份工作簿", _STOCK, "export", "export_arguments"
    ),
    CommandRow(
        "stock round",
        "开始、结束一轮盘点，列出各轮",
        "desktop.command_line.commands.stock_round_commands",
        "round_",
        "round_arguments",
    ),
    CommandRow(
        "stock watch",
        "关注他人的失效专利：列入、列出、另存",
        "desktop.command_line.commands.stock_round_commands",
        "watch_",
        "watch_arguments",
    ),
    CommandRow(
        "stock ways",
        "一件专利有哪些路径可走：可以与否、理由、期限、费用",
        "desktop.command_line.commands.stock_ways_command",
        "ways_",
        "ways_arguments",
    ),
    CommandRow(
        "stock grade",
        "存量专利的分类、分级和定价：评定、列出、另存、收回",
        "desktop.command_line.commands.stock_grade_command",
        "grade",
        "grade_arguments",
    ),
    CommandRow("stock status", "列出各学院的盘点进度", _STOCK, "status"),
    CommandRow(
        "publish",
        "省局：核对、生成下一期公布的网页、数据和汇总表，登记已公布，撤下一件",
        "desktop.command_line.commands.publish_command",
        "publish",
        "publish_arguments",
        workplace=BUREAU,
    ),
    CommandRow("duties", "列出各件到期的事项，或另存为日历", _FEES, "duties_", "duties_arguments"),
    CommandRow(
        "history",
        "列出一件案卷的历史版本和各版改动的栏",
        "desktop.command_line.commands.history_command",
        "history",
        "history_arguments",
    ),
    CommandRow("revert", "把案卷恢复到某一版", _RECORDS, "revert", "revert_arguments"),
    CommandRow(
        "backup",
        "备份全部数据（程序每天首次写入前也自动备份）",
        _KEEPING,
        "backup",
        "backup_arguments",
        workplace=None,
    ),
    CommandRow(
        "restore",
        "恢复备份（先列出备份内容；现有数据另存，不丢弃）",
        _KEEPING,
        "restore",
        "restore_arguments",
        workplace=None,
    ),
    CommandRow(
        "verify",
        "完整核对数据文件：逐条读出，核对版本、扫描件和各份备份",
        _KEEPING,
        "verify",
        workplace=None,
    ),
    FamilyRow("pack", "表单包"),
    CommandRow("pack list", "列出可用的表单包", _PACKS, "pack_list", workplace=None),
    CommandRow(
        "pack take",
        "接收有关部门发来的表单包（.pack.zip）",
        _PACKS,
        "pack_take",
        "pack_take_arguments",
        workplace=None,
    ),
    CommandRow(
        "pack use",
        "换用表单包的某一版（换下的各版留存）",
        _PACKS,
        "pack_use",
        "pack_use_arguments",
        workplace=None,
    ),
    CommandRow(
        "pack remove",
        "移除已接收表单包的某一版",
        _PACKS,
        "pack_remove",
        "pack_remove_arguments",
        workplace=None,
    ),
    CommandRow(
        "pack key",
        "发布表单包的部门：生成签名用的钥匙",
        _SIGNING,
        "pack_key",
        "pack_key_arguments",
    ),
    CommandRow(
        "pack sign",
        "发布表单包的部门：给表单包签名",
        _SIGNING,
        "pack_sign",
        "pack_sign_arguments",
    ),
    CommandRow(
        "pack check", "检查表单包，列出每处问题", _PACKS, "pack_check", "pack_check_arguments"
    ),
    FamilyRow("pool", "专利池"),
    CommandRow("pool list", "列出专利池", _POOL_LOOK, "pool_list"),
    CommandRow(
        "pool show",
        "显示一个专利池：章程、成员、专利、申请、许可，和要办的事",
        _POOL_LOOK,
        "pool_show",
        "pool_show_arguments",
    ),
    CommandRow("pool create", "新建专利池", _POOL_LIFE, "pool_create", "pool_create_arguments"),
    CommandRow("pool set", "填写章程的各项", _POOL_LIFE, "pool_set", "pool_set_arguments"),
    CommandRow(
        "pool add",
        "登记成员、专利、入池申请、许可（从工作簿或者案卷）",
        _POOL_LIFE,
        "pool_add",
        "pool_add_arguments",
    ),
    CommandRow(
        "pool review", "送评估，登记评估意见", _POOL_ENTRY, "pool_review", "pool_review_arguments"
    ),
    CommandRow(
        "pool accept",
        "决定入池申请，列入清单，登记入池协议",
        _POOL_ENTRY,
        "pool_accept",
        "pool_accept_arguments",
    ),
    CommandRow(
        "pool leave", "成员退出，专利出池", _POOL_LIFE, "pool_leave", "pool_leave_arguments"
    ),
    CommandRow(
        "pool sync",
        "照台账核对：哪些专利已经终止、届满、转移、无效，自哪一天起出池",
        _POOL_LIFE,
        "pool_sync",
        "pool_sync_arguments",
    ),
    CommandRow(
        "pool export",
        "把专利池写成工作簿，修改后可再导入",
        _POOL_FILES,
        "pool_export",
        "pool_export_arguments",
    ),
    CommandRow(
        "pool send",
        "生成给成员的资料包和邮件草稿（不会发出）",
        _POOL_FILES,
        "pool_send",
        "pool_send_arguments",
    ),
    CommandRow(
        "pool receive",
        "收成员发回的工作簿、资料包、邮件",
        _POOL_FILES,
        "pool_receive",
        "pool_receive_arguments",
    ),
    CommandRow(
        "pool paper",
        "生成专利池的文书：入池申请表、评估审核记录、入池协议、许可合同、退池通知、自查表、对照表",
        "desktop.command_line.commands.pool_paper_command",
        "pool_paper",
        "pool_paper_arguments",
    ),
    CommandRow(
        "pool shares",
        "按文件算出收益分配，精确到分（不读写数据文件）",
        "desktop.command_line.commands.pool_share_command",
        "pool_shares",
        "pool_shares_arguments",
    ),
    CommandRow(
        "pool run",
        "收益分配：新建、列出、修改、定稿、更正",
        _POOL_RUNS,
        "pool_run",
        "pool_run_arguments",
    ),
    CommandRow(
        "pool statements",
        "生成各成员的收益分配通知书、明细和邮件草稿（不会发出）",
        _POOL_RUNS,
        "pool_statements",
        "pool_statements_arguments",
    ),
    CommandRow(
        "pool pay", "登记付给成员的款项，列出应付款", _POOL_RUNS, "pool_pay", "pool_pay_arguments"
    ),
    CommandRow("schema", "输出记录的 JSON Schema", _PACKS, "schema", "schema_arguments"),
)
"""All of them in the order of the help; a family stands before its commands."""

COMMANDS = {row.name: row for row in ROWS if isinstance(row, CommandRow)}
