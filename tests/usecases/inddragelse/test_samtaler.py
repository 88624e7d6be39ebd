"""A talk with the child is noted with its own words, or the reason and what is done instead."""

from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.inddragelse import NotWhole, SamtaleState, Undladt
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.deadlines import State
from dubu_plugin.store.inddragelse import boernesamtaler
from dubu_plugin.store.tables import frister, outbox, read_log, search_words
from dubu_plugin.testing.fake_ports import ANDERS, HENRIK, KAREN, METTE
from dubu_plugin.usecases.inddragelse.cite import known
from dubu_plugin.usecases.inddragelse.file_samtale import file_samtale
from dubu_plugin.usecases.inddragelse.locked_samtale import (
    NotShared,
    open_locked,
    share,
    write_locked,
)
from dubu_plugin.usecases.inddragelse.note_samtale import is_first_time, note_samtale
from dubu_plugin.usecases.inddragelse.right_samtale import SavedByAnother, right_samtale

from .desk import Desk

WHISPERED = "Far slår, når han er træt."


def wrong(desk: Desk, state: SamtaleState = SamtaleState.HOLDT, **said: object) -> set[str]:
    with pytest.raises(NotWhole) as no:
        desk.noted(state, **said)
    return set(no.value.fields)


def test_paragraf_5_stk_3_asks_for_the_childs_own_words(desk: Desk) -> None:
    assert wrong(desk, own_words="  ") == {"egne_ord"}


def test_paragraf_5_stk_4_asks_why_not_and_how_the_childs_view_is_obtained_instead(
    desk: Desk,
) -> None:
    assert wrong(desk, SamtaleState.UNDLADT) == {"undladt", "undladt_grund", "i_stedet"}
    desk.noted(
        SamtaleState.UNDLADT, omitted=Undladt.ALDER, omitted_reason="Fire måneder.",
        instead="Vi ser barnet sammen med mor hjemme.",
    )  # fmt: skip
    (said,) = desk.happened(H.BOERNESAMTALE_UNDLADT)
    assert said["hjemmel"] == "5-4"


def test_paragraf_21_stk_5_asks_for_two_advisers_the_first_time_or_why_not(desk: Desk) -> None:
    assert wrong(desk, first_time=True) == {"en_grund"}
    desk.noted(first_time=True, advisers=(KAREN, METTE))
    desk.noted(first_time=True, one_adviser_reason="Alma bad om at tale med én alene.")


def test_paragraf_21_stk_5_is_asked_until_support_was_ever_put_in_motion(desk: Desk) -> None:
    def asked() -> bool:
        with desk.town.product.store.write(actor=KAREN, now=desk.town.now) as work:
            return is_first_time(work.connection, desk._sag(work))

    def begins(what: H, **data: str) -> None:
        desk.town.happened(what, sag=desk.sag, person=desk.child, data=data)

    assert not asked(), "nothing is examined"
    desk.begin()
    assert asked()
    begins(H.INDSATS_IVAERKSAT, indsats="x", hjaelp="kapitel_8")
    assert asked(), "help because of a disability is neither § 32, § 46 nor § 47"
    begins(H.INDSATS_IVAERKSAT, indsats="y", hjaelp="stoette")
    assert not asked()
    begins(H.INDSATS_OPHOERT, indsats="y")
    assert not asked(), "it was there before, also where it has ended"


def test_one_adviser_named_twice_is_not_two(desk: Desk) -> None:
    assert wrong(desk, first_time=True, advisers=(KAREN, KAREN, "findes-ikke")) == {"en_grund"}


def test_a_talk_cannot_be_held_later_than_now_and_somebody_of_ours_took_part(desk: Desk) -> None:
    ahead = desk.town.now + timedelta(hours=1)
    assert wrong(desk, occurred_at=ahead, advisers=()) == {"dag", "raadgiver"}


