"""What dubu.toml says decides whose calendar it is, and a slip is said in Danish."""

from pathlib import Path

import pytest

import dubu_kalender
from dubu_kalender import choices
from dubu_kalender.caldav_port import CalDavCalendar
from dubu_kalender.invitations import SmtpInvitations
from dubu_plugin import plugins
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.settings import Settings

ADDRESS = "https://kalender.example/{owner}/dubu/"
MAIL = {"mail_host": "smtp.example", "mail_from": "moeder@proevestrup.example"}


def told(folder: Path = Path(), **more: object) -> Settings:
    return Settings.model_validate({"folder": folder, **more})


def test_without_a_word_the_calendar_is_the_journals() -> None:
    assert dubu_kalender.provide_calendar(told()) is None
    assert dubu_kalender.provide_invitations(told()) is None
    manager = plugins.build()
    (only,) = manager.hook.provide_calendar(settings=told())
    assert type(only).__module__.startswith("dubu_journal")


def test_where_it_is_chosen_there_is_one_and_it_is_on_the_server() -> None:
    settings = told(calendar_system="kalender", kalender={"address": ADDRESS})
    (only,) = plugins.build().hook.provide_calendar(settings=settings)
    assert isinstance(only, CalDavCalendar)


def test_invitations_go_out_whichever_calendar_is_chosen_but_not_in_training() -> None:
    assert isinstance(dubu_kalender.provide_invitations(told(kalender=MAIL)), SmtpInvitations)
    assert dubu_kalender.provide_invitations(told(kalender=MAIL, training=True)) is None


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({}, "address"),
        ({"address": "https://kalender.example/dubu/"}, r"\{owner\}"),
        ({"address": "ftp://kalender.example/{owner}/"}, "address"),
        ({"address": ADDRESS, "pasword": "x"}, "pasword"),
        ({"address": ADDRESS, "password_file": "mangler"}, "mangler"),
    ],
)
def test_a_slip_in_the_section_is_said(section: dict[str, str], said: str) -> None:
    settings = told(calendar_system="kalender", kalender=section)
    with pytest.raises(ConfigurationError, match=said):
        dubu_kalender.provide_calendar(settings)


def test_a_mail_server_without_a_sender_is_said() -> None:
    with pytest.raises(ConfigurationError, match="mail_from"):
        dubu_kalender.provide_invitations(told(kalender={"mail_host": "smtp.example"}))


def test_the_password_stands_in_a_file_and_is_not_printed(tmp_path: Path) -> None:
    (tmp_path / "kode").write_text("hemmelig-test\n")
    section = {"address": ADDRESS, "password_file": "kode"}
    chosen = choices.calendar(told(tmp_path, calendar_system="kalender", kalender=section))
    assert chosen is not None
    assert chosen.password == "hemmelig-test"
    assert "hemmelig-test" not in repr(chosen)
