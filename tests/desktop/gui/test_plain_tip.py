"""What a stranger wrote is shown as written where the mouse rests on it."""

from PySide6.QtGui import QTextDocument

from desktop.parts.widgets.plain_tip import plain_tip


def test_markup_in_a_name_is_shown_and_no_picture_is_fetched():
    name = '<img src="file:////server/x.png"><b>大学</b>\n第二行'
    shown = QTextDocument()
    shown.setHtml(plain_tip(name))
    assert shown.toPlainText() == name
    assert plain_tip("示例大学\n甲乙") == "示例大学\n甲乙"
