"""The morning mail, through a real mail server: once a person and day, and nobody named in it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.delivery.worker import deliver_once
from dubu_plugin.domain.intake import Status
from dubu_plugin.ports.post import Channel
from dubu_plugin.store.min_dag import morgenmail
from dubu_plugin.store.tables import frister, underretninger, ventegrunde
from dubu_plugin.store.tables import genvurderinger as genvurderinger_table
from dubu_plugin.store.underretning import genvurderinger
from dubu_plugin.testing.fake_ports import HENRIK, KAREN, METTE, STAFF
from dubu_plugin.usecases.min_dag.absence import set_absence
from dubu_plugin.usecases.min_dag.choose_mail import choose_mail
from dubu_plugin.usecases.min_dag.plan_digests import plan_digests
from dubu_plugin.usecases.underretning.receive import Incoming, Receipt, receive

from .morning import MONDAY, House, to

WORKERS = ("karen", "mette", "anders", "henrik")


def test_it_says_what_and_when_by_initials_with_a_link(house: House) -> None:
    house.underretning()
    (mail,) = [mail for mail in house.morning() if to([mail]) == [KAREN]]
    text = mail.get_content().replace("\r\n", "\n")
    assert mail["Subject"] == "Min dag 2. marts 2026"
    assert "OVERSKREDET\n* 2. marts kl. 01.30 (i dag): 24-timers vurdering (§ 136) – A.T.\n" in text
    assert "https://barn.example/dubu/" in text
    assert mail["Auto-Submitted"] == "auto-generated"


def test_no_name_number_or_text_of_a_citizen_is_in_it(house: House) -> None:
    house.underretning()
    for mail in house.morning():
        for secret in ("Alma", "Testvad", "031216", "4994", "Hemmelig", "Tove"):
            assert secret not in mail.as_string() + mail.get_content()


def test_of_a_protected_case_there_are_no_initials(house: House) -> None:
    house.underretning(protected=True)
    mails = house.morning()
    assert mails
    assert all("A.T." not in mail.get_content() for mail in mails)


def test_a_leader_hears_of_the_overdue_of_the_unit_and_not_of_the_rest(house: House) -> None:
    house.underretning()
    later = house.town.person("Viggo Prøvesen", born=date(2019, 4, 3))
    house.town.underretning(
        "Ny", child=later, responsible=KAREN, received_at=house.town.now - timedelta(minutes=5)
    )
    with house.town.product.store.add() as connection:
        week = house.town.now + timedelta(days=7)
        of_later = frister.c.person_id == later
        connection.execute(sa.update(frister).where(of_later).values(due=week, warn=week))
    (mail,) = [mail for mail in house.morning() if to([mail]) == [HENRIK]]
    assert "A.T. (hos Karen Demotoft)" in mail.get_content()
    assert "V.P." not in mail.get_content()


@pytest.mark.parametrize("protected", [False, True])
def test_who_is_asked_to_take_part_in_a_genvurdering_hears_of_it_until_it_is_answered(
    protected: bool, house: House
) -> None:
    number = house.underretning(protected=protected)
    with house.product.store.add() as connection:
        genvurderinger.add(connection, number, METTE, by=KAREN, now=house.town.now)
        connection.execute(sa.update(underretninger).values(responsible=METTE))
        connection.execute(sa.update(frister).values(state="opfyldt"))
    text = {to([mail])[0]: mail.get_content().replace("\r\n", "\n") for mail in house.morning()}
    child = "" if protected else " – A.T."
    line = f"* Genvurdering (§ 137){child}: Karen Demotoft spørger, om du vil deltage\n"
    assert f"SPØRGSMÅL\n{line}" in text[METTE]
    assert f"  https://barn.example/dubu/indgang/{number}/genvurdering" in text[METTE]
    assert KAREN not in text, "there is nothing else to say, so only the question makes a mail"
    with house.product.store.add() as connection:
        connection.execute(sa.update(genvurderinger_table).values(state="afslaaet"))
        connection.execute(sa.update(underretninger).values(responsible=KAREN))
    house.town.now += timedelta(days=1)
    text = {to([mail])[0]: mail.get_content().replace("\r\n", "\n") for mail in house.morning()}
    assert "Mette Testgaard har sagt nej. Spørg en anden" in text[KAREN]
    assert METTE not in text


def test_who_stands_in_for_a_leader_hears_of_the_unit(house: House) -> None:
    house.underretning()
    day = date(2026, 3, 2)
    set_absence(
        HENRIK, day, day, METTE, product=house.product, asker=house.asker(HENRIK),
        now=house.town.now,
    )  # fmt: skip
    text = {to([mail])[0]: mail.get_content() for mail in house.morning()}
    assert HENRIK not in text
    assert "I den enhed, som Henrik Prøveholm leder, er det her overskredet" in text[METTE]
    assert "A.T. (hos Karen Demotoft)" in text[METTE]


def test_a_leader_hears_of_today_only_where_nobody_has_it(house: House) -> None:
    soon = house.town.now - timedelta(hours=20)
    taken = house.town.person("Viggo Prøvesen", born=date(2019, 4, 3))
    house.town.underretning("Ny", child=taken, responsible=KAREN, received_at=soon)
    assert to(house.morning()) == [KAREN]
    house.town.now += timedelta(days=1)
    soon = house.town.now - timedelta(hours=20)
    house.town.underretning("Ny", child=taken, unit="modtagelse", received_at=soon)
    text = {to([mail])[0]: mail.get_content() for mail in house.morning()}
    assert "ingen har taget" in text[HENRIK]


def test_an_hour_deadline_of_tomorrow_morning_says_its_hour_and_its_heading_the_morning(
    house: House,
) -> None:
    child = house.town.person("Viggo Prøvesen", born=date(2019, 4, 3))
    soon = house.town.now - timedelta(minutes=5)
    house.town.underretning("Ny", received_at=soon, child=child, responsible=KAREN)
    (mail,) = house.morning()
    text = mail.get_content().replace("\r\n", "\n")
    assert (
        "I DAG OG NÆSTE HVERDAGS MORGEN\n* 3. marts kl. 07.25 (i morgen): 24-timers vurdering"
        in text
    )


def test_nothing_to_say_is_no_mail(house: House) -> None:
    assert house.morning() == []
    assert {row.result for row in house.rows()} == {"intet"}


def test_it_comes_once_a_day_whatever_happens_to_the_clock(house: House) -> None:
    house.underretning()
    assert to(house.morning()) == [HENRIK, KAREN]
    for hours in (1, -1, -24 * 3, 24 * 3):
        house.town.now += timedelta(hours=hours)
        assert house.morning() == []
    house.town.now = MONDAY + timedelta(days=1)
    assert to(house.morning()) == [HENRIK, KAREN]


def test_a_kill_between_planning_and_sending_sends_one(house: House) -> None:
    house.underretning()
    plan_digests(house.product, house.town.now)
    # The process ends here; the next one starts with what is stored.
    plan_digests(house.product, house.town.now)
    assert len(house.rows()) == len(WORKERS)
    assert to(house.morning()) == [HENRIK, KAREN]


@pytest.mark.parametrize(
    "moment",
    [MONDAY - timedelta(hours=1), MONDAY + timedelta(hours=6), MONDAY - timedelta(days=1)],
    ids=["before seven", "after noon", "a Sunday"],
)
def test_it_has_its_hour_of_a_working_day(house: House, moment: datetime) -> None:
    house.underretning()
    house.town.now = moment
    assert house.morning() == []


def test_who_said_no_gets_none_and_can_say_yes_again(house: House) -> None:
    house.underretning()
    act = {"product": house.product, "asker": house.asker(KAREN), "now": house.town.now}
    choose_mail(wanted=False, **act)
    assert to(house.morning()) == [HENRIK]
    choose_mail(wanted=True, **act)
    house.town.now += timedelta(days=1)
    assert to(house.morning()) == [HENRIK, KAREN]


def test_who_is_away_gets_none_and_the_substitute_does(house: House) -> None:
    house.underretning()
    day = date(2026, 3, 2)
    set_absence(
        KAREN, day, day, "mette", product=house.product, asker=house.asker(KAREN),
        now=house.town.now,
    )  # fmt: skip
    mails = house.morning()
    assert to(mails) == [HENRIK, "mette"]
    (mette,) = [mail for mail in mails if to([mail]) == ["mette"]]
    assert "(for Karen Demotoft)" in mette.get_content()


def test_an_address_that_takes_no_mail_is_remembered_and_left_alone(house: House) -> None:
    house.underretning(responsible="karen", unit="nord")
    house.server.planned["RCPT"] = "550 no such user"
    plan_digests(house.product, house.town.now)
    deliver_once(house.product, house.town.now)
    with house.product.store.read() as connection:
        returned = [one.employee for one in morgenmail.readers(connection) if one.returned]
    assert len(returned) == 1
    house.town.now += timedelta(days=1)
    assert returned[0] not in to(house.morning())
    with house.product.store.read() as connection:
        known = morgenmail.reader(connection, returned[0])
    assert known is not None
    house.know([replace(one, email=f"ny-{one.key}@proevestrup.example") for one in STAFF])
    house.town.now += timedelta(days=1)
    assert f"ny-{returned[0]}" in to(house.morning())


def test_a_lost_receipt_sends_nothing_again(house: House) -> None:
    house.underretning()
    house.server.planned["DATA"] = "lost"
    assert to(house.morning()) == [HENRIK, KAREN]
    assert "usikker" in {row.result for row in house.rows()}
    assert house.morning() == []


def test_a_server_that_is_down_is_asked_again_until_the_day_is_over(house: House) -> None:
    house.underretning()
    house.server.planned["RCPT"] = "451 come again"
    assert len(house.morning()) == 1
    house.town.now += timedelta(hours=1)
    assert len(house.morning()) == 1
    house.server.planned["RCPT"] = "451 come again"
    house.town.now = MONDAY + timedelta(days=1)
    assert len(house.morning()) == 1
    house.town.now = MONDAY + timedelta(days=6)  # a Sunday: yesterday's is no longer true
    assert house.morning() == []
    assert "for_sent" in {row.result for row in house.rows()}


def test_who_lacks_an_address_or_a_unit_is_told_of_and_stops_nobody(house: House) -> None:
    house.underretning()
    people = [replace(one, email=f"{one.key}@proevestrup.example") for one in STAFF]
    people[1] = replace(people[1], email=None)
    people[2] = replace(people[2], unit=None)
    house.know(people)
    assert to(house.morning()) == [HENRIK, KAREN]
    with house.product.store.read() as connection:
        lacking = [one.employee for one in morgenmail.readers(connection) if not one.gets_mail]
    assert sorted(lacking) == ["anders", "mette"]


def bounce(mail: Any, action: str = "failed") -> bytes:
    """Return what a mail server sends back for a mail (RFC 3464), with all of the mail in it."""
    report = MIMEMultipart("report", report_type="delivery-status")
    report["From"] = "Mail Delivery System <MAILER-DAEMON@proevestrup.example>"
    report["To"] = str(mail["From"])
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Message-ID"] = "<retur-7@proevestrup.example>"
    report["Auto-Submitted"] = "auto-replied"
    report.attach(MIMEText("Mailen kunne ikke leveres.", "plain", "utf-8"))
    server, recipient = Message(), Message()
    server["Reporting-MTA"] = "dns; mail.proevestrup.example"
    recipient["Final-Recipient"] = f"rfc822; {mail['To']}"
    recipient["Action"] = action
    recipient["Status"] = "5.1.1"
    status = Message()
    status["Content-Type"] = "message/delivery-status"
    status.set_payload([server, recipient])
    report.attach(status)
    report.attach(MIMEMessage(message_from_bytes(mail.as_bytes())))
    return report.as_bytes()


def came_in(house: House, raw: bytes) -> Receipt:
    item = Incoming(raw, "retur.eml", Channel.EMAIL, house.town.now, "post-7")
    return receive(item, product=house.product, actor="system", now=house.town.now)


def unreached(house: House) -> list[str]:
    with house.product.store.read() as connection:
        return [one.employee for one in morgenmail.readers(connection) if one.returned]


def underretninger_in(house: House) -> int:
    with house.product.store.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(underretninger)) or 0


def test_a_mail_that_comes_back_later_stops_the_next_and_is_no_underretning(house: House) -> None:
    house.underretning()
    (mail,) = [mail for mail in house.morning() if to([mail]) == [KAREN]]
    before = underretninger_in(house)
    receipt = came_in(house, bounce(mail))
    assert receipt.underretning is None
    assert receipt.status is Status.REGISTERED, "nobody has to look at it"
    assert underretninger_in(house) == before
    assert unreached(house) == [KAREN]
    house.town.now += timedelta(days=1)
    assert KAREN not in to(house.morning())


def test_a_delay_or_an_address_put_right_since_stops_nothing(house: House) -> None:
    house.underretning()
    (mail,) = [mail for mail in house.morning() if to([mail]) == [KAREN]]
    assert came_in(house, bounce(mail, "delayed")).underretning is None
    assert unreached(house) == []
    house.know([replace(one, email=f"{one.key}.ny@proevestrup.example") for one in STAFF])
    came_in(house, bounce(mail))
    assert unreached(house) == []


def test_one_that_names_no_mail_of_ours_is_taken_in_as_other_post(house: House) -> None:
    house.underretning()
    (mail,) = [mail for mail in house.morning() if to([mail]) == [KAREN]]
    del mail["Message-ID"]
    mail["Message-ID"] = f"<morgenmail.{uuid4()}@proevestrup.example>"
    assert came_in(house, bounce(mail)).underretning is None
    assert unreached(house) == []


def test_a_leader_hears_of_what_will_hardly_be_kept_and_why(house: House) -> None:
    house.underretning(responsible="mette", received_at=house.town.now)
    with house.product.store.write(actor="system", now=house.town.now) as work:
        found = work.connection.execute(sa.select(frister).limit(1)).one()
        work.connection.execute(sa.delete(frister).where(frister.c.id != found.id))
        work.connection.execute(
            sa.update(frister).values(
                rule="BFU-4M", due=MONDAY + timedelta(days=30), warn=MONDAY, severity="lov"
            )
        )
        for what in ("skoleudtalelse", "laege"):
            work.connection.execute(
                sa.insert(ventegrunde).values(
                    id=uuid4(), frist_id=found.id, what=what, asked_at=MONDAY,
                    asked_of="Hemmelig skole",
                    expected_at=date(2026, 4, 20), by="mette",
                )
            )  # fmt: skip
    (mail,) = [mail for mail in house.morning() if to([mail]) == [HENRIK]]
    text = mail.get_content().replace("\r\n", "\n")
    assert "NÅS NÆPPE\n* 1. april: Børnefaglig undersøgelse (§ 20) – A.T. (hos Mette" in text
    assert "\n  Når ikke de 4 måneder: to udtalelser mangler, den sidste lovet 20. april\n" in text
    assert "Testvad" not in text
    assert "Hemmelig skole" not in text, "whom somebody asked is text somebody wrote"


def test_what_nobody_has_taken_is_one_line_of_the_mail(house: House) -> None:
    for name in ("Viggo Prøvesen", "Sofus Prøvesen", "Liva Prøvesen"):
        child = house.town.person(name, born=date(2019, 4, 3))
        house.town.underretning("Ny", child=child, unit="modtagelse")
    text = next(one for one in house.morning() if to([one]) == [KAREN]).get_content()
    assert text.count("3 underretninger har ingen taget") == 1
    assert "https://barn.example/dubu/min-dag?kun=ingens" in text
    assert "Prøvesen" not in text
    assert "V.P." not in text
