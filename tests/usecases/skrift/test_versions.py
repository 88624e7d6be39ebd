"""A new version takes everything with it, and what has changed can be seen."""

import pytest

from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftState
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.usecases.skrift.on_skrift import NotOpen
from dubu_plugin.usecases.skrift.present import (
    NeedsLeader,
    NoRemark,
    NotFinished,
    approve,
    begin_version,
    finish,
    give_up,
    present,
    send_back,
)

from .desk import Desk

SLEEP = ("sundhedsforhold", "beskrivelse")


def test_a_new_version_says_all_the_last_one_does_without_a_row_copied(desk: Desk) -> None:
    bfu = desk.finished(desk.begun())
    approve(desk.sag, bfu.id, **desk.leader)
    before = desk.words(bfu)
    assert begin_version(desk.sag, bfu.id, **desk.act()) == 2
    assert desk.words(bfu) == before
    assert {text.version for text in desk.said(bfu).values()} == {1}, "written in the first"


def test_what_is_written_in_a_new_version_leaves_the_old_as_it_was(desk: Desk) -> None:
    bfu = desk.finished(desk.begun())
    approve(desk.sag, bfu.id, **desk.leader)
    begin_version(desk.sag, bfu.id, **desk.act())
    desk.put_at(bfu, {SLEEP: "Alma sover bedre."})
    assert desk.words(bfu, 1)[SLEEP] == "Sundhedsforhold: beskrivelse."
    assert desk.words(bfu, 2)[SLEEP] == "Alma sover bedre."
    assert desk.said(bfu)[SLEEP].version == 2
    with desk.town.product.store.read() as connection:
        changed = tekster.changed_in(connection, bfu.id, 1, 2)
    assert set(changed) == {SLEEP}
    before, after = changed[SLEEP]
    assert (before and before.text, after.text) == (
        "Sundhedsforhold: beskrivelse.", "Alma sover bedre.",
    )  # fmt: skip


def test_what_is_changed_and_changed_back_is_no_change(desk: Desk) -> None:
    bfu = desk.finished(desk.begun())
    approve(desk.sag, bfu.id, **desk.leader)
    begin_version(desk.sag, bfu.id, **desk.act())
    desk.put_at(bfu, {SLEEP: "Noget andet."})
    desk.put_at(bfu, {SLEEP: "Sundhedsforhold: beskrivelse."})
    with desk.town.product.store.read() as connection:
        assert tekster.changed_in(connection, bfu.id, 1, 2) == {}


def test_what_is_approved_is_not_written_in_and_its_digest_is_in_the_chain(desk: Desk) -> None:
    bfu = desk.finished(desk.begun())
    approve(desk.sag, bfu.id, **desk.leader)
    with pytest.raises(NotOpen):
        desk.put_at(bfu, {SLEEP: "Efter godkendelsen."})
    [said] = desk.happened(H.SKRIFT_GODKENDT)
    assert said["digest"] == tekster.digest(desk.said(bfu))
    with desk.town.product.store.read() as connection:
        [version] = skrifter.versions(connection, bfu.id)
    assert (version.digest, version.approved_by) == (said["digest"], HENRIK)


def test_the_undersoegelse_is_finished_once_however_many_versions_follow(desk: Desk) -> None:
    bfu = desk.finished(desk.begun())
    approve(desk.sag, bfu.id, **desk.leader)
    begin_version(desk.sag, bfu.id, **desk.act())
    approve(desk.sag, bfu.id, **desk.leader)
    assert len(desk.happened(H.UNDERSOEGELSE_AFSLUTTET)) == 1
    assert len(desk.happened(H.SKRIFT_GODKENDT)) == 2


def test_paragraf_22_an_undersoegelse_without_a_conclusion_does_not_stand(desk: Desk) -> None:
    bfu = desk.finished(desk.begun())
    desk.put(bfu, konklusion="")
    with pytest.raises(NotFinished) as no:
        approve(desk.sag, bfu.id, **desk.leader)
    assert [one.field for one in no.value.lacking] == ["konklusion"]
    assert desk.now(bfu).state is SkriftState.UDKAST


def test_a_dimension_that_says_why_it_is_not_relevant_is_not_lacking(desk: Desk) -> None:
    bfu = desk.finished(desk.begun())
    texts = {("sundhedsforhold", name): "" for name in ("beskrivelse", "faglig_vurdering")}
    desk.put_at(bfu, texts)
    with pytest.raises(NotFinished) as no:
        approve(desk.sag, bfu.id, **desk.leader)
    assert [one.title for one in no.value.lacking] == ["1 Sundhedsforhold"]
    desk.put_at(bfu, {("sundhedsforhold", "ikke_relevant"): "Undersøgt i marts."})
    approve(desk.sag, bfu.id, **desk.leader)


def test_a_leader_sends_it_back_with_a_remark_and_never_without(desk: Desk) -> None:
    bfu = desk.begun()
    lacking = present(desk.sag, bfu.id, **desk.act())
    assert lacking[0].title == "1 Sundhedsforhold"
    assert desk.now(bfu).state is SkriftState.FREMLAGT
    with pytest.raises(NoRemark):
        send_back(desk.sag, bfu.id, "  ", **desk.leader)
    send_back(desk.sag, bfu.id, "Skriv fars syn.", **desk.leader)
    assert desk.now(bfu).state is SkriftState.SENDT_TILBAGE
    with desk.town.product.store.read() as connection:
        assert skrifter.versions(connection, bfu.id)[0].remark == "Skriv fars syn."


def test_a_caseworker_does_not_have_her_own_undersoegelse_stand(desk: Desk) -> None:
    bfu = desk.finished(desk.begun())
    with pytest.raises(NotYours):
        approve(desk.sag, bfu.id, **desk.act(KAREN))
    with pytest.raises(NeedsLeader):
        finish(desk.sag, bfu.id, **desk.act(KAREN))
    assert desk.happened(H.UNDERSOEGELSE_AFSLUTTET) == []


def test_what_is_given_up_keeps_its_text_and_can_be_taken_up_again(desk: Desk) -> None:
    bfu = desk.begun()
    desk.put_at(bfu, {SLEEP: "Halvt skrevet."})
    give_up(desk.sag, bfu.id, **desk.act())
    assert desk.now(bfu).state is SkriftState.OPGIVET
    assert desk.happened(H.UNDERSOEGELSE_OPGIVET)
    assert begin_version(desk.sag, bfu.id, **desk.act()) == 2
    assert desk.words(bfu)[SLEEP] == "Halvt skrevet."
