"""Settings: with the program or with the data; a bad value falls back, and is told."""

from pathlib import Path

import pytest

from desktop.desk.desk import Desk
from desktop.installed.settings import SETTINGS, Settings
from desktop.parts.theme.tokens import DARK, LIGHT, tokens


def test_what_is_set_is_there_after_a_new_start(tmp_path: Path) -> None:
    file = tmp_path / "配置" / "settings.toml"
    Settings(file).set("data_folder", 'D:\\"资料"\\开放许可')
    assert Settings(file).text("data_folder") == 'D:\\"资料"\\开放许可'
    assert Settings(file).text("theme") == "system"


def test_two_windows_take_none_of_each_other_s_settings_back(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    one, other = Settings(file), Settings(file)
    one.set("data_folder", "D:\\资料")
    other.set("theme", "dark")
    one.set("scale", "125")
    anew = Settings(file)
    assert [anew.text(key) for key in ("data_folder", "theme", "scale")] == [
        "D:\\资料",
        "dark",
        "125",
    ]


def test_bad_values_fall_back_and_are_told_together(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('theme = "purple"\nscale = 3\nunknown = 1\n', encoding="utf-8")
    settings = Settings(file)
    assert (settings.text("theme"), settings.text("scale")) == ("system", "system")
    assert settings.take_faults() == ["theme", "scale"]
    assert settings.take_faults() == []


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe\x00", b""])
def test_a_spoilt_file_is_as_good_as_none(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    settings = Settings(file)
    assert settings.text("theme") == "system"
    assert settings.take_faults() == (["settings.toml"] if content else [])
    settings.set("theme", "dark")
    assert Settings(file).text("theme") == "dark"


def test_what_belongs_to_the_data_lies_with_the_data(desk: Desk) -> None:
    desk.settings.set("started", True)
    desk.settings.set("pack", "hubei-2022")
    desk.settings.set("backup.keep", 12)
    desk.settings.set("backup.second_place", str(desk.store.path.parent))
    assert desk.store.settings.get("started") == "true"
    assert (desk.store.backups.keep, desk.store.backups.second_place) == (
        12,
        desk.store.path.parent,
    )
    assert desk.settings.flag("started")
    assert desk.settings.number("backup.keep") == 12


def test_a_spoilt_value_of_the_data_falls_back(desk: Desk) -> None:
    desk.store.settings.put("backup.keep", "viele")
    desk.store.settings.put("started", "maybe")
    kept = next(one.default for one in SETTINGS if one.key == "backup.keep")
    assert desk.settings.number("backup.keep") == kept
    assert not desk.settings.flag("started")
    assert desk.settings.take_faults() == ["backup.keep", "started"]


@pytest.mark.parametrize(
    ("key", "value"), [("theme", "purple"), ("backup.keep", 0), ("backup.keep", True)]
)
def test_a_value_out_of_place_is_refused(key: str, value: str | int, desk: Desk) -> None:
    with pytest.raises(ValueError):
        desk.settings.set(key, value)


def test_settings_of_the_data_need_the_data(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.toml")
    assert settings.flag("started") is False
    with pytest.raises(ValueError):
        settings.set("started", True)
    with pytest.raises(KeyError):
        settings.value("nothing")


def test_a_change_is_heard_and_worn(desk: Desk) -> None:
    heard: list[str] = []
    desk.settings.changed.connect(heard.append)
    desk.settings.set("theme", "dark")
    assert tokens() is DARK
    desk.settings.set("theme", "light")
    assert tokens() is LIGHT
    assert heard == ["theme", "theme"]


def test_an_office_may_say_something_instead_of_its_pack(desk: Desk) -> None:
    heard: list[int] = []
    desk.pack_changed.connect(lambda: heard.append(1))
    issued = desk.issued_pack.submission
    desk.settings.set_pack_parameter(desk.issued_pack, "address", "kfxk@example.gov.cn")
    desk.settings.set_pack_parameter(desk.issued_pack, "size_limit_mb", "5")
    kind = issued.deadlines[0].office_kind
    desk.settings.set_pack_parameter(desk.issued_pack, f"deadline.{kind}", "2026-12-31")
    ours = desk.pack.submission
    assert (ours.address, ours.size_limit_mb) == ("kfxk@example.gov.cn", 5)
    assert ours.deadlines[0].day.isoformat() == "2026-12-31"
    assert len(heard) == 3
    for name in ("address", "size_limit_mb", f"deadline.{kind}"):
        desk.settings.set_pack_parameter(desk.issued_pack, name, "")
    assert desk.pack.submission == issued
