"""What a browser sent: fields by name, and files. Read before the page is called."""

import re
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from dubu_plugin.domain.underretning import ANONYM
from dubu_plugin.errors import CaseworkError

MOST_FIELDS: Final = 300
MOST_FILES: Final = 50
LARGEST_FIELD: Final = 4 * 1024 * 1024
"""In bytes. Far more than a person types; what may be kept is decided where it is kept."""
LARGEST_GIVEN_BACK: Final = 1024 * 1024
"""In characters, as for a draft: nobody types more."""
MOST_PAGES: Final = 100_000
NOT_TYPED: Final = frozenset({"gem", "version", "tilbage"})
"""Fields that steer the form and are no part of what somebody typed."""
WHO: Final = frozenset({"underretter_navn", "underretter_sted", "underretter_adresse"})
"""Fields that say who notifies, and of somebody anonymous are kept nowhere."""


class NotReadable(CaseworkError):
    """The form came in a shape no form of ours has."""

    danish = "Formularen kunne ikke læses. Gå tilbage, og send den igen."


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent."""

    fields: Mapping[str, Sequence[str]] = field(repr=False)
    files: Sequence[UploadFile] = field(default=(), repr=False)

    def one(self, name: str) -> str:
        """Return a field without the spaces around it, empty where it was not sent."""
        values = self.fields.get(name, ())
        return values[-1].strip() if values else ""

    def many(self, name: str) -> list[str]:
        """Return every value of a field."""
        return list(self.fields.get(name, ()))

    @property
    def version(self) -> int:
        """The version that was on the screen when the form was drawn; 0 where it says none."""
        text = self.one("version")
        return int(text) if re.fullmatch(r"\d{1,9}", text) else 0

    def typed(self) -> dict[str, list[str]]:
        """Return what somebody typed, as a draft keeps it: not who somebody anonymous is."""
        left_out = NOT_TYPED | (WHO if self.anonymous else frozenset())
        return {name: list(values) for name, values in self.fields.items() if name not in left_out}

    @property
    def anonymous(self) -> bool:
        """Whether it says that who notifies is anonymous."""
        return self.one("anonym") == "ja" or self.one("underretter") == ANONYM


async def sent(request: Request) -> AsyncIterator[Sent]:
    """Read the form; files are there until the answer is sent.

    :raises NotReadable: it has more fields than a form of ours, or is broken.
    """
    try:
        form = await request.form(
            max_fields=MOST_FIELDS, max_files=MOST_FILES, max_part_size=LARGEST_FIELD
        )
    except (MultiPartException, HTTPException):
        raise NotReadable from None
    try:
        files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
        yield Sent(_texts(form.multi_items()), [one for one in files if one.filename])
    finally:
        await form.close()


async def sent_anyway(request: Request) -> Sent | None:
    """Return what was sent with a request that was not granted, so that it can be given back.

    :returns: None where nothing was typed, or it cannot be read, or nobody typed that much.
    """
    if request.method != "POST":
        return None
    try:
        form = await request.form(
            max_fields=MOST_FIELDS, max_files=MOST_FILES, max_part_size=LARGEST_FIELD
        )
    except (MultiPartException, HTTPException):
        return None
    items = form.multi_items()
    files = [value for _, value in items if isinstance(value, UploadFile) and value.filename]
    fields = _texts(items)
    await form.close()
    size = sum(len(text) for values in fields.values() for text in values)
    return Sent(fields, files) if fields and size <= LARGEST_GIVEN_BACK else None


Form = Annotated[Sent, Depends(sent)]
"""The form of a request, as a page takes it."""


def page_number(typed: int) -> int:
    """Return which page of a list an address names; nobody turns more pages than `MOST_PAGES`."""
    return min(max(1, typed), MOST_PAGES)


def _texts(items: Iterable[tuple[str, UploadFile | str]]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for name, value in items:
        if isinstance(value, str):
            # Browsers send line ends in two characters; people type one.
            found.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return found
