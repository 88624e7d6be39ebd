"""What came from outside is handed out as it came, and never so that a browser runs it."""

from collections.abc import Callable
from typing import Any, TypeAlias
from urllib.parse import unquote

import pytest

from dubu_plugin.testing.ordinary_day import ALMA_TEXT, Day

Asking: TypeAlias = Callable[..., Any]


def underretning(day: Day, *attachments: tuple[str, str, bytes | None, str]) -> str:
    number = day.town.underretning("En bekymring.", attachments=attachments)
    return f"/dubu/indgang/{number}"


def test_the_original_is_the_bytes_that_came(looking: Asking, standing_day: Day) -> None:
    answer = looking().get(f"/dubu/indgang/{standing_day.alma_underretning}/original")
    words = " ".join(ALMA_TEXT.split()[:6])
    assert words in answer.content.decode()
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["content-length"] == str(len(answer.content))


@pytest.mark.parametrize(
    ("media_type", "served"),
    [
        ("application/pdf", "application/pdf"),
        ("text/html", "application/octet-stream"),
        ("image/svg+xml", "application/octet-stream"),
        ("application/xhtml+xml", "application/octet-stream"),
        ("text/javascript", "application/octet-stream"),
    ],
)
def test_a_type_a_browser_runs_is_not_named(
    media_type: str, served: str, asking: Asking, day: Day
) -> None:
    address = underretning(day, ("side.html", media_type, b"<script>1</script>", "laest"))
    answer = asking().get(f"{address}/fil/0")
    assert answer.headers["content-type"].split(";")[0] == served
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_a_name_cannot_break_out_of_its_header(asking: Asking, day: Day) -> None:
    name = 'æ"; filename=x.exe\r\nSet-Cookie: a=b'
    address = underretning(day, (name, "application/pdf", b"%PDF", "laest"))
    answer = asking().get(f"{address}/fil/0")
    told = answer.headers["content-disposition"]
    assert unquote(told.partition("''")[2]) == name
    assert "set-cookie" not in answer.headers


def test_a_program_is_not_handed_out(asking: Asking, day: Day) -> None:
    address = underretning(day, ("setup.exe", "application/octet-stream", b"MZ", "farlig"))
    assert asking().get(f"{address}/fil/0").status_code == 404
    assert "fil/0" not in asking().get(address).text


def test_a_file_that_was_not_taken_out_is_not_there(asking: Asking, day: Day) -> None:
    address = underretning(day, ("Film.mov", "video/quicktime", None, "for_stor"))
    assert asking().get(f"{address}/fil/0").status_code == 404
    assert asking().get(f"{address}/fil/1").status_code == 404


def test_an_original_with_a_program_inside_is_handed_out_behind_a_warning_alone(
    asking: Asking, day: Day
) -> None:
    address = underretning(day, ("setup.exe", "application/octet-stream", b"MZ", "farlig"))
    ask = asking()
    warned = ask.get(f"{address}/original")
    assert warned.headers["content-type"].startswith("text/html")
    assert "setup.exe" in warned.text
    assert "content-disposition" not in warned.headers
    assert f'href="{address}/original?hent=ja"' in warned.text
    fetched = ask.get(f"{address}/original?hent=ja")
    told = fetched.headers["content-disposition"]
    assert unquote(told.partition("''")[2]) == "original.bin"
    assert fetched.headers["content-type"] == "application/octet-stream"
    assert f'{address}/original" download' not in ask.get(address).text
