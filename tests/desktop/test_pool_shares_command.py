"""At the command line: a pool's income shared from a file, and files that can not be meant."""

import json

import pytest

from tests.desktop.clerk import Clerk

RUN = {
    "period": ["2026-01-01", "2026-12-31"],
    "income": "100000.00",
    "fee": {"percent": "10"},
    "method": "weight",
    "members": [
        {
            "name": "甲大学",
            "patents": [
                {"number": "ZL202110345678.3", "weight": "2", "from": "2024-01-01"},
                {"number": "ZL202121057728.X", "weight": "9", "from": "2024-01-01",
                 "until": "2025-12-31"},
            ],
        },
        {"name": "乙研究院", "patents": [{"number": "2", "weight": 1, "from": "2026-12-31"}]},
    ],
}  # fmt: skip


def asks(clerk: Clerk, run: object, *words: str):
    file = clerk.folder / "分配.json"
    file.write_text(run if isinstance(run, str) else json.dumps(run), encoding="utf-8")
    return clerk.types("pool", "shares", file, *words)


def test_a_file_is_shared_and_no_data_file_is_made(clerk: Clerk):
    told = asks(clerk, RUN, "--json")
    assert told.code == 0, told.err
    assert told.json == {
        "fee": "10000.00",
        "distributed": "90000.00",
        "shares": [
            {"member": "甲大学", "amount": "60000.00"},
            {"member": "乙研究院", "amount": "30000.00"},
        ],
        "total": "90000.00",
    }
    by_days = asks(clerk, RUN | {"by_days": True, "annuities": "1234.50"}, "--json").json
    assert by_days["annuities"] == "1234.50"
    assert by_days["shares"][1]["amount"] == "121.43"  # 88,765.50 × 1 / 731
    assert "各方相加 90,000.00 元" in asks(clerk, RUN).out
    assert not clerk.db.exists()


def test_the_shape_is_published(clerk: Clerk):
    schema = clerk.types("schema", "pool-run").json
    shape = schema["$defs"]["ShareRun"]
    assert set(shape["required"]) == {"period", "income", "method", "members"}
    assert {"from", "until", "weight"} < set(schema["$defs"]["HeldPatent"]["properties"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"income": "-1"}, "收入不能小于零"),
        ({"income": "1e400"}, "收入过大"),
        ({"income": [1]}, "income：应为金额"),
        ({"fees": {}}, "fees：没有“fees”这一项"),
        ({"period": ["2026-01-01"]}, "period：应有 2 项"),
        ({"method": "equal"}, "method：没有 'equal' 这个选项"),
        ({"members": [{"patents": []}]}, "members[0].name：没有填写这一项"),
        (
            {"members": [{"name": "甲"}, {"name": "乙", "patents": [{"number": "长" * 40_000}]}]},
            "members[1].patents[0].number：文字过长",
        ),
        (
            {"members": RUN["members"], "method": "agreed"},
            "members[0].share_percent：甲大学 没有填写协议份额",
        ),
    ],
)
def test_what_can_not_be_meant_is_named(clerk: Clerk, change, told):
    answer = asks(clerk, RUN | change, "--json")
    assert answer.code == 2
    assert told in answer.err


@pytest.mark.parametrize("income", ["NaN", "1e99999999999999999999", "Infinity"])
def test_numbers_that_are_none_are_refused(clerk: Clerk, income):
    text = json.dumps(RUN | {"income": "?"}).replace('"?"', income)
    assert asks(clerk, text, "--json").code == 2
