"""What is chosen to be the answer to something is called what it was, however often put right."""

from datetime import timedelta

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.deadlines.answering import requests
from dubu_plugin.usecases.frist.correct_anchor import correct_anchor
from dubu_plugin.usecases.frist.standing import Place
from dubu_plugin.usecases.sag.record_event import foresee

from .desk import INDSATS, Desk


def test_a_request_whose_start_was_put_right_is_still_what_was_asked(desk: Desk) -> None:
    now = desk.town.now
    desk.say(H.MAGT_ANVENDT, now - timedelta(days=2))
    desk.say(H.MAGT_ANVENDT, now - timedelta(days=1))
    place = Place("sag", desk.sag)
    for hours in (3, 5):
        older = min(desk.rows("MAGT-72"), key=lambda row: (row.state != "aaben", row.anchor_at))
        right = older.anchor_at - timedelta(hours=hours)
        correct_anchor(older.id, place, right, "Skrevet forkert.", **desk.act())
    with desk.town.product.store.read() as connection:
        found = requests(
            connection, desk.town.product.store.rules, desk.sag, H.MAGTANVENDELSE_REGISTRERET
        )
    assert [one.what for one in found] == [H.MAGT_ANVENDT, H.MAGT_ANVENDT]
    desk.say(H.MAGTANVENDELSE_REGISTRERET, answer_to=str(found[0].id))
    assert len([row for row in desk.rows("MAGT-72") if row.state == "opfyldt"]) == 1


def test_an_older_opfoelgning_is_not_foreseen_to_move_the_day_agreed_since(desk: Desk) -> None:
    now = desk.town.now
    desk.say(H.INDSATS_IVAERKSAT, now - timedelta(days=60), answers=INDSATS)
    desk.say(
        H.OPFOELGNING_AFHOLDT, now - timedelta(days=2), answers={"naeste_opfoelgning": "2027-02-01"}
    )
    older = desk.note(
        H.OPFOELGNING_AFHOLDT,
        now - timedelta(days=20),
        answers={"naeste_opfoelgning": "2027-10-01"},
    )
    assert not foresee(desk.sag, older, **desk.act())
