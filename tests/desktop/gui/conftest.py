"""Seat a clerk at the window, offscreen; where Qt can not be loaded these tests are left out."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

try:
    from PySide6 import QtWidgets
except ImportError:
    collect_ignore_glob = ["test_*.py"]
else:
    from tests.desktop.gui.seat import (
        clipboard_emptied,
        collected,
        data_made,
        desk,
        desk_data,
        fonts_first,
        notices_stay,
        pack,
        qapp_args,
        qtbot,
        refused,
        sample_desk,
        settings,
        theme,
        told,
        window,
    )

    __all__ = [
        "QtWidgets",
        "clipboard_emptied",
        "collected",
        "data_made",
        "desk",
        "desk_data",
        "fonts_first",
        "notices_stay",
        "pack",
        "qapp_args",
        "qtbot",
        "refused",
        "sample_desk",
        "settings",
        "theme",
        "told",
        "window",
    ]
