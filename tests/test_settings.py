"""One file decides, and a slip in it is said in words at start-up."""

from pathlib import Path

import pytest

from dubu_plugin.errors import ConfigurationError
from dubu_plugin.settings import ENVIRONMENT, Settings


def written(folder: Path, text: str) -> Path:
    file = folder / "dubu.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_relative_database_lies_beside_the_file(tmp_path: Path) -> None:
    settings = Settings.from_file(written(tmp_path, 'database = "sqlite:///d.sqlite"'))
    assert settings.database_url == f"sqlite:///{tmp_path / 'd.sqlite'}"


def test_an_absolute_database_and_another_database_are_left_alone(tmp_path: Path) -> None:
    absolute = Settings.from_file(written(tmp_path, 'database = "sqlite:////var/d.sqlite"'))
    assert absolute.database_url == "sqlite:////var/d.sqlite"
    server = Settings.from_file(written(tmp_path, 'database = "postgresql+psycopg://h/d"'))
    assert server.database_url == "postgresql+psycopg://h/d"


def test_an_adapter_reads_its_own_section(tmp_path: Path) -> None:
    settings = Settings.from_file(written(tmp_path, '[journal]\nfiles = "f"'))
    assert settings.section("journal") == {"files": "f"}
    assert settings.section("prisme") == {}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[web]\nport = 70000", "web.port"),
        ("[intake]\nlargest = 1", "intake.largest"),
        ("training = ", "dubu.toml"),
        ("trainning = true", "»trainning«"),
    ],
)
def test_a_slip_is_named_by_file_and_place(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(ConfigurationError, match=named):
        Settings.from_file(written(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[web]\nport = "otte"', "»web.port« skal være et helt tal."),
        ("[web]\nport = 70000", "»web.port« må højst være 65535."),
        ("[web]\nport = -1", "»web.port« skal mindst være 0."),
        ("[web]\nportt = 1", "»web.portt« er ikke en indstilling; se stavningen."),
        ('[web]\nembedders = "x"', "»web.embedders« skal være en liste"),
        ("web = 3", "»web« skal være et afsnit"),
        ('training = "måske"', "»training« skal være true eller false."),
        ("database = 5", "»database« skal være en tekst i anførselstegn."),
        ("files = 5", "»files« skal være en sti i anførselstegn."),
        ("training = true\nfiles = \\", "er ikke rigtig TOML, linje 2: værdien kan ikke læses"),
        ("training = ", "er ikke rigtig TOML"),
    ],
)
def test_a_slip_is_said_in_danish_and_never_quoted(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as slip:
        Settings.from_file(written(tmp_path, text))
    assert said in str(slip.value)
    assert "Input" not in str(slip.value)


def test_a_file_that_cannot_be_read_is_said_in_danish(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="er en mappe"):
        Settings.from_file(tmp_path)
    (tmp_path / "dubu.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigurationError, match="UTF-8"):
        Settings.from_file(tmp_path / "dubu.toml")
    (tmp_path / "ring.toml").symlink_to(tmp_path / "ring.toml")
    with pytest.raises(ConfigurationError, match="kan ikke læses"):
        Settings.from_file(tmp_path / "ring.toml")


def test_without_a_file_the_sentence_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="dubu demo"):
        Settings.found(tmp_path / "none.toml")


def test_the_file_is_the_chosen_one_else_the_environments_else_the_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there, chosen = (tmp_path / name for name in ("here", "there", "chosen"))
    for folder in (here, there, chosen):
        folder.mkdir()
        written(folder, f'database = "sqlite:///{folder.name}.sqlite"')
    monkeypatch.chdir(here)
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    assert Settings.found().folder == here
    monkeypatch.setenv(ENVIRONMENT, str(there / "dubu.toml"))
    assert Settings.found().folder == there
    assert Settings.found(chosen / "dubu.toml").folder == chosen
