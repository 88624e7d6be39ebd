"""A child goes back to where it lived, where the committee does not approve that it was moved
(barnets lov § 143, stk. 4)."""

import re
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.store.tables import afgoerelser
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day

from .test_indsatser import Asking, decided, form_of, placed, sag

__all__ = ["sag"]

HIDDEN = re.compile(r'name="skjult" value="ja"[^>]* checked')
SAID = {"grund": "flytning_match", "udtalelse": "Stedet er enigt."}


def test_paragraf_143_stk_4_the_way_back_is_filled_in_and_takes_no_decision(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = placed(asking, sag)
    decided(day, sag, matter="samvaer_afbrudt")
    hides = {**form_of(asking(KAREN).get(f"{where}?goer=aendr").text), "skjult": "ja"}
    assert asking(KAREN).post(where, {**hides, "grund": "aendring_andet"}).status_code == 303
    made = decided(day, sag, matter="foreloebig_sted")
    moving = f"{where}?goer=flyt"
    form = form_of(asking(KAREN).get(moving).text)
    to = {"sted": "opholdssted", "sted_navn": "Prøvehuset", "udtalelse_dag": form["dag"]}
    assert asking(KAREN).post(where, {**form, **SAID, **to}).status_code == 303
    assert "ingen ny afgørelse" not in asking(KAREN).get(moving).text, "nothing has fallen"
    with day.town.product.store.write(actor="henrik", now=day.town.now) as work:
        fell = {"state": "bortfaldet", "ended_on": day.town.now.date()}
        its = afgoerelser.c.skrift_id == made
        work.connection.execute(sa.update(afgoerelser).where(its).values(fell))
    page = asking(KAREN).get(moving).text
    assert "ingen ny afgørelse (§ 143, stk. 4)" in page.replace("\u00a0", " ")
    form = form_of(page)
    assert (form["sted"], form["sted_navn"]) == ("almen_plejefamilie", "Familien Prøvegård")
    assert HIDDEN.search(page), "it was hidden there (§ 105)"
    back = {"udtalelse_dag": form["dag"]}
    answer = asking(KAREN).post(where, {**form, **SAID, **back})
    assert answer.status_code == 303, answer.text
    assert "Familien Prøvegård" in asking(KAREN).get(where).text
