"""What the chairman decides because it cannot wait (barnets lov § 143)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import AfgoerelseState, Outcome
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.begins import Decider
from dubu_plugin.domain.gates.elsewhere import Elsewhere
from dubu_plugin.domain.gates.passing import refused
from dubu_plugin.domain.gates.standing import months_on
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.tables import afgoerelse_breve, frister, indsatser, letters
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.window import last_day
from dubu_plugin.usecases.dokument.letter_states import sent
from dubu_plugin.usecases.indsats.move import Moved, move
from dubu_plugin.usecases.indsats.on_indsats import IndsatsNotClear

from .bench import TODAY, Bench, hidden_place


def test_paragraf_143_the_clocks_run_from_when_the_chairman_made_it(bench: Bench) -> None:
    """Taken on Sunday evening and typed in on Monday: the night is in the 24 hours."""
    text = "Truffet efter barnets lov § 143, stk. 1, fordi …"
    evening = bench.town.now - timedelta(hours=14)
    number = bench.ready("foreloebig", begrundelse=text, saerlige_forhold="Det kan ikke vente.")
    bench.kept(number, {}, indsats="anbringelse_akut", place="almen_plejefamilie",
               chair_at=evening, starts_on=danish_day(evening))  # fmt: skip
    decide(bench.sag, number, **bench.leader)
    assert bench.its(number).decided_on == danish_day(evening)
    with bench.town.product.store.read() as connection:
        asked = sa.select(frister.c.rule, frister.c.due)
        due = {rule: at for rule, at in connection.execute(asked)}
    assert due["AKUT-24T"] == evening + timedelta(hours=24)
    assert danish_day(due["AKUT-7D"]) == danish_day(evening) + timedelta(days=7)


def test_paragraf_143_a_provisional_decision_is_told_when_every_party_has_its_letter(
    bench: Bench,
) -> None:
    text = "Truffet efter barnets lov § 143, stk. 1, fordi …"
    number = bench.ready("foreloebig", begrundelse=text, saerlige_forhold="Det kan ikke vente.")
    bench.kept(number, {}, indsats="anbringelse_akut", place="almen_plejefamilie")
    decide(bench.sag, number, **bench.leader)
    assert bench.happened(H.FORELOEBIG_AFGOERELSE_IVAERKSAT)
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        rows = work.connection.execute(sa.select(letters).where(letters.c.code == "afgoerelse"))
        first, second = rows.all()
        sent(work, first, bench.town.product.letters["afgoerelse"], how="papir")
    assert not bench.happened(H.FORELOEBIG_AFGOERELSE_MEDDELT), "the other parent knows nothing"
    assert len(bench.happened(H.BREV_SENDT)) == 1
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        sent(work, second, bench.town.product.letters["afgoerelse"], how="overleveret")
    assert len(bench.happened(H.FORELOEBIG_AFGOERELSE_MEDDELT)) == 1
    [by_post, by_hand] = bench.happened(H.BREV_SENDT)
    assert (by_post["forsendelse"], by_hand["forsendelse"]) == ("brev", "overleveret")
    with bench.town.product.store.read() as connection:
        clock = sa.select(frister.c.state).where(frister.c.rule == "AKUT-24T")
        assert connection.scalars(clock).all() == ["opfyldt"]
        ends = last_day(connection, number, TODAY)
        assert ends is None, "it is the committee's that is complained of"


def prepared(bench: Bench, matter: str, **columns: Any) -> UUID:
    """Have a decision of the chairman's written, with all that is asked for."""
    text = "Truffet efter barnets lov § 143, stk. 1, fordi …"
    number = bench.ready(matter, begrundelse=text, saerlige_forhold="Det kan ikke vente.")
    bench.kept(number, {}, **{"indsats": None, "chair_at": bench.town.now, **columns})
    return number


def due(bench: Bench, code: str) -> list[tuple[str, date]]:
    with bench.town.product.store.read() as connection:
        asked = sa.select(frister.c.state, frister.c.due).where(frister.c.rule == code)
        rows = connection.execute(asked.order_by(frister.c.anchor_at, frister.c.due)).all()
    return [(row.state, danish_day(row.due)) for row in rows]


