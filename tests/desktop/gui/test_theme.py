"""The theme: contrast, palette, style sheet, icons, chips, type."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from desktop.desk.desk import Desk
from desktop.installed.screen_texts import t
from desktop.parts.theme import chips, icons, painted, style, type
from desktop.parts.theme.palette import palette
from desktop.parts.theme.theme import Theme
from desktop.parts.theme.tokens import DARK, LIGHT, Tokens, contrast, tokens
from forms.ground.locate import fonts_folder, resources
from tools.tint_icons import drawn

ROOT = Path(__file__).resolve().parents[3]
THEMES = pytest.mark.parametrize("theme_tokens", [LIGHT, DARK], ids=["light", "dark"])
READ_ON = [
    *((ink, ground) for ink in ("text", "text2") for ground in ("surface", "bg", "rail", "sunken")),
    *((ink, ground) for ink in ("text", "text2", "text3") for ground in ("selected", "hover")),
    *(("text3", ground) for ground in ("surface", "bg", "rail", "sunken")),
    ("text", "tint"),
    ("text2", "tint"),
    ("text2", "desk"),
    *(("accent", ground) for ground in ("surface", "bg", "rail", "sunken", "tint", "selected")),
    *(("accent", ground) for ground in ("hover", "error_tint", "pending_tint", "advice_tint")),
    ("surface", "error"),  # the badge
    ("on_accent", "accent"),
    ("on_accent", "accent_pressed"),
    *(
        (ink, ground)
        for tone in ("error", "pending", "advice", "done")
        for ink, ground in (
            *((tone, place) for place in (f"{tone}_tint", "surface", "bg", "selected")),
            ("text", f"{tone}_tint"),
            ("text2", f"{tone}_tint"),
        )
    ),
]


@THEMES
@pytest.mark.parametrize(("ink", "ground"), READ_ON)
def test_words_can_be_read(ink: str, ground: str, theme_tokens: Tokens) -> None:
    assert contrast(getattr(theme_tokens, ink), getattr(theme_tokens, ground)) >= 4.5


@THEMES
def test_the_edge_of_a_field_can_be_seen(theme_tokens: Tokens) -> None:
    assert contrast(theme_tokens.field_border, theme_tokens.surface) >= 3


@pytest.mark.parametrize(
    ("ink", "ground", "light", "dark"),
    [
        ("text", "surface", 16.2, 13.2),
        ("text", "selected", 13.7, 11.3),
        ("text3", "selected", 4.9, 4.9),
        ("accent", "surface", 7.9, 7.9),
        ("error", "error_tint", 5.9, 7.4),
        ("done", "done_tint", 6.1, 7.8),
    ],
)
def test_contrast_is_what_the_design_says(ink: str, ground: str, light: float, dark: float) -> None:
    for theme_tokens, wanted in ((LIGHT, light), (DARK, dark)):
        found = contrast(getattr(theme_tokens, ink), getattr(theme_tokens, ground))
        assert found == pytest.approx(wanted, abs=0.06)


@THEMES
def test_the_palette_leaves_no_role_to_chance(theme_tokens: Tokens) -> None:
    made = palette(theme_tokens)
    assert tokens(made) is theme_tokens
    for role in (QPalette.ColorRole.Link, QPalette.ColorRole.PlaceholderText):
        ink = made.color(role).name()
        assert contrast(ink, theme_tokens.surface) >= 4.5
    disabled = made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == QColor(theme_tokens.text3)


@THEMES
def test_the_style_sheet_is_filled_and_its_pictures_are_there(theme_tokens: Tokens) -> None:
    folder = resources()
    sheet = style.style_sheet(folder / "style.qss", theme_tokens, folder / "icons")
    assert "$" not in sheet
    for picture in re.findall(r"url\((.*?)\)", sheet):
        assert Path(picture).is_file()


@THEMES
def test_the_tinted_pictures_are_of_the_tokens(theme_tokens: Tokens) -> None:
    folder = resources() / "icons" / style.drawn_folder(theme_tokens)
    there = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.svg")}
    assert there == drawn(theme_tokens)


def test_light_and_dark_are_put_on_the_whole_program(desk: Desk, qapp: QApplication) -> None:
    heard: list[str] = []
    desk.theme.changed.connect(lambda: heard.append(desk.theme.choice))
    desk.settings.set("theme", "dark")
    assert heard == ["dark"]
    assert tokens() is DARK
    assert DARK.surface in qapp.styleSheet()
    desk.settings.set("theme", "light")
    assert tokens() is LIGHT


def test_the_system_way_is_followed(desk: Desk, qapp: QApplication) -> None:
    desk.theme.choose("system")
    assert desk.theme.tokens in (LIGHT, DARK)


def test_every_icon_that_ships_is_named_somewhere() -> None:
    words = "".join(
        file.read_text(encoding="utf-8")
        for folder in ("desktop", "tools")
        for file in (ROOT / folder).rglob("*.py")
    )
    shipped = {file.stem for file in (resources() / "icons").glob("*.svg")}
    assert sorted(name for name in shipped if f'"{name}"' not in words) == []
    assert (resources() / "icons" / "LICENSE").is_file()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_is_drawn_at_every_ratio_in_its_colour(ratio: float, theme: Theme) -> None:
    theme.choose("light")
    made = icons.pixmap("send", 20, "error", ratio)
    assert made.size() == QSize(20, 20) * ratio
    image = made.toImage()
    assert LIGHT.error.lower() in _colours(image)


def test_an_icon_knows_checked_and_disabled(theme: Theme) -> None:
    theme.choose("light")
    icon = icons.icon("send", "text2", on="accent")
    seen = {
        _darkest(icon.pixmap(QSize(32, 32), mode, state).toImage())
        for mode, state in (
            (QIcon.Mode.Normal, QIcon.State.Off),
            (QIcon.Mode.Normal, QIcon.State.On),
            (QIcon.Mode.Disabled, QIcon.State.Off),
        )
    }
    assert seen == {LIGHT.text2.lower(), LIGHT.accent.lower(), LIGHT.text3.lower()}


def test_an_icon_that_does_not_ship_is_refused(theme: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def _colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def _darkest(image: QImage) -> str:
    solid = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    ]
    return min(solid, key=lambda colour: colour.lightness()).name()


@pytest.mark.parametrize("state", list(chips.STATES))
def test_a_chip_has_icon_colour_and_word(state: str, qapp: QApplication, theme: Theme) -> None:
    theme.choose("light")
    look = chips.STATES[state]
    word = t(look.word)
    image = QImage(640, 192, QImage.Format.Format_ARGB32)
    image.fill(QColor(LIGHT.surface))
    painter = QPainter(image)
    painter.scale(4, 4)  # so that strokes are wide enough to show their full colour
    place = chips.draw_chip(painter, QRect(8, 0, 150, 48), word, look, qapp.font())
    painter.end()
    assert place.size() == chips.chip_size(qapp.font(), word)
    assert LIGHT.tone(look.tone)[0].name() in _colours(image)


def test_a_title_is_broken_into_even_lines(qapp: QApplication, theme: Theme) -> None:
    font = QFont(qapp.font())
    title = "一种桥梁拉索涡激振动的在线监测方法及系统"
    assert painted.balanced(title, font, 2000) == [title]
    two = painted.balanced(title, font, 200)
    assert "".join(two) == title
    assert abs(len(two[0]) - len(two[1])) <= 2
    cut = painted.balanced(title * 3, font, 200)
    assert len(cut) == 2
    assert cut[1].endswith("…")
    contact = "陈思远　027-8700　0000　zscq@example.edu.cn　湖北省武汉市示例区学府路1号"
    for width in range(60, 260, 20):  # wherever it breaks, what a blank parts stays apart
        assert "0000zscq" not in "|".join(painted.balanced(contact, font, width))


def test_the_system_sans_is_taken_where_it_is_good() -> None:
    assert type.chosen(["Arial", "Microsoft YaHei"]) == "Microsoft YaHei"
    assert type.chosen(["Arial", "DejaVu Sans"]) is None


def test_a_font_whose_path_qt_can_not_open_is_loaded_from_its_bytes(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []
    monkeypatch.setattr(QFontDatabase, "addApplicationFont", lambda _file: -1)
    monkeypatch.setattr(
        QFontDatabase, "addApplicationFontFromData", lambda data: given.append(len(data))
    )
    file = fonts_folder() / "NotoSansSC-Regular-8105.ttf"
    type._add.__wrapped__(file)
    assert given == [file.stat().st_size]
