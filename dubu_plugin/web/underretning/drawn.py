"""Drawing the screen of one underretning, and keeping what is typed on it."""

from collections.abc import Sequence
from uuid import UUID

from fastapi.responses import Response

from dubu_plugin.domain.access import Act, decide
from dubu_plugin.store import drafts
from dubu_plugin.web.door import Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.forms import Sent
from dubu_plugin.web.keys import key_of
from dubu_plugin.web.print_foot import print_foot
from dubu_plugin.web.sag.page import TAB
from dubu_plugin.web.underretning import assessment_form as form
from dubu_plugin.web.underretning.assessment_form import Values
from dubu_plugin.web.underretning.read import STORED, Read, read
from dubu_plugin.web.underretning.receipt_view import After
from dubu_plugin.web.underretning.screen import FORM, Typing, screen


def drawn(
    visit: Visit,
    typed: Typing,
    *,
    status: int = 200,
    after: After = After.NOTHING,
    correcting: bool = False,
) -> Response:
    """Draw the screen."""
    values = typed.values or {}
    also = keys_of(values)
    child = STORED if typed.values is None else key_of(typed.values["barn"])
    unborn = values.get("barn") == form.UNBORN
    mother = key_of(values["mor_valgt"]) if unborn else None
    with visit.reading() as connection:
        facts = read(connection, visit, *also, child=child, mother=mother)
    correcting = correcting and facts.vurdering is not None
    shown = screen(visit, facts, typed, correcting=correcting, after=after)
    page = Page(
        "underretning/page.html",
        shown.headline,
        "/dubu/indgang",
        case=facts.sag.host_key if facts.sag and facts.about.sag_id else None,
        tab=TAB,
        values={
            "u": shown,
            "restored": shown.restored,
            "foot": _foot(visit, facts),
            "print_url": _print_url(visit, facts),
        },
    )
    return visit.page(page, status)


def _foot(visit: Visit, facts: Read) -> str:
    child = facts.about.child_id
    name = facts.family.names.get(child) if facts.family and child else None
    number = facts.sag.number if facts.sag and facts.about.sag_id else None
    by = facts.name_of(visit.asker.key) or visit.asker.key
    return print_foot((name, number), by, visit.now, training=visit.product.settings.training)


def _print_url(visit: Visit, facts: Read) -> str | None:
    """Return where it is printed from; None for who may not, and on the print view itself."""
    may = visit.act is not Act.PRINT and decide(visit.asker, Act.PRINT, facts.standing)
    return f"{url_of(visit)}/udskriv" if may else None


def form_of(visit: Visit) -> str:
    """Return what the form is called among the drafts."""
    return FORM.format(visit.subject)


def url_of(visit: Visit) -> str:
    """Return where the screen is."""
    return f"/dubu/indgang/{visit.subject}"


def keep(visit: Visit, sent: Sent, found: Values | None = None) -> None:
    """Keep what was typed; who was found stands with it, so that their families may be shown."""
    typed = sent.typed()
    if found is not None:
        said = [found["barn"]], [found["mor_valgt"]], found["fundet"], found["moedre"]
        typed |= dict(zip(("barn", "mor_valgt", "fundet", "moedre"), said, strict=True))
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        drafts.keep(work, form_of(visit), typed, base_version=sent.version)


def forget(visit: Visit) -> None:
    """Drop the draft of whoever looks."""
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        drafts.drop(work, form_of(visit))


def keys_of(values: Values) -> Sequence[UUID]:
    """Return whom somebody has found."""
    texts = [text for name in ("fundet", "moedre") for text in values.get(name, ())]
    return [key for text in texts if (key := key_of(text)) is not None]
