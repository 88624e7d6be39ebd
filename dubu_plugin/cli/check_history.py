"""What `dubu check` asks of what can only be added to: what happened, and who has looked."""

from datetime import timedelta
from typing import Final

from rich.console import Console
from rich.progress import Progress

from dubu_plugin import app
from dubu_plugin.domain.danish import moment_text
from dubu_plugin.store import chain, read_seals, witness
from dubu_plugin.store.underretning import assessment_digests
from dubu_plugin.store.underretning.assessment_digests import Why

BROKEN: Final = {
    "aendret": "er ændret efter, at den blev skrevet",
    "fjernet": "er fjernet",
    "indsat": "er sat ind uden om programmet",
    "hoved": "passer ikke med kædens ende",
}


UNSEALED: Final = {
    "aendret": "er ændret efter, at det blev skrevet",
    "fjernet": "mangler linjer, der er fjernet",
    "indsat": "har linjer, der er sat ind siden",
    "segl": "passer ikke med seglet, som er rørt",
}

ALTERED: Final = {
    Why.CHANGED: "er ændret efter, at den blev gemt",
    Why.REMOVED: "er fjernet",
}
MOST: Final = 5
"""So many are named."""


class No(Exception):
    """The answer is no. The message is a Danish sentence."""


def events(product: app.Product) -> str:
    """Walk the chain of hændelser and compare its end with what was written down of it.

    :raises No: something in it is not as it was recorded.
    """
    with (
        Progress(console=Console(stderr=True), transient=True) as bars,
        product.store.read() as connection,
    ):
        bar = bars.add_task("Efterser hændelser", total=None)
        verdict = chain.verify(
            connection, lambda done, total: bars.update(bar, completed=done, total=total)
        )
    if not verdict:
        raise No(f"hændelse nr. {verdict.broken_at} {BROKEN[verdict.why]}")
    _witnessed(product)
    return f"{verdict.length} hændelser, ubrudt; sidste led {verdict.head[:16]}"


def _witnessed(product: app.Product) -> None:
    """Compare the chain with what was written down of it, and write down how far it is now."""
    log = product.settings.path(product.settings.chain_log)
    try:
        with product.store.read() as connection:
            seen = witness.contradicted(log, connection)
            if seen is None:
                witness.note(log, connection, product.clock(), every=timedelta())
    except OSError as no:
        raise No(f"kædeloggen {log} kan ikke bruges ({no.strerror})") from None
    if seen is not None:
        what = "læseloggens segl" if seen.chain == witness.READS else "hændelse"
        raise No(
            f"er skåret af eller skrevet om: {moment_text(seen.at)} var {what} nr. {seen.seq} "
            f"en anden, siger {log}. Tag en kopi af alt, og spørg, hvem der har rørt databasen."
        )


def assessments(product: app.Product) -> str:
    """Compare every 24-hour assessment with the digest in its hændelse.

    :raises No: one was changed or removed outside the program.
    """
    with product.store.read() as connection:
        verdict = assessment_digests.verify(connection)
    if verdict.altered:
        said = "; ".join(
            f"underretning {one.underretning}, version {one.version}, {ALTERED[one.why]}"
            for one in verdict.altered[:MOST]
        )
        more = len(verdict.altered) - MOST
        raise No(
            f"24-timers vurderinger passer ikke med det, der blev noteret: {said}"
            f"{f' og {more} til' if more > 0 else ''}. Tag en kopi af alt, og spørg, hvem der har "
            "rørt databasen."
        )
    older = f"; {verdict.without} er ældre og uden aftryk" if verdict.without else ""
    return f"{verdict.checked} vurderinger passer med deres aftryk{older}"


def reads(product: app.Product) -> str:
    """Seal what is old enough, and hash every sealed line of the read log again.

    :raises No: a sealed line is not as it was written.
    """
    read_seals.seal(product.store, product.clock(), every=timedelta())
    with (
        Progress(console=Console(stderr=True), transient=True) as bars,
        product.store.read() as connection,
    ):
        bar = bars.add_task("Efterser læseloggen", total=None)
        verdict = read_seals.verify(
            connection, lambda done, total: bars.update(bar, completed=done, total=total)
        )
    if verdict.broken is not None:
        when = (
            f"mellem {moment_text(verdict.broken.after)} og " if verdict.broken.seq > 1 else "til "
        )
        raise No(
            f"hvem der har set hvad {when}{moment_text(verdict.broken.until)} "
            f"{UNSEALED[verdict.why]} (segl nr. {verdict.broken.seq}). Tag en kopi af alt, og "
            "spørg, hvem der har rørt databasen."
        )
    return f"{verdict.lines} linjer under {verdict.seals} segl, ubrudt"
