"""What is an ansøgning and an underretning at once is answered, and assessed within 24 hours."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from dubu_plugin.domain.underretning import Henvendelse, NaesteSkridt
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.tables import frister
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import GOOD, TEXT, Reception
from dubu_plugin.usecases.underretning import reregister as re_registering
from dubu_plugin.usecases.underretning.register_both import register_both
from dubu_plugin.usecases.underretning.reregister import reregister

PLAIN = "Jeg søger aflastning til Emil."
DANGER = "Vi søger aflastning. Hendes bror tager kvælertag på hende."


def hand_in(reception: Reception, text: str, subject: str = "Ansøgning om aflastning") -> UUID:
    receipt = reception.receive(made_post.eml(text, subject=subject))
    assert receipt.underretning is not None
    return receipt.underretning


def running(reception: Reception, number: UUID) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for row in reception.rows(frister, underretning_id=number, state="aaben"):
        found.setdefault(row.rule, []).append(row.due)
    return found


def both(reception: Reception, number: UUID, reason: str = "Begge dele.") -> None:
    register_both(number, reason, version=reception.about(number).version, **reception.by())


def test_an_application_that_is_an_underretning_too_keeps_its_answer(reception: Reception) -> None:
    number = hand_in(reception, PLAIN)
    answer = running(reception, number)["LOKALFRIST"]
    reception.town.now += timedelta(hours=3)
    both(reception, number)
    about = reception.about(number)
    assert (about.henvendelse, about.state) == (Henvendelse.UNDERRETNING, "ny")
    open_ = running(reception, number)
    assert open_["LOKALFRIST"] == answer, "the family is answered by the same day"
    assert open_["UND-24T"] == [about.received_at + timedelta(hours=24)]
    assert len(open_["SCR"]) == 1
    assert "bortfaldet" not in reception.deadlines(number).values()


def test_an_application_that_tells_of_danger_comes_in_with_both_clocks(
    reception: Reception,
) -> None:
    number = hand_in(reception, DANGER)
    assert reception.about(number).henvendelse is Henvendelse.UNDERRETNING
    assert {"LOKALFRIST", "UND-24T"} <= set(running(reception, number))


def test_an_underretning_that_asks_for_support_too_gets_a_day_to_answer_by(
    reception: Reception,
) -> None:
    number = hand_in(reception, DANGER, "Underretning")
    before = running(reception, number)
    assert "LOKALFRIST" not in before
    both(reception, number)
    after = running(reception, number)
    assert set(after) == {*before, "LOKALFRIST", "SCR"}
    assert after["UND-24T"] == before["UND-24T"]


def test_it_can_be_said_to_be_an_underretning_alone(reception: Reception) -> None:
    number = hand_in(reception, DANGER)
    version = reception.about(number).version
    reregister(number, Henvendelse.UNDERRETNING, "Intet søges.", version=version, **reception.by())
    open_ = running(reception, number)
    assert "LOKALFRIST" not in open_
    assert open_["UND-24T"] == [reception.about(number).received_at + timedelta(hours=24)]


@pytest.mark.parametrize(
    ("text", "reason", "error"),
    [
        (PLAIN, " ", re_registering.ReasonMissing),
        (DANGER, "Begge dele.", re_registering.SameAsBefore),
    ],
)
def test_without_a_reason_or_where_it_is_both_already_nothing_is_changed(
    reception: Reception, text: str, reason: str, error: type[CaseworkError]
) -> None:
    number = hand_in(reception, text)
    before = running(reception, number)
    with pytest.raises(error):
        both(reception, number, reason)
    assert running(reception, number) == before


def test_the_answer_is_owed_on_the_case_after_the_assessment(reception: Reception) -> None:
    number = reception.registered(made_post.eml(TEXT, subject="Ansøgning om aflastning"))
    if "LOKALFRIST" not in running(reception, number):
        both(reception, number)
    (answer,) = running(reception, number)["LOKALFRIST"]
    reception.save(number, replace(GOOD, next_step=NaesteSkridt.BFU), kvittering=True)
    reception.deliver()
    rows = reception.rows(frister, underretning_id=number, rule="LOKALFRIST", state="aaben")
    assert [(row.due, row.sag_id) for row in rows] == [(answer, reception.about(number).sag_id)]
    assert rows[0].sag_id is not None, "a decision on the case answers it"