def test_the_same_form_sent_twice_is_one_talk(desk: Desk) -> None:
    number = uuid4()
    for _ in range(2):
        note_samtale(desk.sag, number, SamtaleState.HOLDT, desk.told(), **desk.act())
    assert len(desk.happened(H.BOERNESAMTALE_HOLDT)) == 1


def test_the_talk_that_paragraf_137_asks_for_is_met(desk: Desk) -> None:
    desk.town.underretning("x", child=desk.child, sag=desk.sag, overgreb="foraeldre")
    one = sa.select(frister.c.state).where(frister.c.rule == "UND-SAMTALE")
    assert desk.rows(one) == [(State.AABEN,)]
    desk.noted(occurred_at=desk.town.now)
    assert desk.rows(one) == [(State.OPFYLDT,)]


def test_the_gate_before_a_decision_is_met(desk: Desk) -> None:
    desk.town.happened(H.AFGOERELSE_FORBEREDT, sag=desk.sag, person=desk.child)
    one = sa.select(frister.c.state).where(frister.c.rule == "BARN-INDD")
    assert desk.rows(one) == [(State.AABEN,)]
    desk.noted(occurred_at=desk.town.now)
    assert desk.rows(one) == [(State.OPFYLDT,)]


def test_every_open_skrift_cites_it_once_and_a_later_one_can(desk: Desk) -> None:
    skrift = desk.begin()
    talk = desk.noted()
    right_samtale(desk.sag, talk.id, desk.told(wishes="En bamse."), 1, **desk.act())
    assert desk.sources(skrift) == ["Samtale med barnet 11. juni 2026"]
    later = desk.begin()
    with desk.town.product.store.write(actor=KAREN, now=desk.town.now) as work:
        known(work, desk.sag, later.id)
    assert desk.sources(later) == ["Samtale med barnet 11. juni 2026"]


def test_put_right_it_keeps_what_stood_there_and_when_it_was(desk: Desk) -> None:
    talk = desk.noted()
    said = desk.told(own_words="»Jeg vil bo hos mormor.«", occurred_at=desk.town.now)
    right_samtale(desk.sag, talk.id, said, 1, **desk.act())
    now = desk.samtale(talk.id)
    assert now.said.own_words == "»Jeg vil bo hos mormor.«"
    assert now.said.occurred_at == talk.said.occurred_at
    with desk.town.product.store.read() as connection:
        editions = boernesamtaler.editions(connection, talk.id)
    assert [one.said.own_words for one in editions][-1] == talk.said.own_words


def test_of_two_who_save_the_same_talk_the_second_is_shown_what_the_first_wrote(
    desk: Desk,
) -> None:
    talk = desk.noted()
    right_samtale(desk.sag, talk.id, desk.told(wishes="En bamse."), 1, **desk.act())
    with pytest.raises(SavedByAnother) as no:
        right_samtale(desk.sag, talk.id, desk.told(wishes="En cykel."), 1, **desk.act(METTE))
    assert no.value.theirs.said.wishes == "En bamse."
    right_samtale(desk.sag, talk.id, desk.told(wishes="En bamse og en cykel."), 2, **desk.act())


def test_what_word_and_html_bring_is_text_and_nothing_else(desk: Desk) -> None:
    talk = desk.noted(own_words="<script>alert(1)</script>\x00\r\n»Hej«")
    assert talk.said.own_words == "<script>alert(1)</script>\n»Hej«"


def test_the_journal_is_told_when_and_how_and_nothing_of_what_was_said(desk: Desk) -> None:
    desk.noted(own_words="Hemmeligt")
    notes = desk.rows(sa.select(outbox.c.payload).where(outbox.c.kind == "add_note"))
    assert len(notes) == 1
    assert "Samtale med barnet" in notes[0][0]
    assert "Hemmeligt" not in notes[0][0]


# -- the locked part


def locked(desk: Desk) -> boernesamtaler.Samtale:
    talk = desk.noted()
    write_locked(desk.sag, talk.id, WHISPERED, **desk.act())
    return desk.samtale(talk.id)


