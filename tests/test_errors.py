"""An error says what to do, and at which field of the form."""

from dubu_plugin.errors import CaseworkError, FieldRefused, FieldsRefused


class Closed(CaseworkError):
    """A rule about the whole form."""

    danish = "Sagen er lukket."


class NoWords(CaseworkError):
    """A rule about one field."""

    danish = "Skriv hvorfor."
    field = "grund"


def test_what_is_about_no_field_stands_above_the_form() -> None:
    assert Closed().at_fields() == {"": "Sagen er lukket."}


def test_what_is_about_a_field_says_which() -> None:
    assert NoWords().at_fields() == {"grund": "Skriv hvorfor."}
    assert FieldRefused("dag", "Vælg en dag.").at_fields() == {"dag": "Vælg en dag."}


def test_each_of_several_fields_has_its_own_sentence() -> None:
    said = {"dag": "Vælg en dag.", "sted": "Skriv hvor."}
    assert FieldsRefused(said).at_fields() == said


def test_no_word_of_what_was_typed_is_in_the_error_itself() -> None:
    assert str(FieldRefused("dag", "Alma har sagt noget andet.")) == "dag"
    assert str(FieldsRefused({"dag": "Alma har sagt noget andet."})) == "dag"
