"""The draft of a form: what stands in it when its page is opened, and gone when it is saved."""

from dubu_plugin.domain import danish
from dubu_plugin.store import drafts
from dubu_plugin.web.door import Visit
from dubu_plugin.web.forms import Sent


def draft_of(visit: Visit, form: str) -> Sent:
    """Return a form as it was kept and not saved, to be drawn; an empty one where none is.

    Its version is the one that was on the screen when the typing began.
    """
    with visit.reading() as connection:
        draft = drafts.kept(connection, visit.asker.key, form)
    if draft is None:
        return Sent({})
    begun = {"version": [str(draft.base_version)]} if draft.base_version else {}
    restored = danish.list_moment(draft.saved_at, visit.now)
    return Sent({**draft.fields, **begun}, restored=restored)


def forget(visit: Visit, form: str, *fields: str) -> None:
    """Throw away the draft of a form that is saved; where one part of it is, that part's fields."""
    with visit.product.store.write(actor=visit.asker.key, now=visit.now) as work:
        draft = drafts.kept(work.connection, visit.asker.key, form) if fields else None
        rest = {
            name: values
            for name, values in (draft.fields if draft else {}).items()
            if name not in fields
        }
        if draft and any(value for values in rest.values() for value in values):
            drafts.keep(work, form, rest, base_version=draft.base_version)
        else:
            drafts.drop(work, form)