def test_paragraf_23_and_143_stk_5_an_examination_runs_for_two_months_at_most(
    bench: Bench,
) -> None:
    decide(bench.sag, prepared(bench, "foreloebig_undersoegelse"), **bench.leader)
    today = danish_day(bench.town.now)
    assert due(bench, "AKUT-2M") == [("aaben", months_on(today, 2))]
    assert due(bench, "AKUT-1M") == []
    assert due(bench, "AKUT-7D") == [("aaben", today + timedelta(days=7))]
    [said, _] = [one for _, one in bench.letters("afgoerelse")]
    told = " ".join(map(str, said.values())).replace("\N{NO-BREAK SPACE}", " ")
    assert "Foreløbig undersøgelse under ophold" in told
    assert "barnets lov §§ 143 og 23" in told
    assert "til undersøgelsen er slut, dog højst i to måneder" in told


def test_paragraf_40_and_143_stk_5_what_is_approved_stands_for_a_month(bench: Bench) -> None:
    decide(bench.sag, prepared(bench, "foreloebig_laegelig"), **bench.leader)
    assert due(bench, "AKUT-2M") == []
    assert due(bench, "AKUT-1M-40") == [("aaben", months_on(danish_day(bench.town.now), 1))]
    [(said, *_)] = [bench.happened(H.FORELOEBIG_AFGOERELSE_IVAERKSAT)]
    assert said["foreloebig"] == "laegelig"


def test_paragraf_143_each_of_several_has_its_own_clocks_and_its_own_answer(bench: Bench) -> None:
    """What could not wait was both an examination and a treatment."""
    first, second = (
        prepared(bench, one) for one in ("foreloebig_undersoegelse", "foreloebig_laegelig")
    )
    for one in (first, second):
        decide(bench.sag, one, **bench.leader)
    assert [state for state, _ in due(bench, "AKUT-24T")] == ["aaben", "aaben"]
    with bench.town.product.store.write(actor="system", now=bench.town.now) as work:
        rows = work.connection.execute(
            sa.select(letters).join(afgoerelse_breve, afgoerelse_breve.c.letter_id == letters.c.id)
            .where(afgoerelse_breve.c.skrift_id == second)
        ).all()  # fmt: skip
        for row in rows:
            sent(work, row, bench.town.product.letters[row.code], how="overleveret")
    assert sorted(state for state, _ in due(bench, "AKUT-24T")) == ["aaben", "opfyldt"]


def looked_at(bench: Bench, votes: int, **texts: str) -> UUID:
    """Have it written what the committee said of a decision of its chairman's."""
    number = bench.ready("foreloebig_godkendt", begrundelse="Efter § 143, stk. 4 …", **texts)
    outcome = Outcome.MEDHOLD if votes >= 4 else Outcome.AFSLAG
    bench.kept(number, {}, indsats=None, votes_for=votes, protocol="Punkt 3", dissent=False,
               outcome=outcome, committee_on=danish_day(bench.town.now))  # fmt: skip
    return number


def shut(bench: Bench, number: UUID) -> list[str]:
    found = refused(bench.whole(number).standing(bench.town.product.indsatser))
    return [one.field for one in found]


def test_paragraf_143_stk_4_the_committee_looks_at_each_decision_by_itself(bench: Bench) -> None:
    """It approves the examination, and not the treatment."""
    first, second = (
        prepared(bench, one) for one in ("foreloebig_undersoegelse", "foreloebig_laegelig")
    )
    for one in (first, second):
        decide(bench.sag, one, **bench.leader)
    yes, no = looked_at(bench, 4), looked_at(bench, 2)
    assert shut(bench, yes) == ["foreloebig_om"]
    bench.kept(yes, {"foreloebig_om": "samvaer_afbrudt"})
    assert shut(bench, yes) == ["foreloebig_om"], "none of contact waits"
    bench.kept(yes, {"foreloebig_om": "undersoegelse_uden"})
    bench.kept(no, {"foreloebig_om": "laegelig"})
    decide(bench.sag, yes, **bench.leader)
    assert sorted(state for state, _ in due(bench, "AKUT-7D")) == ["aaben", "opfyldt"]
    decide(bench.sag, no, **bench.leader)
    assert [state for state, _ in due(bench, "AKUT-7D")] == ["opfyldt", "opfyldt"]
    for what, of in (
        (H.FORELOEBIG_AFGOERELSE_GODKENDT, "undersoegelse_uden"),
        (H.FORELOEBIG_AFGOERELSE_BORTFALDET, "laegelig"),
    ):
        assert [one["foreloebig"] for one in bench.happened(what)] == [of]
    states = (bench.its(first).state, bench.its(second).state)
    assert states == (AfgoerelseState.TRUFFET, AfgoerelseState.BORTFALDET)
    told = [said["afgoerelse.tekst"] for _, said in bench.letters("afgoerelse")]
    assert sum("om lægelig undersøgelse eller behandling (§\u00a040)" in one for one in told) == 2


