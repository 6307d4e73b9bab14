"""Write the sample workbook of the pack hubei-2022: invented offices and patents.

Every number is invented and carries its right check character, save where a mistake is the
point.  The rows show every royalty way, every kind, co-ownership from one to twelve owners,
a continuation sheet, a rare character, the ways people write dates and numbers, and the
mistakes for which bureaus send papers back.  Run it after a change of the pack's columns:

    python tools/make_sample.py
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from openpyxl import Workbook  # noqa: E402
from openpyxl.styles import Alignment, Font, PatternFill  # noqa: E402
from openpyxl.utils import get_column_letter  # noqa: E402

from forms.facts.patent_number import check_character  # noqa: E402

TARGET = ROOT / "resources" / "packs" / "hubei-2022" / "sample.xlsx"

UNIVERSITY = "示例大学"
COMPANY = "江汉示例智能装备有限公司"
OPTICS = "武汉示例光电技术股份有限公司"

HEADERS = (
    "专利号 发明创造名称 专利权人 发明人 申请日 授权公告日 专利法律状态 年费已交至 单次许可期限 开放范围 "
    "许可期限届满日 自行实施情况 自行实施时间 自行实施范围 自行实施方式 许可他人情况 许可他人时间 许可他人范围 "
    "许可使用费方式 入门费 提成比例 总付金额 付款期限(日) 首期金额 每期金额 每期付款期限(日) 分期批次 分期周期 "
    "其他标准 其他约定事项 收件人 联系地址 邮编 联系电话 电子邮件 评价报告 质押情况 "
    "统一社会信用代码 专利权人住所地 法定代表人 开户银行 开户行地址 帐号"
).split()

COMMON: dict[str, Any] = {
    "专利权人": UNIVERSITY,
    "专利法律状态": "有效",
    "单次许可期限": "3年",
    "开放范围": "全省",
    "许可期限届满日": date(2030, 12, 31),
    "自行实施情况": "未自行实施",
    "许可他人情况": "未许可他人",
    "许可使用费方式": "免费",
    "收件人": "张喆",
    "联系地址": "湖北省武汉市洪山区示例路88号示例大学",
    "邮编": "430070",
    "联系电话": "027-68880001",
    "电子邮件": "licensing@example.edu.cn",
    "质押情况": "无",
}

# What only a contract asks of the owners; several owners' answers stand in one cell, in order.
BOTH_OWNERS = {
    "统一社会信用代码": "12420000MB0Y0G0A1F；91420100MA4K0D3E19",
    "专利权人住所地": "湖北省武汉市洪山区示例路88号；湖北省武汉市东湖新技术开发区示范三路9号",
    "法定代表人": "王示例；赵示范",
    "开户银行": "示例银行武汉洪山支行；示例银行武汉光谷支行",
    "开户行地址": "湖北省武汉市洪山区示例路90号；湖北省武汉市东湖新技术开发区示范三路1号",
    "帐号": "4200000000000000001；4200000000000000002",
}

TWELVE_OWNERS = "；".join(
    [
        UNIVERSITY,
        COMPANY,
        "示例大学桥梁工程研究院",
        OPTICS,
        "湖北示例交通规划设计院",
        "襄阳示例轴承制造有限公司",
        "宜昌示例水电检测中心",
        "张喆𬭎",
        "荆州示例农机有限责任公司",
        "黄石示例特种钢研究所",
        "十堰示例汽车零部件（集团）有限责任公司",
        "中南示例职业技术学院",
    ]
)

LONG_TERMS = (
    "（一）许可人在收到被许可人书面通知并确认首期款项到账后十个工作日内，向被许可人提供实施本专利所必需的公开技术文件清单；"
    "（二）被许可人不得将本许可转让、分许可或者以出资、质押等方式处分；"
    "（三）被许可人应当于每一会计年度终了后三十日内提交合同产品的生产、销售台账，许可人有权委托独立的会计师事务所进行核查，"
    "核查费用由许可人承担，但差额超过5%的由被许可人承担；"
    "（四）许可人不对实施本专利所获得的经济效益作出保证；"
    "（五）涉及现场检测安全的，双方应当另行签订安全生产管理协议；"
    "（六）被许可人对其在实施过程中知悉的未公开技术信息负有保密义务，期限为自知悉之日起五年；"
    "（七）本专利权部分无效的，使用费按照剩余权利要求的实际贡献协商调整；"
    "（八）双方联系方式发生变化的，应当在七日内书面通知对方。"
)


def number(digits: str) -> str:
    """The twelve digits with their check character, as a certificate prints them."""
    return f"ZL{digits}.{check_character(digits)}"


def row(digits: str, title: str, filed: Any, granted: Any, **answers: Any) -> dict[str, Any]:
    """A row of the sample: the common answers, then its own."""
    own = {"专利号": number(digits), "发明创造名称": title, "申请日": filed, "授权公告日": granted}
    return COMMON | own | answers


def good_rows() -> list[dict[str, Any]]:
    """Rows that print: each way, each kind, each number of owners."""
    return [
        row(
            "202110345678",
            "基于多传感器融合的桥梁裂缝检测方法及系统",
            date(2021, 3, 30),
            date(2023, 5, 16),
            专利权人=f"{UNIVERSITY}；{COMPANY}",
            发明人="王示例；赵示范；孙示例",
            年费已交至=date(2030, 3, 30),
            开放范围="武汉市",
            自行实施情况="已自行实施",
            自行实施时间="2023年9月至今",
            自行实施范围="湖北省内三座公路桥梁",
            自行实施方式="自行检测服务",
            许可使用费方式="入门费加提成",
            入门费=100000,
            提成比例="3%",
            其他约定事项="许可人可根据被许可人的需要提供不超过两个工作日的现场技术交流；"
            "技术秘密、后续改进成果不在本开放许可之内。",
            **BOTH_OWNERS,
        ),
        row("201810024046", "一种低温烧结高导热陶瓷基板的制备方法", "2018-01-10", "2020-06-02"),
        row(
            "202120943363",
            "水稻秸秆连续热解炭化装置",
            "2021.4.30",
            "2021年12月7日",
            许可使用费方式="一次总付",
            总付金额="5万元",
            **{"付款期限(日)": 30},
            评价报告="有",
            联系电话="13800138000",
        ),
        row(
            "202120862680",
            "用于长江水体微塑料采样的便携式过滤器",
            date(2021, 4, 25),
            date(2022, 1, 4),
            专利权人=f"1.{UNIVERSITY}；2.{COMPANY}",
            许可使用费方式="分期支付",
            首期金额=60000,
            每期金额=20000,
            分期批次=7,
            分期周期="季度",
            **{"付款期限(日)": 30, "每期付款期限(日)": 15},
            评价报告="有",
            收件人="李𬭎",
        ),
        row(
            "202230701314",
            "智能点胶机",
            date(2022, 10, 24),
            date(2023, 3, 14),
            许可使用费方式="其他",
            其他标准="每销售一台合同产品支付使用费200元，按季度结算",
            评价报告="有",
            单次许可期限="18个月",
        ),
        row(
            "202110781997",
            "面向工业机器人的轴承故障诊断方法、装置及存储介质",
            date(2021, 7, 12),
            date(2023, 8, 8),
            专利权人=f"{UNIVERSITY}\n{COMPANY}\n{OPTICS}",
            许可使用费方式="分期支付",
            首期金额="100,000.00",
            每期金额="50,000.00",
            分期批次=4,
            分期周期="年度",
            **{"付款期限(日)": 60, "每期付款期限(日)": 30},
        ),
        row(
            "202080010203",
            "一种氮化镓功率器件的栅极驱动电路",
            date(2020, 6, 18),
            date(2023, 2, 21),
            许可使用费方式="一次总付",
            总付金额=380000,
            **{"付款期限(日)": 15},
            许可他人情况="已许可他人",
            许可他人时间="2024年3月至2027年3月",
            许可他人范围="湖北省襄阳市、宜昌市（普通许可）",
        ),
        row(
            "202190000456",
            "无人船水质监测平台",
            date(2021, 5, 20),
            date(2022, 8, 9),
            评价报告="有",
            专利权人=f"{UNIVERSITY}、张喆𬭎",
        ),
        row(
            "202010378582",
            "一种磷石膏基自流平砂浆及其制备方法",
            date(2020, 5, 7),
            date(2022, 4, 12),
            专利权人=f"{UNIVERSITY}；{COMPANY}",
            许可使用费方式="入门费加提成",
            入门费=50000,
            提成比例=2.5,
            其他约定事项=LONG_TERMS * 3,
        ),
        row(
            "202110539948",
            "一种面向大跨度公铁两用斜拉桥与悬索桥主梁、桥塔、拉索及锚固区的多源异构传感数据融合损伤自动识别方法、装置、电子设备及计算机可读存储介质",
            date(2021, 5, 18),
            date(2023, 11, 3),
            专利权人=TWELVE_OWNERS,
        ),
        row(
            "202130120045",
            "电动助力自行车（二）",
            date(2021, 3, 5),
            date(2021, 9, 14),
            评价报告="有",
            单次许可期限="1年",
        ),
    ]


def pending_rows() -> list[dict[str, Any]]:
    """Rows that print but miss something, or make one think."""
    return [
        row("202120297899", "光纤光栅应变传感器的封装结构", date(2021, 2, 2), date(2021, 10, 8)),
        row(
            "202210217216",
            "茶叶杀青机温控系统",
            date(2022, 3, 7),
            date(2024, 1, 23),
            许可使用费方式="其他",
            其他标准="面议",
            其他约定事项="本技术国内领先，欢迎洽谈。",
        ),
        row("201910055850", "抗冻融再生混凝土及其施工方法", date(2018, 12, 20), date(2021, 7, 6)),
    ]


def faulty_rows() -> list[dict[str, Any]]:
    """Rows for which a bureau sends papers back; the last is no case at all."""
    right = number("202010894484")
    wrong = right[:-1] + ("5" if right[-1] != "5" else "6")
    return [
        row("202010894484", "中药饮片图像识别方法及系统", date(2020, 8, 31), date(2023, 6, 9))
        | {"专利号": wrong},
        row(
            "202120813801",
            "污泥低温干化设备",
            date(2021, 4, 20),
            date(2021, 11, 30),
            许可期限届满日="2031-12-31",
            评价报告="有",
        ),
        row(
            "202210733118",
            "一种可降解地膜",
            date(2022, 6, 27),
            date(2024, 5, 14),
            许可期限届满日="2030年2月30日",
        ),
        row(
            "202110104729",
            "莲藕采收机的柔性夹持机构及采收方法",
            date(2021, 1, 26),
            date(2022, 9, 20),
            入门费=10000,
        ),
        row(
            "202010136533",
            "基于区块链的知识产权存证与溯源方法",
            date(2020, 3, 2),
            date(2022, 11, 15),
            质押情况="已质押",
        ),
        row(
            "202110975167",
            "一种高比能锂硫电池正极材料",
            date(2021, 8, 24),
            date(2023, 4, 7),
            许可他人情况="已许可他人",
            许可他人时间="2024年1月起五年",
            许可他人范围="全国（独占许可）",
        ),
        row(
            "202110620631",
            "",
            date(2021, 6, 3),
            date(2023, 7, 25),
            许可使用费方式="入门费加提成",
            入门费=20000,
            提成比例="120%",
            联系地址=None,
            邮编="4300",
        ),
        row(
            "202120943363",
            "水稻秸秆连续热解炭化装置",
            date(2021, 4, 30),
            date(2021, 12, 7),
            评价报告="有",
        ),
        row("202110733220", "一种磁流变阻尼器", date(2021, 6, 30), date(2023, 9, 1))
        | {"专利号": "CN113483051B"},
        dict.fromkeys(("收件人",), "王示例"),
    ]


def main() -> None:
    """Write the workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "专利清单"
    sheet.append(HEADERS)
    for answers in [*good_rows(), *pending_rows(), *faulty_rows()]:
        sheet.append([answers.get(header) for header in HEADERS])
    for column, header in enumerate(HEADERS, start=1):
        cell = sheet.cell(1, column)
        cell.font = Font(name="微软雅黑", bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EEF7")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        wide = header in ("发明创造名称", "专利权人", "其他约定事项", "联系地址", "其他标准")
        sheet.column_dimensions[get_column_letter(column)].width = 36 if wide else 16
    sheet.freeze_panes = "B2"
    book.save(TARGET)
    print(TARGET.relative_to(ROOT))


if __name__ == "__main__":
    main()
