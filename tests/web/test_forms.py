"""A form that was refused is drawn again from what was sent."""

import pytest

from dubu_plugin.errors import CaseworkError, FieldsRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.failures import StorageFull
from dubu_plugin.web.forms import Sent

TYPED = Sent({"dag": ["1.3.2026 "], "hvem": ["a", "b"]})


def test_what_was_typed_is_kept_and_what_is_wrong_stands_at_its_field() -> None:
    again = TYPED.refused(FieldsRefused({"dag": "Vælg en anden dag."}))
    assert again.fields == TYPED.fields
    assert again.wrong == {"dag": "Vælg en anden dag."}
    assert again.status == 422


@pytest.mark.parametrize("no", [NotYours(), StorageFull()])
def test_what_is_no_answer_to_a_form_goes_on_to_who_answers_it(no: CaseworkError) -> None:
    with pytest.raises(type(no)):
        TYPED.refused(no)


def test_every_field_is_read_as_one_is() -> None:
    assert TYPED.ones() == {"dag": "1.3.2026", "hvem": "b"}
