"""Where a child lives is hidden from its parents by a decision (barnets lov § 105)."""

import re
from uuid import UUID

from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day

from .test_indsatser import Asking, begun, decided, form_of, placed, sag

__all__ = ["sag"]


def test_paragraf_105_the_place_she_lives_at_is_hidden_and_stays_so_where_she_moves(
    asking: Asking, day: Day, sag: UUID
) -> None:
    where = placed(asking, sag)
    form = form_of(asking(KAREN).get(f"{where}?goer=aendr").text)
    assert form["skjult"] == "nej"
    sent = {**form, "grund": "aendring_andet", "skjult": "ja"}
    answer = asking(KAREN).post(where, sent)
    assert answer.status_code == 422
    assert "§\u00a0105" in answer.text
    decided(day, sag, matter="samvaer_afbrudt")
    assert asking(KAREN).post(where, sent).status_code == 303
    page = asking(KAREN).get(where).text
    assert "Skjult for forældrene" in page
    assert "Før: stedet ikke skjult" in page.replace("\u00a0", " ")
    assert form_of(asking(KAREN).get(f"{where}?goer=aendr").text)["skjult"] == "ja"
    moving = asking(KAREN).get(f"{where}?goer=flyt").text
    assert re.search(r'name="skjult" value="ja"[^>]* checked', moving)
    other = begun(asking, sag, hvad="kontaktperson:")
    assert "Må forældrene vide" not in asking(KAREN).get(f"{other}?goer=aendr").text
