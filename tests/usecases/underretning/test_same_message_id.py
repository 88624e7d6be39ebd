"""Other words under a known Message-ID are another underretning, and lead to the first."""

from dubu_plugin.domain.access import Asker, Role
from dubu_plugin.domain.intake import PostState, Remark, Status, read_back
from dubu_plugin.store.tables import post_items
from dubu_plugin.store.underretning import copies
from dubu_plugin.store.underretning import underretninger as stored
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import Reception

ALMA = "Vi underretter om Alma Testvad, CPR 031216-4990. Stort fravær, og mor er deprimeret."


def test_a_message_id_used_again_for_something_else_loses_nothing(reception: Reception) -> None:
    first = reception.receive(made_post.eml(ALMA))
    other = reception.receive(made_post.eml("Nu er der også noget med Viggo Prøvesen."))
    assert other.status is Status.NEEDS_HUMAN
    assert other.underretning not in (None, first.underretning)
    kept = reception.rows(post_items, state=PostState.WAITS)
    assert [read_back(row.needs) for row in kept] == [(Remark.CHANGED_COPY,)]
    assert b"Viggo" in reception.product.blobs.read(kept[0].sha256)
    third = reception.receive(made_post.eml("Nu er der også noget med Viggo Prøvesen."))
    assert third.status is Status.DUPLICATE
    assert third.underretning == other.underretning
    assert len(reception.rows(post_items)) == 2


def test_a_message_id_used_again_for_something_else_has_a_clock_and_the_way_to_the_first(
    reception: Reception,
) -> None:
    first = reception.receive(made_post.eml(ALMA))
    other = reception.receive(made_post.eml("Nu er der også noget med Viggo Prøvesen."))
    assert other.underretning is not None
    assert reception.deadlines(other.underretning)["UND-24T"] == "aaben"
    with reception.product.store.read() as connection:
        post = stored.post_by_id(connection, other.post) if other.post else None
        found = copies.first_of(connection, reception.asker(), other.underretning, post)
        assert found is not None
        assert found.underretning == first.underretning
        strange = Asker("fremmed", frozenset({Role.CASEWORKER}), "andet-sted")
        assert copies.first_of(connection, strange, other.underretning, post) is None
