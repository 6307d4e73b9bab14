"""Tooltips of what others wrote: shown as it is written, never as markup.

Qt takes a tooltip that looks like HTML for HTML, and would fetch the pictures it names.
"""


def plain_tip(text: str) -> str:
    """Return a tooltip that shows a text letter for letter."""
    if "<" not in text and "&lt;" not in text:  # by these Qt tells; its own test PySide lacks
        return text
    from html import escape  # slow to load, and seldom wanted

    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"
