"""Lines about a child nobody knows say what each is about; the leader named is the unit's own."""

from datetime import timedelta

import sqlalchemy as sa

from dubu_plugin.store.tables import employees, post_items
from dubu_plugin.testing.ordinary_day import Day
from tests.web.conftest import Asking


def test_lines_about_unknown_children_differ_in_more_than_the_hour(
    asking: Asking, day: Day
) -> None:
    at = day.town.now - timedelta(hours=1)
    day.town.underretning(
        "Hun er her sjældent.", received_at=at, underretter="2", organisation="Demoskolen",
        concerns=("3",),
    )  # fmt: skip
    day.town.underretning(
        "Der råbes om natten.", received_at=at, underretter="13", organisation=None, name=None,
        concerns=("13",),
    )  # fmt: skip
    html = asking().get("/dubu/min-dag").text.replace("\xa0", " ")
    assert "Underretning fra Demoskolen: skole- og uddannelsesproblemer" in html
    assert "Underretning fra familie eller bekendte: højt konfliktniveau" in html
    assert "Underretning fra en anonym underretter" in html


def test_the_leader_who_sees_it_is_the_units_own(asking: Asking, day: Day) -> None:
    for key, name, unit in (("aage", "Aage Testleder", "nord"), ("ulla", "Ulla Testleder", None)):
        day.town.insert(
            employees, key=key, login=key, name=name, unit=unit or "modtagelse",
            roles="teamleder", title="teamleder", active=True, seen_at=day.town.now,
        )  # fmt: skip
    html = asking().get(f"/dubu/indgang/{day.alma_underretning}").text
    box = html.partition('id="flere"')[2].partition("</section>")[0]
    assert "Ulla Testleder" in box
    assert "Aage Testleder" not in box
    assert "Henrik" not in box


def page_of(asking: Asking, day: Day, text: str) -> str:
    """Return the page of what came in a mail from an address and nothing else."""
    mail = (
        "From: a@b.example\r\nSubject: Underretning\r\nMessage-ID: <bar@b.example>\r\n"
        "Date: Mon, 02 Mar 2026 09:00:00 +0100\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    )
    files = {"filer": ("mail.eml", mail.encode(), "message/rfc822")}
    asking().post("/dubu/indgang", files=files)
    with day.town.product.store.read() as connection:
        number = connection.scalar(
            sa.select(post_items.c.underretning_id).where(post_items.c.sender == "a@b.example")
        )
    return asking().get(f"/dubu/indgang/{number}").text


def test_a_mail_from_a_bare_address_does_not_say_that_there_is_no_contact(
    asking: Asking, day: Day
) -> None:
    page = page_of(asking, day, "Vi er bekymrede for Bo Testrup.")
    assert "navn og kontakt ikke oplyst" not in page
    assert "navn ikke oplyst, a@b.example" in page
    assert "Vil være anonym" not in page


def test_a_wish_to_be_anonymous_is_said_at_the_top(asking: Asking, day: Day) -> None:
    page = page_of(asking, day, "Jeg er bekymret for Bo Testrup. Jeg vil gerne være anonym.")
    assert "Der står i teksten, at underretteren vil være anonym" in page
