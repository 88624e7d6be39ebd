"""What a browser sent: fields by name, and files. Read before the page is called.

What is not taken is drawn again from the same, with what was wrong: a page has one way to draw its
form, whether it is empty, half done or refused.
"""

import hashlib
import re
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from dubu_plugin.domain.underretning import ANONYM
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.failures import StorageError

MOST_FIELDS: Final = 300
MOST_FILES: Final = 50
LARGEST_FIELD: Final = 12 * 1024 * 1024
"""In bytes. Whole books are pasted by mistake, and what is not read cannot be given back; what may
be kept is decided where it is kept."""
LARGEST_GIVEN_BACK: Final = 1024 * 1024
"""In characters, as for a draft: nobody types more."""
MOST_PAGES: Final = 100_000
OWNER: Final = "skrives_af"
"""The field every form of a whole page carries: the mark of whom the page was drawn for."""
NOT_TYPED: Final = frozenset({"gem", "version", "tilbage", OWNER})
"""Fields that steer the form and are no part of what somebody typed."""
WHO: Final = frozenset({"underretter_navn", "underretter_sted", "underretter_adresse"})
"""Fields that say who notifies, and of somebody anonymous are kept nowhere."""


class NotReadable(CaseworkError):
    """The form came in a shape no form of ours has."""

    danish = (
        "Formularen kunne ikke læses. Gå tilbage, og send den igen. Er der indsat meget lang "
        "tekst, så læg teksten på sagen som et dokument."
    )


class WrittenByAnother(CaseworkError):
    """The form was drawn for somebody else than who sends it."""

    danish = (
        "Det er skrevet af en anden end dig og er ikke gemt. Den, der skrev det, skal logge ind "
        "her i browseren og gemme det."
    )


class UnknownButton(CaseworkError):
    """A form says something is done that its page has no button for."""

    danish = (
        "Siden kender ikke den knap, der er trykket på, så intet er gjort. Gå tilbage, genindlæs "
        "siden, og prøv igen."
    )


def mark_of(employee: str) -> str:
    """Return the mark of an employee. It keeps people apart and proves nothing."""
    return hashlib.sha256(f"{OWNER}:{employee}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent or is drawn: what stands in it, and what is said of it."""

    fields: Mapping[str, Sequence[str]] = field(repr=False)
    files: Sequence[UploadFile] = field(default=(), repr=False)
    wrong: Mapping[str, str] = field(default_factory=dict)
    """A sentence for each field that is wrong; an empty name is the whole form."""
    restored: str = ""
    """When the draft that stands in it was kept, in words; empty where it is none."""
    status: int = 200
    """The status of the answer it is drawn in."""

    def refused(self, no: CaseworkError, *, at: str | None = None, status: int = 422) -> "Sent":
        """Return it as it is drawn again when what it asked for was refused.

        :param at: the field that is to be put right, on a page that knows it better than the act.
        :raises CaseworkError: the same, where it is no answer to a form: who sent it may not do
            that here, or nothing could be stored. `refusals` says so, and gives the form back.
        """
        if isinstance(no, NotYours | StorageError):
            raise no
        wrong = no.at_fields() if at is None else {at: no.for_people()}
        return replace(self, wrong=wrong, status=status)

    def one(self, name: str) -> str:
        """Return a field without the spaces around it, empty where it was not sent."""
        values = self.fields.get(name, ())
        return values[-1].strip() if values else ""

    def many(self, name: str) -> list[str]:
        """Return every value of a field."""
        return list(self.fields.get(name, ()))

    def ones(self) -> dict[str, str]:
        """Return every field with its one value, as `one` does."""
        return {name: self.one(name) for name in self.fields}

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


EMPTY: Final = Sent({})
"""A form nobody has typed in."""


async def sent(request: Request) -> AsyncIterator[Sent]:
    """Read the form; files are there until the answer is sent.

    :raises NotReadable: it has more fields than a form of ours, or is broken.
    :raises WrittenByAnother: it was drawn for another user of the same browser.
    """
    try:
        form = await request.form(
            max_fields=MOST_FIELDS, max_files=MOST_FILES, max_part_size=LARGEST_FIELD
        )
    except (MultiPartException, HTTPException):
        raise NotReadable from None
    try:
        files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
        found = Sent(_texts(form.multi_items()), [one for one in files if one.filename])
        if found.one(OWNER) and not _is_of(request, found):
            raise WrittenByAnother
        yield found
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


def _is_of(request: Request, form: Sent) -> bool:
    """Tell whether who sends a form is who it was drawn for; nobody is who is logged out."""
    identity = request.app.state.product.ports.identity
    employee = identity.who(request.headers, request.cookies)
    return employee is None or form.one(OWNER) == mark_of(employee)


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