def test_paragraf_143_stk_4_of_several_of_a_kind_the_oldest_is_looked_at_first(
    bench: Bench,
) -> None:
    first = prepared(bench, "foreloebig_laegelig")
    decide(bench.sag, first, **bench.leader)
    bench.town.now += timedelta(hours=1)
    second = prepared(bench, "foreloebig_laegelig")
    decide(bench.sag, second, **bench.leader)
    decide(bench.sag, looked_at(bench, 2, foreloebig_om="laegelig"), **bench.leader)
    found = [bench.its(one).state for one in (first, second)]
    assert found == [AfgoerelseState.BORTFALDET, AfgoerelseState.TRUFFET]
    assert shut(bench, looked_at(bench, 4)) == [], "the one that is left is named by itself"


def test_paragraf_143_stk_5_a_letter_says_one_time_it_is_valid(bench: Bench) -> None:
    number = prepared(bench, "foreloebig_laegelig")
    bench.kept(number, {"varighed": "Seks måneder"})
    decide(bench.sag, number, **bench.leader)
    assert {said["afgoerelse.varighed"] for _, said in bench.letters("afgoerelse")} == {""}


def test_paragraf_105_and_143_stk_4_what_falls_is_no_placement_and_sends_nobody_home(
    bench: Bench,
) -> None:
    bench.placed(anbringelse=str(uuid4()))
    hidden_place(bench.town, bench.sag, bench.alma)
    number = prepared(bench, "foreloebig_samvaer", ends_on=TODAY + timedelta(days=20))
    decide(bench.sag, number, **bench.leader, apart_seen=True)
    refusal = bench.ready("foreloebig_godkendt", begrundelse="Efter § 143, stk. 4, fordi …")
    bench.kept(refusal, {}, indsats=None, votes_for=2, protocol="Punkt 3", dissent=False,
               outcome=Outcome.AFSLAG, committee_on=danish_day(bench.town.now))  # fmt: skip
    decide(bench.sag, refusal, **bench.leader, apart_seen=True)
    assert bench.its(number).state is AfgoerelseState.BORTFALDET
    assert due(bench, "AKUT-HJEM") == []
    assert [state for state, _ in due(bench, "AKUT-1M")] == ["opfyldt"]
    with bench.town.product.store.read() as connection:
        hidden = connection.scalars(sa.select(indsatser.c.place_hidden)).all()
    assert hidden == [False], "what hid the place has fallen"


@pytest.mark.parametrize(("days", "shut"), [(None, {"til"}), (34, {"til"}), (33, set())])
def test_paragraf_105_and_143_stk_5_the_parents_are_told_for_how_long_a_month_at_most(
    bench: Bench, days: int | None, shut: set[str]
) -> None:
    """It begins four days from now."""
    bench.placed()
    ends = None if days is None else TODAY + timedelta(days=days)
    number = prepared(bench, "foreloebig_samvaer", ends_on=ends)
    found = refused(bench.whole(number).standing(bench.town.product.indsatser))
    assert {one.field for one in found} == shut


@pytest.mark.parametrize(
    ("matter", "asked"),
    [
        ("foreloebig_sted", {"stoette_paa_stedet", "nyt_sted"}),
        ("foreloebig_permanent", {"adoption"}),
    ],
)
def test_paragraf_98_67_and_143_what_is_decided_is_weighed_though_it_cannot_wait(
    bench: Bench, matter: str, asked: set[str]
) -> None:
    bench.placed()
    number = prepared(bench, matter)
    bench.kept(number, dict.fromkeys(asked, ""))
    found = refused(bench.whole(number).standing(bench.town.product.indsatser))
    assert asked <= {one.field for one in found}


def refused_by_committee(bench: Bench, number: UUID) -> None:
    """Have the committee not approve the one decision that waits."""
    decide(bench.sag, looked_at(bench, 2), **bench.leader, apart_seen=True)
    assert bench.its(number).state is AfgoerelseState.BORTFALDET


