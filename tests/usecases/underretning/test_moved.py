"""An underretning that lay on the wrong child's case: what goes with it, and what is left there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from dubu_plugin.store.sag import sager
from dubu_plugin.store.tables import genvurderinger, letters
from dubu_plugin.store.tables import sager as cases
from dubu_plugin.testing import made_post
from dubu_plugin.testing.reception import ALMA, GOOD, NOW, TEXT, VIGGO, Reception
from dubu_plugin.usecases.underretning.child_choice import ChildByCpr
from dubu_plugin.usecases.underretning.choose_child import choose_child
from dubu_plugin.usecases.underretning.genvurder import confirm

TO_VIGGO = ChildByCpr(VIGGO, "Viggo Prøvesen")
TO_ALMA = ChildByCpr(ALMA, "Alma Testvad")
SENT = "Kvittering til underretter"


@pytest.fixture
def alma(reception: Reception) -> UUID:
    return reception.registered(made_post.eml(TEXT))


def corrected(reception: Reception, underretning: UUID, child: ChildByCpr, word: str) -> UUID:
    """Put the child right with the assessment ten minutes later, and return its case."""
    reception.town.now += timedelta(minutes=10)
    sag = reception.save(underretning, replace(GOOD, reason=word), child=child).sag
    reception.deliver()
    return sag


def on(reception: Reception, sag: UUID | None) -> Sequence[str]:
    """Return the titles of the documents on a case, in the host."""
    (row,) = reception.rows(cases, id=sag)
    return sorted(
        one.meta.title for one in reception.journal.folders[row.host_key].documents.values()
    )


def notes(reception: Reception, sag: UUID | None) -> Mapping[str, str]:
    (row,) = reception.rows(cases, id=sag)
    return {note.title: note.body for note in reception.journal.folders[row.host_key].notes}


def test_a_kvittering_that_was_sent_lies_on_the_right_case_too_and_the_wrong_one_is_told(
    reception: Reception, alma: UUID
) -> None:
    wrong = reception.save(alma, kvittering=True).sag
    reception.deliver()
    right = corrected(reception, alma, TO_VIGGO, "Det er Viggo.")
    assert on(reception, right).count(SENT) == 1
    assert SENT in notes(reception, right)
    said = notes(reception, wrong)["Underretning flyttet"]
    assert "underretningen, 24-timers vurderingen og kvitteringen" in said
    (row,) = reception.rows(letters, code="kvittering")
    assert (row.sag_id, row.state) == (right, "sendt")
    assert [row.code for row in reception.rows(letters)].count("kvittering") == 1


def test_only_what_was_there_is_named_on_the_wrong_case(reception: Reception, alma: UUID) -> None:
    wrong = reception.about(alma).sag_id
    choose_child(alma, TO_VIGGO, version=reception.about(alma).version, **reception.by())
    reception.deliver()
    said = notes(reception, wrong)["Underretning flyttet"]
    assert said.endswith("skal ikke bruges: underretningen.")


def test_a_kvittering_that_is_not_filed_yet_is_filed_on_the_right_case_alone(
    reception: Reception, alma: UUID
) -> None:
    wrong = reception.save(alma, kvittering=True).sag
    right = corrected(reception, alma, TO_VIGGO, "Det er Viggo.")
    assert on(reception, right).count(SENT) == 1
    assert SENT not in on(reception, wrong)


def test_one_that_goes_back_and_forth_leaves_one_kvittering_on_each(
    reception: Reception, alma: UUID
) -> None:
    wrong = reception.save(alma, kvittering=True).sag
    reception.deliver()
    right = corrected(reception, alma, TO_VIGGO, "Det er Viggo.")
    assert corrected(reception, alma, TO_ALMA, "Det er Alma.") == wrong
    assert corrected(reception, alma, TO_VIGGO, "Nej, Viggo.") == right
    assert [on(reception, sag).count(SENT) for sag in (wrong, right)] == [1, 1]


def test_137_a_genvurdering_of_the_wrong_childs_case_is_none_of_the_right_ones(
    reception: Reception, alma: UUID
) -> None:
    wrong = reception.about(alma).sag_id
    other = reception.registered(made_post.eml("Viggo fryser.", message_id="<2@x>"))
    right = reception.save(other, child=TO_VIGGO).sag
    assert wrong is not None
    with reception.product.store.write(actor="anders", now=NOW) as work:
        for sag in (wrong, right):
            sager.change(work.connection, sag, has_indsats=True, responsible="anders")
    third = reception.registered(made_post.eml(f"{TEXT} Igen.", message_id="<3@x>"))
    reception.save(third, replace(GOOD, fresh_eyes="mette"))
    confirm(third, "Jeg har læst sagen forfra.", **reception.by("mette"))
    choose_child(third, TO_VIGGO, version=reception.about(third).version, **reception.by())
    assert reception.deadlines(third)["UND-GENV"] == "aaben"
    assert [row.state for row in reception.rows(genvurderinger)] == ["trukket"]
    reception.deliver()
    assert "genvurderingen" in notes(reception, wrong)["Underretning flyttet"]


def test_137_a_genvurdering_of_the_wrong_childs_case_is_not_owed_where_there_is_no_support(
    reception: Reception, alma: UUID
) -> None:
    wrong = reception.about(alma).sag_id
    assert wrong is not None
    with reception.product.store.write(actor="anders", now=NOW) as work:
        sager.change(work.connection, wrong, has_indsats=True, responsible="anders")
    second = reception.registered(made_post.eml(f"{TEXT} Igen.", message_id="<2@x>"))
    reception.save(second, replace(GOOD, fresh_eyes="mette"))
    confirm(second, "Jeg har læst sagen forfra.", **reception.by("mette"))
    corrected(reception, second, TO_VIGGO, "Det er Viggo.")
    assert reception.deadlines(second)["UND-GENV"] == "bortfaldet"
