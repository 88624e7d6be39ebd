"""Go over what search finds by, so that what is older is found as what is new."""

from collections.abc import Callable, Mapping
from typing import Final

from dubu_plugin.store.database import Store
from dubu_plugin.store.search import upkeep as search_upkeep
from dubu_plugin.store.search.words import Kind

AT_ONCE: Final = 200
"""So many are gone over in one transaction: who registers meanwhile hardly waits."""

KINDS: Final[tuple[Kind, ...]] = ("sag", "underretning")

Progress = Callable[[int, int], None]


def reindex(
    store: Store,
    *,
    progress: Progress = lambda done, of: None,
    at_once: int = AT_ONCE,
) -> Mapping[Kind, tuple[int, int]]:
    """Return, for cases and underretninger, how many were gone over and how many were changed.

    Others can work meanwhile. Stopped half-way it is begun again: what is done costs little then.
    """
    with store.read() as connection:
        numbers = {kind: search_upkeep.how_many(connection, kind) for kind in KINDS}
    of, done = sum(numbers.values()), 0
    found: dict[Kind, tuple[int, int]] = {}
    for kind in KINDS:
        last, seen, changed = search_upkeep.FIRST, 0, 0
        while True:
            with store.add() as connection:
                some = search_upkeep.after(connection, kind, last, at_once)
                if not some:
                    break
                changed += search_upkeep.index_again(connection, kind, some)
            last, seen = some[-1], seen + len(some)
            progress(min(done + seen, of), of)
        done += numbers[kind]
        found[kind] = (seen, changed)
    return found
