"""Tables line up under Chinese, and no answer drives the terminal."""

import io

import pytest

from desktop.command_line.terminal import Terminal, clipped, shown
from forms.ground.columns import width


class Watched(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(*, as_json: bool = False, watched: bool = False) -> Terminal:
    err = Watched() if watched else io.StringIO()
    return Terminal(as_json=as_json, out=io.StringIO(), err=err)


def written(one: Terminal) -> str:
    assert isinstance(one.out, io.StringIO)
    return one.out.getvalue()


def said(one: Terminal) -> str:
    assert isinstance(one.err, io.StringIO)
    return one.err.getvalue()


def test_columns_line_up() -> None:
    one = terminal()
    one.table(("名称", "no"), [("甲", "1"), ("abc", "22"), ("甲乙丙丁", "")])
    lines = written(one).splitlines()
    assert lines == ["名称      no", "甲        1", "abc       22", "甲乙丙丁"]
    one.table(("空",), [])
    assert written(one).splitlines() == lines


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("专利", 4), ("ｘ", 2), ("e\u0301", 1), ("零\u200b宽", 4)]
)
def test_width_is_what_a_terminal_gives(text: str, columns: int) -> None:
    assert width(text) == columns


def test_a_long_cell_is_cut_where_it_shows() -> None:
    assert clipped("一二三四五", 9) == "一二三四…"
    assert clipped("一二三四五", 10) == "一二三四五"
    assert clipped("a\nb", 5) == "a b"


def test_no_answer_drives_the_terminal() -> None:
    assert shown("\x1b[31m红\u202e字\n行\ud800") == "\ufffd[31m红\ufffd字\n行\ufffd"


def test_json_alone_goes_to_standard_output() -> None:
    one = terminal(as_json=True)
    one.show("结果")
    one.table(("头",), [("行",)])
    one.json({"件": 1})
    one.say("消息")
    assert written(one) == '{\n  "件": 1\n}\n'
    assert said(one) == "消息\n"
    other = terminal()
    other.json({"件": 1})
    assert written(other) == ""


def test_progress_is_told_only_to_who_watches() -> None:
    silent, watched = terminal(), terminal(watched=True)
    for one in (silent, watched):
        progress = one.progress("检查")
        progress(0, 2)
        progress(1, 2)
        one.say("中间的话")
        progress(2, 2)
    assert said(silent) == "中间的话\n"
    assert "检查 1/2" in said(watched)
    assert "检查 2/2" in said(watched)
    assert said(watched).endswith("中间的话\n")


def test_a_terminal_of_another_encoding_is_no_obstacle() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    one = Terminal(as_json=False, out=stream, err=io.StringIO())
    one.show("字")
    stream.flush()
    assert raw.getvalue() == b"\\u5b57\n"
    text = io.TextIOWrapper(io.BytesIO(), encoding="gb18030")
    assert Terminal(as_json=True, out=text, err=io.StringIO()).out.encoding == "utf-8"
