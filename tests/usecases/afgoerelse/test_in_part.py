"""Whoever was right in some of a complaint keeps the rest within four weeks (BEK 861, § 12)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.afgoerelse.klager import Genvurdering, Klage, KlageState
from dubu_plugin.store.tables import frister
from dubu_plugin.usecases.afgoerelse import complain, in_part
from dubu_plugin.usecases.afgoerelse.on_klage import KlageNotClear, NotNow
from dubu_plugin.usecases.dokument.send_again import send_again

from .bench import Bench
from .complaining import complained, made_anew, stands
from .test_made_in_place import made

LAST = date(2026, 7, 17)
"""Four weeks from 19 June, when a letter on paper from the 11th is received."""


def right_in_some(bench: Bench, outcome: Genvurdering = Genvurdering.DELVIST) -> tuple[Klage, UUID]:
    """Have the mother be right in some of what she complained of; return the new decision too."""
    klage = complained(bench, bench.decided())
    new = complain.reassess(klage.id, outcome, "Fem timer.", sag=bench.sag, **bench.leader)
    assert new is not None
    made_anew(bench, new)
    return klage, new


def letter(bench: Bench, new: UUID, person: UUID) -> UUID:
    with bench.town.product.store.read() as connection:
        told = afgoerelser.told(connection, new)
    return next(one.letter for one in told if one.person == person)


def clocks(bench: Bench) -> list[tuple[str, date]]:
    with bench.town.product.store.read() as connection:
        rows = connection.execute(sa.select(frister).where(frister.c.rule == "GENV-FASTH"))
        return [(row.state, danish_day(row.due)) for row in rows]


def ends(bench: Bench, klage: Klage) -> None:
    in_part.let_end(klage.id, sag=bench.sag, **bench.act())


def test_paragraf_12_the_letter_of_the_one_who_complained_says_how_the_rest_is_kept(
    bench: Bench,
) -> None:
    right_in_some(bench)
    said = {to: one["afgoerelse.klage"] for to, one in bench.letters("afgoerelse")}
    about = [to for to, text in said.items() if "§ 12" in text.replace("\u00a0", " ")]
    assert [to.split("\n")[0] for to in about] == ["Sofie Testvad"]
    rest, new, ordinary = said[about[0]].split("\n\n")[:3]
    assert "er klagen slut" in rest
    assert new.endswith("det, der er nyt i denne afgørelse, kan du klage over det:")
    assert ordinary.startswith("Du kan klage til Ankestyrelsen.")


def test_paragraf_12_right_in_all_leaves_nothing_to_keep(bench: Bench) -> None:
    _, new = right_in_some(bench, Genvurdering.MEDHOLD)
    bench.posted(letter(bench, new, bench.mother))
    assert not any("er klagen slut" in one["afgoerelse.klage"]
                   for _, one in bench.letters("afgoerelse"))  # fmt: skip
    assert clocks(bench) == []


def test_paragraf_12_four_weeks_run_from_the_letter_of_the_one_who_complained(bench: Bench) -> None:
    klage, new = right_in_some(bench)
    bench.posted(letter(bench, new, bench.father))
    assert clocks(bench) == []
    bench.posted(letter(bench, new, bench.mother))
    assert clocks(bench) == [("aaben", LAST)]
    assert bench.happened(H.KLAGE_DELVIST_MEDDELT)[0]["klage"] == str(klage.id)
    in_part.hold_on(klage.id, danish_day(bench.town.now), sag=bench.sag, **bench.act())
    assert clocks(bench) == [("opfyldt", LAST)]


def test_paragraf_12_what_is_not_kept_in_time_is_over(bench: Bench) -> None:
    klage, new = right_in_some(bench)
    with pytest.raises(KlageNotClear) as unsent:
        ends(bench, klage)
    assert "ikke noteret sendt" in unsent.value.fields["slut"]
    bench.posted(letter(bench, new, bench.mother))
    with pytest.raises(KlageNotClear) as early:
        ends(bench, klage)
    assert "17. juli 2026" in early.value.fields["slut"].replace("\u00a0", " ")
    bench.town.now += timedelta(days=40)
    ends(bench, klage)
    assert stands(bench, klage.id).state is KlageState.AFGJORT
    assert clocks(bench) == [("opfyldt", LAST)]
    with pytest.raises(NotNow):
        ends(bench, klage)


def test_paragraf_12_a_letter_that_came_back_begins_no_four_weeks(bench: Bench) -> None:
    klage, new = right_in_some(bench)
    sent = letter(bench, new, bench.mother)
    bench.posted(sent)
    bench.town.now += timedelta(days=40)
    again = send_again(bench.sag, sent, "retur", "", **bench.act())
    assert "aaben" not in [state for state, _ in clocks(bench)]
    bench.posted(again)
    assert ("aaben", LAST + timedelta(days=40)) in clocks(bench)
    with pytest.raises(KlageNotClear):
        ends(bench, klage)


def test_paragraf_12_the_rest_is_not_kept_before_the_new_decision(bench: Bench) -> None:
    klage, _ = right_in_some(bench)
    early = danish_day(bench.town.now) - timedelta(days=30)
    for day in (None, early, danish_day(bench.town.now) + timedelta(days=1)):
        with pytest.raises(KlageNotClear) as no:
            in_part.hold_on(klage.id, day, sag=bench.sag, **bench.act())
        assert "11. juni 2026" in no.value.fields["dag"].replace("\u00a0", " ")


def test_paragraf_12_who_never_got_the_letter_can_keep_the_rest_though_it_was_over(
    bench: Bench,
) -> None:
    klage, new = right_in_some(bench)
    sent = letter(bench, new, bench.mother)
    bench.posted(sent)
    bench.town.now += timedelta(days=40)
    ends(bench, klage)
    again = send_again(bench.sag, sent, "retur", "", **bench.act())
    assert stands(bench, klage.id).state is KlageState.GENVURDERET
    assert bench.happened(H.HAENDELSE_TILBAGETAGET)[0]["hvad"] == H.KLAGE_AFGJORT
    bench.posted(again)
    assert ("aaben", LAST + timedelta(days=40)) in clocks(bench)
    in_part.hold_on(klage.id, danish_day(bench.town.now), sag=bench.sag, **bench.act())
    assert stands(bench, klage.id).state is KlageState.FASTHOLDT


def test_paragraf_12_what_another_was_right_in_since_moves_nobodys_four_weeks(
    bench: Bench,
) -> None:
    klage, new = right_in_some(bench)
    bench.posted(letter(bench, new, bench.mother))
    bench.town.now += timedelta(days=10)
    said = danish_day(bench.town.now)
    bench.town.now += timedelta(days=5)
    his = complained(bench, new, person=bench.father, day=danish_day(bench.town.now))
    newer = complain.reassess(
        his.id, Genvurdering.MEDHOLD, "Seks timer.", sag=bench.sag, **bench.leader
    )
    assert newer is not None
    bench.talked()
    made(bench, newer)
    bench.posted(letter(bench, newer, bench.mother))
    with bench.town.product.store.read() as connection:
        until = in_part.keep_until(connection, klage, danish_day(bench.town.now))
    assert until == LAST, "as the clock says"
    in_part.hold_on(klage.id, said, sag=bench.sag, **bench.act())
    assert stands(bench, klage.id).state is KlageState.FASTHOLDT
