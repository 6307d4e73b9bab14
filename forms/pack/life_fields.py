"""Fields that every licence has after its signature, whatever its pack asks: for its history.

A pack may ask for any of them by a field of its own, with its own words.
"""

from collections.abc import Mapping

from forms.pack.types import Choice, Field, FieldKind

LIFE = "licence.life."

_NOTICE, _MONEY, _STATEMENTS = "通知", "收款", "报表"
_RECORDAL, _END = "备案", "终止"
_FIELDS: tuple[tuple[str, str, str, FieldKind], ...] = (
    ("notice.day", _NOTICE, "收到书面通知的日期", "date"),
    ("notice.how", _NOTICE, "通知的方式", "text"),
    ("notice.proof.name", _NOTICE, "通知的扫描件", "text"),
    ("running.days", _STATEMENTS, "报表的期限", "integer"),
    ("running.minimum", _STATEMENTS, "最低提成费", "money"),
    ("running.cap", _STATEMENTS, "最高提成费", "money"),
    ("milestones", _MONEY, "付款节点", "long_text"),
    ("receipts", _MONEY, "到账", "long_text"),
    ("reports", _STATEMENTS, "提成报表", "long_text"),
    ("recordal.submitted_on", _RECORDAL, "提交备案日", "date"),
    ("recordal.recorded_on", _RECORDAL, "备案日", "date"),
    ("recordal.number", _RECORDAL, "备案号", "text"),
    ("recordal.cancelled_on", _RECORDAL, "备案解除日", "date"),
    ("recordal.changes", _RECORDAL, "备案变更", "long_text"),
    ("recordal.items", _RECORDAL, "备案材料", "long_text"),
    ("ending.day", _END, "终止日", "date"),
    ("ending.reason", _END, "终止的原因", "text"),
)
_CHOICES: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
    ("effect_by", "生效", "生效方式", (("open", "书面通知并付款"), ("agreed", "签订合同"))),
    (
        "running.cycle",
        _STATEMENTS,
        "报表周期",
        (("month", "每月"), ("quarter", "每季度"), ("year", "每年")),
    ),
    ("recordal.by", _RECORDAL, "备案请求人", (("licensor", "专利权人"), ("licensee", "被许可人"))),
    ("recordal.agent", _RECORDAL, "备案委托代理", (("true", "是"), ("false", "否"))),
    (
        "ending.by",
        _END,
        "终止方式",
        (("expired", "期限届满"), ("terminated", "解除"), ("cancelled", "备案注销")),
    ),
)


def _made() -> Mapping[str, Field]:
    plain = {
        LIFE + path: Field(path=LIFE + path, label=label, kind=kind, box=f"许可 {group}")
        for path, group, label, kind in _FIELDS
    }
    chosen = {
        LIFE + path: Field(
            path=LIFE + path,
            label=label,
            kind="flag" if choices[0][0] == "true" else "choice",
            box=f"许可 {group}",
            choices=tuple(Choice(value=value, label=words) for value, words in choices),
        )
        for path, group, label, choices in _CHOICES
    }
    return {**plain, **chosen}


LIFE_FIELDS = _made()
