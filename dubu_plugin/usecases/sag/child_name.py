"""A child has another name than it had: its cases are found by it, and are called by it."""

from typing import Final
from uuid import uuid4

from dubu_plugin.store.family.personer import Known
from dubu_plugin.store.keys import sag_lane
from dubu_plugin.store.sag import sager
from dubu_plugin.store.search import words as search_words
from dubu_plugin.store.search.words import Weight
from dubu_plugin.store.transaction import Work

RENAME: Final = "rename_case"


def is_called(work: Work, before: Known, name: str) -> None:
    """Have somebody's cases found by their name, and called by it where they were by the old one.

    What a person has called a case stays, here and in the host.

    :param before: who it is, as they were known until now.
    """
    if name == before.name:
        return
    for case in sager.ever_of(work.connection, before.id):
        search_words.index(work.connection, "sag", case, {Weight.NAME: name})
    old, new = (one[: sager.LONGEST_TITLE] for one in (before.name, name))
    for running in sager.running_of(work.connection, before.id):
        if running.title == old:
            sager.change(work.connection, running.id, title=new)
            work.tell(
                RENAME,
                lane=sag_lane(running.id),
                key=uuid4(),
                payload={"sag": str(running.id), "fra": old},
            )
