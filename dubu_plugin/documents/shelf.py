"""All letters: ours, and those of a municipality that stand in place of ours."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Protocol, Self, TypeVar

from markupsafe import Markup
from pydantic import BaseModel, ValidationError

from dubu_plugin.documents import fill, reading
from dubu_plugin.documents.letter import (
    FieldFile,
    FieldRow,
    Letter,
    LetterFile,
    LetterRow,
    Values,
    known,
)
from dubu_plugin.documents.pdf import LibreOffice
from dubu_plugin.errors import ConfigurationError
from dubu_plugin.settings import wrong_toml
from dubu_plugin.toml_slips import not_allowed

File = TypeVar("File", bound=BaseModel)

TRAINING: Final = "ØVEMILJØ – ikke et rigtigt brev"
"""What stands on every page of a letter made in a training copy."""


class Converter(Protocol):
    """Turns Word files into PDF."""

    def to_pdf(self, documents: Sequence[bytes]) -> list[bytes]:
        """Return the PDF of each, in the same order. See `LibreOffice.to_pdf`."""

    def version(self) -> str:
        """Return what it calls itself. See `LibreOffice.version`."""


class LetterShelf:
    """The letters of one installation, by code."""

    def __init__(
        self, letters: Mapping[str, Letter], converter: Converter, *, training: bool = False
    ) -> None:
        """Hold the letters.

        :param training: they are a training copy's, and every one of them says so.
        """
        self._letters = letters
        self._converter = converter
        self._stamp = TRAINING if training else ""

    @classmethod
    def load(
        cls,
        folders: Sequence[Path],
        converter: Converter | None = None,
        *,
        training: bool = False,
    ) -> Self:
        """Read the folders; a code in a later folder replaces the one in an earlier.

        :param folders: each with a ``letters.toml``, perhaps a ``fields.toml``, and ``letters/``.
        :param training: see `__init__`.
        :raises ConfigurationError: a file is missing, or does not say what it should.
        """
        fields: dict[str, FieldRow] = {}
        letters: dict[str, Letter] = {}
        for folder in folders:
            fields.update(_fields(folder / "fields.toml"))
            for code, row in _rows(folder / "letters.toml").items():
                known(code, row, fields)
                letters[code] = Letter(code, row, _word_file(folder, code), fields)
        return cls(letters, converter or LibreOffice(), training=training)

    def __iter__(self) -> Iterator[Letter]:
        return iter(self._letters.values())

    def __getitem__(self, code: str) -> Letter:
        """Return a letter.

        :raises KeyError: there is none with this code.
        """
        return self._letters[code]

    def render(self, letter: Letter, values: Values) -> bytes:
        """Return the finished Word file. See `fill.render`."""
        return fill.render(letter, values, self._stamp)

    def preview(self, code: str, values: Values) -> Markup:
        """Return the letter as HTML, read from the finished Word file. It waits for nobody.

        Fields that are filled in late are shown with their titles in angle brackets.
        """
        letter = self[code]
        late = {name: f"‹{letter.fields[name].title}›" for name in letter.late - set(values)}
        stamp = Markup("<p><strong>{}</strong></p>\n").format(self._stamp) if self._stamp else ""
        return Markup(stamp) + reading.html(self.render(letter, {**values, **late}))

    def to_pdf(self, documents: Iterable[bytes]) -> list[bytes]:
        """Return the PDF of each Word file, in the same order. See `LibreOffice.to_pdf`."""
        return self._converter.to_pdf(list(documents))

    def converter_version(self) -> str:
        """Return what makes the PDFs, with its version.

        :raises ConfigurationError: nothing does.
        """
        return self._converter.version()


def _rows(file: Path) -> dict[str, LetterRow]:
    return _checked(file, LetterFile, "letters").letters


def _fields(file: Path) -> dict[str, FieldRow]:
    return _checked(file, FieldFile, "fields").fields if file.is_file() else {}


def _checked(file: Path, whole: type[File], key: str) -> File:
    try:
        return whole.model_validate({key: tomllib.loads(file.read_text(encoding="utf-8"))})
    except FileNotFoundError:
        raise ConfigurationError(f"Der er ingen fil {file}.") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{file} er ikke UTF-8. Gem den som UTF-8.") from None
    except tomllib.TOMLDecodeError as slip:
        raise ConfigurationError(f"{file} {wrong_toml(slip)}") from None
    except ValidationError as slip:
        wrong = "; ".join(
            f"»{'.'.join(str(part) for part in one['loc'][1:])}« {_how(one)}"
            for one in slip.errors()
        )
        raise ConfigurationError(f"{file}: {wrong}") from None


def _how(wrong: Any) -> str:
    return str(wrong["ctx"]["error"]) if wrong["type"] == "value_error" else not_allowed(wrong)


def _word_file(folder: Path, code: str) -> bytes:
    file = folder / "letters" / f"{code}.docx"
    try:
        return file.read_bytes()
    except OSError:
        raise ConfigurationError(
            f"Brevet »{code}« mangler sin Word-fil. Læg den her: {file}"
        ) from None
