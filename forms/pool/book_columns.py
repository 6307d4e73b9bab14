"""The columns of a pool's workbooks: what is written out can be read in again.

A column is a field as a pack's are: its path in the record, its heading, how its cells are read.
Paths that begin with "@" are none of the record's own: who is meant by name, in what it belongs.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from forms.pack.types import Choice, Field, FieldKind
from forms.pool.records import Decision, Reply, Vote, WhyOut

WHY_WORDS: Mapping[WhyOut, str] = {
    "lapsed": "未缴年费终止",
    "expired": "期限届满",
    "given_up": "放弃",
    "transferred": "权属转移",
    "invalid": "宣告无效",
    "left": "退出",
}
VOTE_WORDS: Mapping[Vote, str] = {
    "take": "建议入池",
    "take_if": "补正后入池",
    "refuse": "不建议入池",
}
DECISION_WORDS: Mapping[Decision, str] = {
    "taken": "全部入池",
    "partly": "部分入池",
    "refused": "不入池",
}
REPLY_WORDS: Mapping[Reply, str] = {"yes": "是", "no": "否", "open": "待定"}
METHOD_WORDS: Mapping[str, str] = {
    "number": "按件数",
    "weight": "按权重",
    "agreed": "按协议",
    "formula": "按公式",
}
CYCLE_WORDS: Mapping[str, str] = {
    "month": "每月",
    "quarter": "每季度",
    "half_year": "每半年",
    "year": "每年",
}
FEES_WORDS: Mapping[str, str] = {
    "pool": "专利池统一缴纳",
    "reminded": "提醒权利人缴纳",
    "members": "权利人自行缴纳",
}
STRATEGY_WORDS: Mapping[str, str] = {"defensive": "防御型", "offensive": "进攻型"}
RUN_WORDS: Mapping[str, str] = {"run": "本单位运营", "joined": "加入的"}
WAY_WORDS: Mapping[str, str] = {
    "free": "免费",
    "lump_sum": "一次总付",
    "instalments": "分期",
    "running": "提成",
    "entry_running": "入门费和提成",
    "other": "其他",
}
BASE_WORDS: Mapping[str, str] = {"net_sales": "净销售额", "profit": "利润额"}
CONCLUSION_WORDS: Mapping[str, str] = {"qualified": "符合", "unqualified": "不符合"}

MEMBER, REVIEWED, PAID_BY, RATE, NUMBERS = "@member", "@application", "@licence", "@rate", "@list"
STAGE, LICENSEE, QUESTION, BASIS = "@stage", "@licensee", "@question", "@basis"
WHOLE = "全部"
"""What stands for the patents of a licence of the whole pool."""


class BookSheet(msgspec.Struct, frozen=True):
    """A sheet: its code, its name, its columns; a row without one of those it `needs` is none."""

    code: str
    name: str
    fields: tuple[Field, ...]
    needs: tuple[str, ...]


def _of(path: str, label: str, kind: FieldKind = "text", *words: str) -> Field:
    return Field(path=path, label=label, kind=kind, columns=(label, *words))


def _choice(path: str, label: str, words: Mapping[Any, str], *more: str) -> Field:
    choices = tuple(Choice(value=value, label=word) for value, word in words.items())
    return Field(path=path, label=label, kind="choice", columns=(label, *more), choices=choices)


MEMBERS = BookSheet(
    "members",
    "成员",
    (
        _of("party.name", "成员", "text", "名称", "成员名称", "单位名称", "专利权人"),
        _of("party.identity_number", "统一社会信用代码", "text", "证件号码", "信用代码"),
        _of("party.address", "住所地", "text", "地址", "通讯地址"),
        _of("party.representative", "法定代表人"),
        _of("party.contact", "联系人"),
        _of("party.phone", "联系电话", "phone", "电话", "手机"),
        _of("party.email", "电子邮箱", "email", "邮箱", "电子信箱", "电子邮件"),
        _of("party.bank.name", "开户银行", "text", "开户行"),
        _of("party.bank.account", "帐号", "text", "账号", "银行账号", "银行帐号"),
        _of("joined_on", "加入日", "date", "加入日期", "入池日期"),
        _of("left_on", "退出日", "date", "退出日期"),
        _of("share_percent", "约定份额", "percent", "份额", "约定份额（%）", "分配比例"),
        _of("notes", "备注", "long_text"),
    ),
    ("party.name",),
)
PATENTS = BookSheet(
    "patents",
    "专利",
    (
        _of("number", "专利号", "patent_number", "申请号", "专利号/申请号"),
        _of("title", "发明创造名称", "text", "名称", "专利名称", "标题"),
        _of(MEMBER, "成员", "text", "专利权人", "权利人", "成员名称"),
        _of("category", "技术分类", "text", "分类", "领域"),
        _of("grade", "级别", "text", "分级", "等级"),
        _of("weight", "权重", "number"),
        _of("entered_on", "入池日", "date", "入池日期"),
        _of("agreed_until", "入池期限至", "date", "入池期限"),
        _of("term_ends", "专利权最后一日", "date", "期限最后一日", "届满日"),
        _of("out_on", "出池日", "date", "出池日期"),
        _choice("why_out", "出池原因", WHY_WORDS),
        _of("declared_on", "无效宣告日", "date"),
        _of("report", "评价报告", "flag", "有无评价报告"),
        _of("notes", "备注", "long_text"),
    ),
    ("number", MEMBER),
)
APPLICATIONS = BookSheet(
    "applications",
    "入池申请",
    (
        _of(REVIEWED, "申请编号", "integer", "编号"),
        _of("applicant.name", "申请人", "text", "申请单位", "专利权人"),
        _of("number", "专利号", "patent_number", "申请号"),
        _of("title", "发明创造名称", "text", "名称", "专利名称"),
        _of("category", "技术分类", "text", "分类", "领域"),
        _of("grade", "建议级别", "text", "级别"),
        _of("weight", "建议权重", "number", "权重"),
        _of("term_ends", "专利权最后一日", "date", "期限最后一日"),
        _of("report", "评价报告", "flag", "有无评价报告"),
        _choice("report_conclusion", "评价报告结论", CONCLUSION_WORDS),
        _of("register_copy", "登记簿副本", "flag"),
        _of("received_on", "收到日", "date", "收到日期", "申请日期"),
        _of("applicant.identity_number", "统一社会信用代码", "text", "信用代码"),
        _of("applicant.address", "地址", "text", "住所地"),
        _of("applicant.contact", "联系人"),
        _of("applicant.phone", "联系电话", "phone", "电话"),
        _of("applicant.email", "电子邮箱", "email", "邮箱"),
        _of(STAGE, "阶段"),
    ),
    ("applicant.name", "number"),
)
OPINIONS = BookSheet(
    "opinions",
    "评估意见",
    (
        _of(REVIEWED, "申请编号", "integer", "编号"),
        _of("reviewer", "评估人", "text", "专家", "专家姓名"),
        _of("unit", "单位", "text", "评估人单位"),
        _of("day", "日期", "date", "评估日期"),
        _choice("vote", "意见", VOTE_WORDS, "评估意见"),
        _of("grade", "级别", "text", "建议级别"),
        _of("score", "评分", "number", "得分"),
        _of("words", "说明", "long_text", "理由"),
    ),
    (REVIEWED, "reviewer", "vote"),
)
LICENCES = BookSheet(
    "licences",
    "许可",
    (
        _of(PAID_BY, "许可编号", "integer", "编号"),
        _of("licence.licensee.name", "被许可人", "text", "被许可方"),
        _of("title", "许可名称", "text", "项目"),
        _of("licence.licensee.identity_number", "统一社会信用代码", "text", "信用代码"),
        _of("licence.licensee.contact", "联系人"),
        _of("licence.licensee.phone", "联系电话", "phone", "电话"),
        _of(NUMBERS, "许可专利", "long_text", "专利号", "许可的专利"),
        _of("licence.signed_on", "签订日", "date", "签订日期", "签署日"),
        _of("licence.starts_on", "期限自", "date", "起始日", "开始日期"),
        _of("licence.ends_on", "期限至", "date", "终止日", "届满日"),
        _choice("licence.royalty.way", "许可费方式", WAY_WORDS, "支付方式"),
        _of("licence.royalty.lump_sum.amount", "一次总付金额", "money", "金额", "许可费"),
        _of("licence.royalty.lump_sum.days", "付款期限（日）", "integer", "付款期限"),
        _of("licence.royalty.entry_running.entry_fee", "入门费", "money"),
        _of(RATE, "提成率", "percent", "提成比例"),
        _choice("licence.royalty.running.base", "提成基数", BASE_WORDS),
        _of("licence.royalty.other.text", "其他标准", "long_text"),
        _of("is_cross", "交叉许可", "flag", "成员间交叉许可"),
        _of("territory", "区域", "text", "许可区域"),
        _of("products", "许可产品", "text", "产品"),
        _of("notes", "备注", "long_text"),
    ),
    ("licence.licensee.name",),
)
RECEIPTS = BookSheet(
    "receipts",
    "到账",
    (
        _of(PAID_BY, "许可编号", "integer", "编号"),
        _of(LICENSEE, "被许可人", "text", "付款人"),
        _of("day", "到账日", "date", "到账日期", "日期"),
        _of("amount", "金额", "money", "到账金额", "金额（元）"),
        _of("purpose", "款项", "text", "用途"),
        _of("number", "票据号", "text", "回单号", "票据号、回单号"),
    ),
    (PAID_BY, "day", "amount"),
)
ANSWERS = BookSheet(
    "answers",
    "核对清单",
    (
        _of("item", "代号", "text"),
        _of(QUESTION, "事项", "long_text"),
        _of(BASIS, "依据", "text"),
        _choice("reply", "回答", REPLY_WORDS),
        _of("words", "说明", "long_text"),
        _of("day", "回答日", "date"),
        _of("who", "回答人", "text"),
    ),
    ("item",),
)
SHEETS = (MEMBERS, PATENTS, APPLICATIONS, OPINIONS, LICENCES, RECEIPTS, ANSWERS)

GRADES, CATEGORIES = "@grades", "@categories"
POOL: tuple[Field, ...] = (
    _of("name", "专利池名称", "text", "名称"),
    _choice("run", "本单位", RUN_WORDS),
    _of("operator.name", "运营管理机构"),
    _of("operator.identity_number", "统一社会信用代码"),
    _of("operator.address", "住所地"),
    _of("operator.representative", "法定代表人"),
    _of("operator.contact", "联系人"),
    _of("operator.phone", "联系电话", "phone"),
    _of("operator.email", "电子邮箱", "email"),
    _of("bank.name", "开户银行"),
    _of("bank.account", "帐号"),
    _choice("strategy", "运营策略", STRATEGY_WORDS),
    _of("purpose", "目的和定位", "long_text"),
    _of("founded_on", "成立日", "date"),
    _of("charter_day", "章程日期", "date"),
    _of("charter_words", "章程要点", "long_text"),
    _of(CATEGORIES, "技术分类", "names"),
    _of(GRADES, "级别和权重", "text"),
    _of("standard.words", "入池标准", "long_text"),
    _of("standard.report_needed", "要求评价报告", "flag"),
    _of("standard.opinions", "最少评估意见（份）", "integer"),
    _of("fee.percent", "管理费比例", "percent"),
    _of("fee.amount", "管理费金额（每期）", "money"),
    _choice("shares.method", "分配办法", METHOD_WORDS),
    _of("shares.by_days", "按在池天数", "flag"),
    _of("shares.number_part", "公式：按件数的部分", "percent"),
    _of("shares.weight_part", "公式：按权重的部分", "percent"),
    _of("shares.agreed_part", "公式：按协议的部分", "percent"),
    _of("shares.floor_percent", "每个成员至少", "percent"),
    _of("shares.cap_percent", "每个成员至多", "percent"),
    _of("payout_days", "到账后支付期限（日）", "integer"),
    _choice("statements", "结算周期", CYCLE_WORDS),
    _choice("annuities", "年费", FEES_WORDS),
    _of("members_license_alone", "成员可以自行对外许可", "flag"),
    _of("notes", "备注", "long_text"),
)
"""The facts of a pool itself, in the order of the charter."""
POOL_SHEET = "概况"
