"""What is told of a brother's or sister's case that is closed to whoever reads about the child."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from dubu_plugin.domain.access import Relation
from dubu_plugin.store import tables as t
from dubu_plugin.testing import made_post

from .known import OWN_UNIT
from .municipality import Municipality

PROTECTED = "Beskyttet. Spørg lederen."


@pytest.fixture(scope="module")
def about_brother(town: Municipality) -> UUID:
    """An underretning whose likely child is the brother of the child with the case."""
    raw = made_post.eml(
        "Barnet Noah Testlund kom uden madpakke.",
        message_id="<bror@huset.example>",
        sender="Børnehuset <b@huset.example>",
    )
    town.receive("bror", raw, sender="Børnehuset")
    town.host_post.pop("bror")
    town.post.pop("bror")
    brother = town.rows(t.personer, name="Noah Testlund")[0].id
    with town.product.store.write(actor="system", now=town.now) as work:
        row = {"person_id": brother, "other_id": town.child, "tie": "soeskende"}
        work.connection.execute(sa.insert(t.ties).values(row))
    return town.underretning.pop("bror")


def family_column(town: Municipality, about: UUID, *, protected: bool) -> str:
    """Return what Karen is shown of the brother's family, when his sister's case is not hers."""
    town.stand("karen", Relation.NONE, protected=protected)
    with town.product.store.write(actor="system", now=town.now) as work:
        hers = {"unit": OWN_UNIT, "protected": False}
        work.connection.execute(
            sa.update(t.underretninger).where(t.underretninger.c.id == about).values(hers)
        )
        sister = sa.update(t.personer).where(t.personer.c.id == town.child)
        work.connection.execute(sister.values(protected_address=protected))
    brother = town.rows(t.personer, name="Noah Testlund")[0].id
    answer = town.browser("karen").get(f"/dubu/indgang/{about}/familie?barn={brother}")
    assert answer.status_code == 200
    return answer.text.replace("\xa0", " ")


def test_that_there_is_one_is_told_and_nothing_leads_to_it(
    town: Municipality, about_brother: UUID
) -> None:
    shown = family_column(town, about_brother, protected=False)
    assert "Alma" in shown
    assert "har en sag i" in shown
    assert "Screening" not in shown, "what came of it is told by who has the case"
    assert PROTECTED not in shown
    assert [key for key in (town.sag, *town.underretning.values()) if str(key) in shown] == []


def test_of_a_protected_one_not_even_whose_it_is_is_told(
    town: Municipality, about_brother: UUID
) -> None:
    shown = family_column(town, about_brother, protected=True)
    assert PROTECTED in shown
    assert "Alma" not in shown
    assert "Screening" not in shown
    assert [key for key in (town.sag, *town.underretning.values()) if str(key) in shown] == []