def test_paragraf_10_and_143_stk_4_what_has_fallen_is_not_to_be_put_into_effect(
    bench: Bench,
) -> None:
    """Nobody is asked to lock a child up by what the committee did not approve."""
    bench.grows(date(2012, 5, 2))
    bench.placed(anbringelse=str(uuid4()))
    number = prepared(bench, "foreloebig_sikret")
    bench.kept(number, {}, indsats="anbringelse_sikret", place="sikret")
    decide(bench.sag, number, **bench.leader)
    with bench.town.product.store.read() as connection:
        asked = sa.select(frister.c.state).where(frister.c.rule == "IVAERK")
        assert connection.scalars(asked).all() == ["aaben"]
    refused_by_committee(bench, number)
    with bench.town.product.store.read() as connection:
        assert connection.scalars(asked).all() == ["bortfaldet"]


@pytest.mark.parametrize("has_moved", [True, False])
def test_paragraf_98_and_143_stk_4_a_child_does_not_stay_where_it_was_moved_by_what_fell(
    bench: Bench, has_moved: bool
) -> None:
    placed, number = moved_by_what_falls(bench, has_moved=has_moved)
    refused_by_committee(bench, number)
    assert [state for state, _ in due(bench, "AKUT-STED")] == ["aaben"] * has_moved
    if has_moved:
        with pytest.raises(IndsatsNotClear) as no:
            moves(bench, placed, seen=2, place="opholdssted", place_name="Et tredje sted")
        assert set(no.value.fields) == {"sted"}, "where it did not live is decided anew"
        moves(bench, placed, seen=2, **BACK)
        assert [state for state, _ in due(bench, "AKUT-STED")] == ["opfyldt"]


def test_paragraf_98_and_143_stk_4_where_a_moved_child_lives_is_decided_with_consent(
    bench: Bench,
) -> None:
    """The committee need not decide it, and nobody has to move for it."""
    _, fallen = moved_by_what_falls(bench)
    refused_by_committee(bench, fallen)
    bench.town.now += timedelta(days=1)
    number = bench.ready("aendret_sted", begrundelse="Truffet efter barnets lov § 98, stk. 1 …")
    said = {"udtalelse": "Stedet er enigt."}
    bench.kept(number, said, indsats=None, statement_on=danish_day(bench.town.now))
    decide(bench.sag, number, **bench.leader, apart_seen=True)
    assert [state for state, _ in due(bench, "AKUT-STED")] == ["opfyldt"]


def test_paragraf_143_stk_4_who_has_moved_back_is_not_asked_to(bench: Bench) -> None:
    placed, fallen = moved_by_what_falls(bench)
    elsewhere = Elsewhere(danish_day(bench.town.now), Decider.ANKESTYRELSEN, "Dokument 9")
    moves(bench, placed, seen=2, elsewhere=elsewhere, **BACK)
    refused_by_committee(bench, fallen)
    assert due(bench, "AKUT-STED") == []


def moved_by_what_falls(bench: Bench, *, has_moved: bool = True) -> tuple[UUID, UUID]:
    """Have a placed child be moved by its chairman's decision; return the placement, and that."""
    hidden_place(bench.town, bench.sag, bench.alma)
    with bench.town.product.store.read() as connection:
        placed = connection.scalars(sa.select(indsatser.c.id)).one()
    bench.placed(anbringelse=str(placed))
    number = prepared(bench, "foreloebig_sted", ends_on=None)
    decide(bench.sag, number, **bench.leader, apart_seen=True)
    if has_moved:
        bench.town.now += timedelta(hours=1)
        moves(bench, placed)
    bench.town.now += timedelta(hours=1)
    return placed, number


BACK = {"place": "almen_plejefamilie", "place_name": "Familien Prøvegård "}


def moves(bench: Bench, placed: UUID, **more: Any) -> None:
    """Have the child live at another place from today."""
    today = danish_day(bench.town.now)
    values = {
        "seen": 1, "on": today, "reason": "flytning_match", "place": "opholdssted",
        "place_name": "Prøvehuset", "statement_on": today, "statement": "Stedet er enigt.", **more,
    }  # fmt: skip
    move(bench.sag, placed, Moved(**values), **bench.act())
