"""What is written by one method, shown by the dimensions of another: an old undersøgelse in
today's triangle, and today's by the areas an older law named.

Nothing is changed by it. Each text says which dimension it was written in; one that has no
counterpart stands by itself after the others.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dubu_plugin.metode.method import Method, MethodKind
from dubu_plugin.metode.methodbook import MethodBook
from dubu_plugin.web.skrift.chapters import Chapter, Said


@dataclass(frozen=True, slots=True)
class Way:
    """A method something can be shown by."""

    code: str
    title: str


def ways(method: Method | None, book: MethodBook) -> Sequence[Way]:
    """Return the methods that what is written by one can be shown by."""
    if method is None:
        return ()
    newest = {one.code: one for one in book.methods if one.code != method.code}
    return [Way(one.code, one.title) for one in newest.values() if _is_way(method, one, book)]


def read_by(
    chapters: Iterable[Chapter], of: Method, into: Method, book: MethodBook
) -> Iterator[Chapter]:
    """Yield the chapters with another method's dimensions in place of those they are written in."""
    every = list(chapters)
    ours = [one for one in every if one.dimension in of.by_code]
    first = every.index(ours[0]) if ours else len(every)
    yield from every[:first]
    placed = {one.dimension: book.counterparts(one.dimension, of, into) for one in ours}
    for there in into.dimensions:
        mine = [one for one in ours if there in placed[one.dimension]]
        if mine:
            yield Chapter(
                f"{there.number} {there.title}",
                mine[0].url,
                [said for one in mine for said in _from(one)],
                [need for one in mine for need in one.needs],
            )
    yield from (one for one in ours if not placed[one.dimension])
    yield from (one for one in every[first:] if one not in ours)


def _from(chapter: Chapter) -> Iterator[Said]:
    for one in chapter.said:
        note = " · ".join(filter(None, (f"Skrevet i »{chapter.title}«", one.note)))
        yield replace(one, note=note)


def _is_way(of: Method, into: Method, book: MethodBook) -> bool:
    # An udredning of a disability looks at something else than an undersøgelse does.
    of_one_sort = (of.kind is MethodKind.HANDICAP) is (into.kind is MethodKind.HANDICAP)
    return of_one_sort and any(book.counterparts(one.code, of, into) for one in of.dimensions)
