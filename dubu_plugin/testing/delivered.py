"""What the product is delivered with, read once a process: every test has a town."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from dubu_plugin.aktiviteter.planbook import PlanBook
from dubu_plugin.documents.letter import Letter
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.afgoerelser import Matters
from dubu_plugin.domain.indsatser import Catalogue
from dubu_plugin.domain.satser import Satser
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.kataloger import afgoerelseskatalog, indsatskatalog, satskatalog
from dubu_plugin.metode.skriftformfile import SkriftForms


@cache
def forms(folder: Path) -> SkriftForms:
    """Return what is asked in each kind of skrift."""
    return SkriftForms.load(folder)


@cache
def plans(shelf: Path) -> PlanBook:
    """Return the plans as delivered, with the rules."""
    rules = RuleBook.load([shelf / "frister"])
    types = shelf / "kataloger" / "aktiviteter.toml"
    return PlanBook.load([types, shelf / "aktivitetsplaner"], rules)


@cache
def indsatser(file: Path) -> Catalogue:
    """Return the catalogue of indsatser."""
    return indsatskatalog.load([file])


@cache
def matters(folder: Path) -> Matters:
    """Return the catalogue of what can be decided."""
    return afgoerelseskatalog.load(
        folder / "afgoerelser.toml", indsatser(folder / "indsatser.toml")
    )


@cache
def rates(folder: Path) -> Satser:
    """Return the rates."""
    return satskatalog.delivered(folder)


@cache
def letters(shelf: Path) -> Mapping[str, Letter]:
    """Return the letters by code, each with its Word file."""
    return {letter.code: letter for letter in LetterShelf.load([shelf])}
