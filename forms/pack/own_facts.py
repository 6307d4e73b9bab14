"""What an office keeps of a case for itself: the department it is from, and notes.

No authority asks for it and no paper prints it (`forms.facts.record.OF_THE_OFFICE`); so every
pack has these fields besides its own, in a step of their own after the last.  A heading that a
pack gives one of its fields means that field.  This module must not know files, rules or papers.
"""

from collections.abc import Sequence

import msgspec

from forms.ground.cleaning import fold
from forms.pack.types import Field, Step

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