def read(desk: Desk, talk: boernesamtaler.Samtale, who: str) -> str:
    opened = open_locked(desk.sag, talk.id, **desk.act(who))
    assert opened.locked is not None
    return opened.locked.text


def test_the_locked_part_opens_for_its_author_and_the_leader_and_not_for_a_colleague(
    desk: Desk,
) -> None:
    talk = locked(desk)
    assert read(desk, talk, KAREN) == WHISPERED
    assert read(desk, talk, HENRIK) == WHISPERED
    with pytest.raises(NotShared):
        open_locked(desk.sag, talk.id, **desk.act(METTE))
    with pytest.raises(NotShared):
        write_locked(desk.sag, talk.id, "Overskrevet.", **desk.act(METTE))
    assert read(desk, talk, KAREN) == WHISPERED


def test_a_colleague_it_is_shared_with_opens_it_until_it_is_taken_back(desk: Desk) -> None:
    talk = locked(desk)
    share(desk.sag, talk.id, [METTE], **desk.act())
    assert read(desk, talk, METTE) == WHISPERED
    share(desk.sag, talk.id, [], **desk.act())
    with pytest.raises(NotShared):
        open_locked(desk.sag, talk.id, **desk.act(METTE))


def test_it_is_not_shared_with_somebody_the_case_is_closed_to(desk: Desk) -> None:
    talk = locked(desk)
    desk.town.block(METTE, desk.child)
    with pytest.raises(NotWhole):
        share(desk.sag, talk.id, [METTE], **desk.act())


def test_every_opening_of_the_locked_part_and_every_try_is_a_line_in_the_log(desk: Desk) -> None:
    talk = locked(desk)
    read(desk, talk, HENRIK)
    with pytest.raises(NotShared):
        open_locked(desk.sag, talk.id, **desk.act(METTE))
    log = read_log.c
    lines = desk.rows(sa.select(log.employee, log.why, log.allowed).where(log.detail == "laast"))
    assert sorted(tuple(one) for one in lines) == [
        (HENRIK, "laast:leder", True), (METTE, "nej:laast", False),
    ]  # fmt: skip


def test_the_locked_part_is_in_the_record_only_where_it_is_chosen(desk: Desk) -> None:
    talk = locked(desk)
    file_samtale(desk.sag, talk.id, **desk.act())
    file_samtale(desk.sag, talk.id, with_locked=True, **desk.act())
    without, within = desk.letters("boernesamtale")
    assert WHISPERED not in str(without)
    assert within["samtale.laast_del"] == WHISPERED
    with pytest.raises(NotShared):
        file_samtale(desk.sag, talk.id, with_locked=True, **desk.act(METTE))


def test_the_locked_part_is_in_no_search(desk: Desk) -> None:
    locked(desk)
    words = {row.word for row in desk.rows(sa.select(search_words.c.word))}
    assert not words & {"far", "slår", "slaar", "træt"}


def test_a_case_of_another_unit_shows_no_talk(desk: Desk) -> None:
    talk = desk.noted()
    with pytest.raises(NotYours):
        open_locked(desk.sag, talk.id, **desk.act(ANDERS))


def test_an_empty_locked_part_locks_nobody_out(desk: Desk) -> None:
    talk = desk.noted()
    write_locked(desk.sag, talk.id, " ", **desk.act())
    assert not desk.samtale(talk.id).has_locked
    assert open_locked(desk.sag, talk.id, **desk.act(METTE)).locked is None


def test_what_was_said_in_confidence_stays_also_where_it_is_emptied(desk: Desk) -> None:
    talk = locked(desk)
    write_locked(desk.sag, talk.id, "", **desk.act(HENRIK))
    opened = open_locked(desk.sag, talk.id, **desk.act())
    assert [one.text for one in opened.before] == [WHISPERED]
    with pytest.raises(NotShared):
        open_locked(desk.sag, talk.id, **desk.act(METTE))
