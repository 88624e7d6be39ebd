"""What somebody filled in: read field by field, with a sentence where something is missing.

A form keeps what was typed, right or wrong, so that the page shown again holds all of it.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from starlette.datastructures import FormData, UploadFile

from dubu_journal import danish

LONGEST_LINE: Final = 450
LONGEST_TEXT: Final = 200_000
"""In characters: what one field takes."""


@dataclass(slots=True)
class Form:
    """One form as it was sent, or as it is first shown."""

    values: dict[str, str] = field(default_factory=dict, repr=False)
    files: Mapping[str, list[UploadFile]] = field(default_factory=dict, repr=False)
    errors: dict[str, str] = field(default_factory=dict)
    """A Danish sentence for each field that must be put right; under ``""`` for the whole form."""

    @classmethod
    def sent(cls, data: FormData) -> "Form":
        """Return a form as it came in a request."""
        form = cls(files={})
        uploads: dict[str, list[UploadFile]] = {}
        for name, value in data.multi_items():
            if isinstance(value, UploadFile):
                if value.filename:
                    uploads.setdefault(name, []).append(value)
            else:
                form.values[name] = value.replace("\r\n", "\n").replace("\0", "")
        form.files = uploads
        return form

    @property
    def ok(self) -> bool:
        """Whether nothing has been found wrong so far."""
        return not self.errors

    def fail(self, name: str, sentence: str) -> None:
        """Say what must be put right; the first sentence about a field stands."""
        self.errors.setdefault(name, sentence)

    def text(self, name: str, need: str = "", *, longest: int = LONGEST_LINE) -> str:
        """Return a text without space around it.

        :param need: what to say where it is empty; without it the field may be.
        """
        typed = self.values.get(name, "").strip()
        if not typed and need:
            self.fail(name, need)
        if len(typed) > longest:
            self.fail(name, f"Teksten er for lang. Skriv højst {longest:,} tegn.".replace(",", "."))
        return typed

    def one_of(self, name: str, choices: Collection[str], need: str) -> str:
        """Return one of the choices; anything else is not filled in."""
        chosen = self.values.get(name, "")
        if chosen not in choices:
            self.fail(name, need)
        return chosen

    def ticked(self, name: str) -> bool:
        """Return whether a box was ticked."""
        return bool(self.values.get(name))

    def number(self, name: str) -> int | None:
        """Return a whole number the page itself put there, or None."""
        given = self.values.get(name, "")
        return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None

    def date(self, name: str, need: str = "") -> dt.date | None:
        """Return a date, None where it may be empty and is."""
        typed = self.text(name, need)
        found = danish.read_date(typed)
        if typed and found is None:
            self.fail(name, "Skriv datoen som dag-måned-år, fx 24-12-2026.")
        return found

    def time(self, name: str, need: str = "") -> dt.time | None:
        """Return a time of day, None where it may be empty and is."""
        typed = self.text(name, need)
        found = danish.read_time(typed)
        if typed and found is None:
            self.fail(name, "Skriv klokkeslættet med timer og minutter, fx 14.30.")
        return found

    def moment(self, name: str, need: str = "", *, at: dt.time | None = None) -> dt.datetime | None:
        """Return the moment of a date field and its time field, which is called `<name>_tid`.

        :param at: the time where none is typed.
        """
        day = self.date(name, need)
        typed = self.time(f"{name}_tid")
        clock = typed if typed is not None else at
        return None if day is None or clock is None else danish.moment(day, clock)

    def uploads(self, name: str, need: str = "") -> list[UploadFile]:
        """Return the files that were chosen."""
        chosen = self.files.get(name, [])
        if not chosen and need:
            self.fail(name, need)
        return chosen
