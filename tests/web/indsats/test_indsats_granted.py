"""What a decision was reckoned to stands on the indsats it gives, and is not asked for again."""

from decimal import Decimal
from uuid import UUID

import pytest

from dubu_plugin.domain.beregning.tabt import TabtInput, tabt
from dubu_plugin.store.afgoerelse import beregninger
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.afgoerelse.reckon import inputs_of

from .test_indsatser import Asking, begun, decided, form_of, sag

__all__ = ["sag"]


@pytest.fixture
def lost_pay(day: Day, sag: UUID) -> UUID:
    """Ten hours of lost pay are decided and reckoned on the case."""
    number = decided(day, sag, "tabt_arbejdsfortjeneste", matter="tabt")
    given = TabtInput(hours=Decimal(10), full_hours=Decimal(37), pay=Decimal(34000))
    with day.town.product.store.write(actor="karen", now=day.town.now) as work:
        made = tabt(given, day.town.product.rates, day.town.now.date())
        beregninger.keep(
            work.connection, sag, number, made, inputs_of(given), by="karen", now=day.town.now
        )
    return number


@pytest.mark.usefixtures("lost_pay")
def test_the_hours_that_were_reckoned_are_filled_in_and_the_amount_is_shown(
    asking: Asking, sag: UUID
) -> None:
    page = asking(KAREN).get(f"/dubu/sag/{sag}/indsatser/ny").text
    form = form_of(page)
    assert (form["antal"], form["per"]) == ("10", "uge")
    assert "funktionsnedsættelse, så overgangen" not in page, "the decision says it"
    page = asking(KAREN).get(begun(asking, sag)).text.replace("\u00a0", " ")
    assert "10 timer om ugen" in page
    assert "9.189,19 kr. om måneden før skat" in page


@pytest.mark.usefixtures("lost_pay")
def test_fewer_hours_than_were_granted_are_refused_in_words(asking: Asking, sag: UUID) -> None:
    new = f"/dubu/sag/{sag}/indsatser/ny"
    answer = asking(KAREN).post(new, {**form_of(asking(KAREN).get(new).text), "antal": "1"})
    assert answer.status_code == 422
    assert "bevilget 10 timer om ugen" in answer.text.replace("\u00a0", " ")
