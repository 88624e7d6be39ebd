"""Where a letter can have got to, on its way from what was decided to whom it is to."""

from enum import StrEnum
from typing import Final


class LetterState(StrEnum):
    """Where a letter has got to. The value is stored."""

    SKRIVES = "skrives"
    """Ordered; the files are not made yet."""
    KLAR = "klar"
    """Both files are made, and never change."""
    JOURNALISERET = "journaliseret"
    """It is a document on the case."""
    I_KOE = "i_koe"
    """The post has it and has not sent it yet: nobody has got anything (`follow_letters`)."""
    TIL_PRINT = "til_print"
    """There is no way to send it but paper: it waits for a person."""
    SENDT = "sendt"
    IKKE_NAAET = "ikke_naaet"
    """It was sent and reached nobody: another stands in its place (`send_again`)."""
    UDGAAET = "udgaaet"
    """It is not to be filed or sent after all: there is nobody it may be sent to, or what it tells
    is no more so."""


HERE_STILL: Final = (
    LetterState.SKRIVES,
    LetterState.KLAR,
    LetterState.JOURNALISERET,
    LetterState.TIL_PRINT,
)
"""Where a letter has left neither the house nor for the post, and can be kept back."""
