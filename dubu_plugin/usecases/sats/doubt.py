"""Rates that are so unlike what they follow that a slip of the keys is likelier than a new law.

A comma too few is money for families, so who types such a rate is asked whether it is right.
"""

from collections.abc import Sequence

from dubu_plugin.domain.danish import long_date
from dubu_plugin.domain.satser import Sats, Satser
from dubu_plugin.errors import CaseworkError
from dubu_plugin.kataloger.satskatalog import amount_words


class InDoubt(CaseworkError):
    """A rate is unlike the one before, and nobody has said that it is right."""

    danish = "{sentence} Er det rigtigt, så sæt kryds ved det, og gem igen. Ellers ret beløbet."
    field = "beloeb"

    def __init__(self, sentence: str, amount: str) -> None:
        super().__init__("rate in doubt")
        self.sentence = sentence
        self.amount = amount
        """What it would be, in words."""


def insist(book: Satser, one: Sats, instead_of: Sats | None = None) -> None:
    """Refuse a rate that is in doubt.

    :param instead_of: the row it is a correction of.
    :raises InDoubt: it is; the sentence says what it was, and what it would be.
    """
    if book.in_doubt(one, instead_of):
        raise InDoubt(_sentence(book, one, instead_of), amount_words(one))


def doubts(book: Satser, rows: Sequence[Sats]) -> Sequence[str]:
    """Return a sentence for each row of a file that is in doubt, held also against those before."""
    found = []
    for one in sorted(rows, key=lambda row: row.valid_from):
        if book.in_doubt(one):
            found.append(_sentence(book, one, None))
        book = Satser([*book.rows, one])
    return found


def _sentence(book: Satser, one: Sats, instead_of: Sats | None) -> str:
    beside = book.beside(one, instead_of)
    day = long_date(one.valid_from)
    if beside is None:
        return f"»{one.title}« bliver {amount_words(one)} fra {day}: mere end det hele."
    known = "var" if beside.valid_from <= one.valid_from else "bliver senere"
    return f"»{one.title}« {known} {amount_words(beside)}, og bliver {amount_words(one)} fra {day}."
