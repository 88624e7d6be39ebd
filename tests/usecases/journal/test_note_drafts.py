"""A draft is its writer's alone, and one that is thrown away can be taken back."""

from datetime import timedelta
from uuid import UUID, uuid4

from dubu_plugin.store import drafts
from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.usecases.journal import note_drafts
from dubu_plugin.usecases.journal.note_drafts import CASE, KEPT_FOR, form_of

from .house import House


def begun(house: House, who: str = KAREN, *, sag: UUID | None = None, text: str = "Halvt") -> UUID:
    number = uuid4()
    with house.town.product.store.write(actor=who, now=house.town.now) as work:
        fields = {CASE: [str(sag or house.sag)], "titel": ["Aftale"], "tekst": [text]}
        drafts.keep(work, form_of(number), fields, base_version=0)
    return number


def listed(house: House, who: str = KAREN) -> list[UUID]:
    with house.town.product.store.read() as connection:
        return [one.number for one in note_drafts.of_case(connection, who, house.sag)]


def act(house: House, what: object, number: UUID, who: str = KAREN) -> None:
    with house.town.product.store.write(actor=who, now=house.town.now) as work:
        what(work, number)  # type: ignore[operator]


def test_only_its_writer_sees_a_draft(house: House) -> None:
    number = begun(house)
    assert listed(house) == [number]
    assert listed(house, HENRIK) == []


def test_a_draft_of_another_case_is_not_on_this_one(house: House) -> None:
    begun(house, sag=uuid4())
    assert listed(house) == []


def test_a_draft_is_in_no_search_and_no_stream(house: House) -> None:
    begun(house, text="Regnbueord")
    assert house.titles() == ["sag_oprettet"]
    assert house.titles(text="Regnbueord") == []


def test_one_thrown_away_is_gone_from_the_list_and_can_be_taken_back(house: House) -> None:
    number = begun(house)
    act(house, note_drafts.throw_away, number)
    assert listed(house) == []
    act(house, note_drafts.take_back, number)
    assert listed(house) == [number]
    with house.town.product.store.read() as connection:
        kept = drafts.kept(connection, KAREN, form_of(number))
    assert kept is not None
    assert kept.fields["tekst"] == ["Halvt"]


def test_nobody_throws_away_what_is_anothers(house: House) -> None:
    number = begun(house)
    act(house, note_drafts.throw_away, number, HENRIK)
    assert listed(house) == [number]
    act(house, note_drafts.throw_away, number)
    act(house, note_drafts.take_back, number, HENRIK)
    assert listed(house, HENRIK) == []


def test_taken_back_it_does_not_write_over_what_was_begun_anew(house: House) -> None:
    number = begun(house)
    act(house, note_drafts.throw_away, number)
    with house.town.product.store.write(actor=KAREN, now=house.town.now) as work:
        drafts.keep(
            work, form_of(number), {CASE: [str(house.sag)], "tekst": ["Nyt"]}, base_version=0
        )
    act(house, note_drafts.take_back, number)
    with house.town.product.store.read() as connection:
        kept = drafts.kept(connection, KAREN, form_of(number))
    assert kept is not None
    assert kept.fields["tekst"] == ["Nyt"]


def test_what_was_thrown_away_long_ago_is_forgotten(house: House) -> None:
    old = begun(house)
    act(house, note_drafts.throw_away, old)
    house.town.now += KEPT_FOR + timedelta(minutes=1)
    act(house, note_drafts.throw_away, begun(house))
    act(house, note_drafts.take_back, old)
    assert listed(house) == []
