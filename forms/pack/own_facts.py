"""What an office keeps of a case for itself: department, notes, what its annuities hang on.

No authority asks for it and no paper prints it (`forms.facts.record.OF_THE_OFFICE`); so every
pack has these fields besides its own, in a step of their own after the last.  A heading that a
pack gives one of its fields means that field.  This module must not know files, rules or papers.
"""

from collections.abc import Sequence

import msgspec

from forms.ground.cleaning import fold
from forms.pack.types import Choice, Field, Step

OWN_STEP = "_own"

_STEP = Step(
    id=OWN_STEP,
    title="本单位记录",
    help="仅供本单位查看，不印在任何文书上，不随报送包发出；可查找、筛选，列入台账。可以不填。",
)
_FIELDS = (
    Field(
        path="department",
        label="学院/部门",
        kind="text",
        step=OWN_STEP,
        box="本单位记录 学院/部门",
        columns=(
            *(
                "学院/部门",
                "学院",
                "院系",
                "部门",
                "学院(部门)",
                "部门(学院)",
                "院(系)",
                "所在学院",
            ),
            *(
                "所属学院",
                "所在部门",
                "所属部门",
                "所在院系",
                "所属院系",
                "二级学院",
                "二级单位",
                "系所",
            ),
            *("Department", "College", "School", "Faculty"),
        ),
        help="专利所属的学院、系所或部门；案卷列表可按其筛选。",
        sample="材料学院",
    ),
    Field(
        path="notes",
        label="备注",
        kind="long_text",
        step=OWN_STEP,
        box="本单位记录 备注",
        columns=("备注", "本单位备注", "内部备注", "工作备注"),
        help="联系情况、等候的材料、下一步的事项；已报送的案卷无须解锁即可填写。",
    ),
    Field(
        path="patent.fee_reduction",
        label="费减比例",
        kind="choice",
        step=OWN_STEP,
        box="本单位记录 费减比例",
        columns=("费减比例", "费用减缴比例", "年费减缴比例", "减缴比例", "费减", "费减备案比例"),
        help="本件专利准予减缴年费的比例，自授权当年起十年的年费适用；没有办理的，选“无”。",
        sample="85%",
        choices=(
            Choice(value="85", label="85%", words=("85", "0.85", "减85%", "减缴85%")),
            Choice(value="70", label="70%", words=("70", "0.7", "0.70", "减70%", "减缴70%")),
            Choice(
                value="none", label="无", words=("0", "0%", "否", "没有", "不减", "不减缴", "全额")
            ),
        ),
    ),
    Field(
        path="patent.open_licence_recorded_on",
        label="开放许可备案日",
        kind="date",
        step=OWN_STEP,
        box="本单位记录 开放许可备案日",
        columns=("开放许可备案日", "开放许可合同备案日", "开放许可备案日期", "实施合同备案日"),
        help="开放许可实施合同准予备案的日期；自这一天起尚未到期的年费减缴15%，到许可期限届满为止。",
    ),
    Field(
        path="patent.lapse_notice_on",
        label="终止通知书收到日",
        kind="date",
        step=OWN_STEP,
        box="本单位记录 终止通知书收到日",
        columns=("终止通知书收到日", "专利权终止通知书收到日", "终止通知收到日"),
        help="因未缴年费收到专利权终止通知书的日期；自这一天起两个月内可以请求恢复权利。",
    ),
)


def with_own(
    steps: Sequence[Step], fields: Sequence[Field]
) -> tuple[tuple[Step, ...], tuple[Field, ...]]:
    """Return a pack's steps and fields with the office's own behind them."""
    taken = {fold(name) for field in fields for name in (*field.columns, field.label)}
    own = (
        msgspec.structs.replace(
            field, columns=tuple(name for name in field.columns if fold(name) not in taken)
        )
        for field in _FIELDS
    )
    return (*steps, _STEP), (*fields, *own)
