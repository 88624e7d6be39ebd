"""What has been said and has happened since the last opfølgning, each line with where it stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.inddragelse import FORMS
from dubu_plugin.domain.indsatser import Skift
from dubu_plugin.store.inddragelse.boernesamtaler import Samtale
from dubu_plugin.web.indsats import words
from dubu_plugin.web.opfoelgning.view import SHOWN, Page


@dataclass(frozen=True, slots=True)
class Since:
    """Something that has been said or has happened since the last opfølgning."""

    on: date
    day: str
    title: str
    text: str = field(repr=False)
    url: str


def since(page: Page, product: Product, today: date) -> Sequence[Since]:
    """Return what has been said and has happened since the last, the newest first."""
    found = [
        *_talks(page, today),
        *_statements(page, today),
        *_shifts(page, product, today),
        *_notes(page, today),
    ]
    return sorted(found, key=lambda one: one.on, reverse=True)


def talk_source(talk: Samtale, today: date) -> str:
    """Return where the child's view comes from: the kind of talk and its day."""
    form = FORMS[talk.said.form] if talk.said.form else "Samtale"
    day = danish.list_date(danish.danish_day(talk.said.occurred_at), today)
    return danish.unbroken(f"{form} {day}")


def _talks(page: Page, today: date) -> Iterator[Since]:
    for one in page.its.talks:
        if not page.its.counts(one):
            continue
        on = danish.danish_day(one.said.occurred_at)
        title = talk_source(one, today) if one.was_held else "Ingen samtale med barnet"
        url = f"{page.case_url}/samtaler/{one.id}"
        yield Since(on, _listed(on, today), title if not one.was_held else
                    "Samtale med barnet", one.said.own_words[:SHOWN], url)  # fmt: skip


def _statements(page: Page, today: date) -> Iterator[Since]:
    seen: set[UUID] = set()
    for one in page.statements:
        if one.udtalelse in seen:
            continue
        seen.add(one.udtalelse)
        url = f"{page.case_url}/udtalelser/{one.udtalelse}"
        title = f"Udtalelse fra {one.organisation}"
        yield Since(one.on, _listed(one.on, today), title, one.text[:SHOWN], url)


def _shifts(page: Page, product: Product, today: date) -> Iterator[Since]:
    for one in page.its.shifts:
        if page.its.since is not None and one.on < page.its.since:
            continue
        if one.kind is Skift.START and one.on == page.its.since and page.its.is_first:
            continue
        row = product.indsatser.indsats(one.code, one.starts_on)
        name = row.title if row else one.code
        url = f"{page.case_url}/indsats/{one.indsats}"
        title = f"{name}: {words.CHANGES[one.kind].lower()}"
        yield Since(one.on, _listed(one.on, today), title, one.words[:SHOWN], url)


def _notes(page: Page, today: date) -> Iterator[Since]:
    for one in page.notes:
        on = danish.danish_day(one.at)
        yield Since(on, _listed(on, today), one.title, "", f"{page.case_url}/journal")


def _listed(on: date, today: date) -> str:
    return danish.unbroken(danish.list_date(on, today))
