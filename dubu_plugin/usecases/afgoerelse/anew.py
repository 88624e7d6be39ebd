"""What becomes of complaints about a decision when the new one in its place is made, or is not.

Source: retssikkerhedsloven § 66; bekendtgørelse 861 of 2025, § 11, stk. 1.
"""

from dubu_plugin.domain.afgoerelser import AfgoerelseState
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.afgoerelse import afgoerelser, klager
from dubu_plugin.store.afgoerelse.klager import Genvurdering, KlageState
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import OnAfgoerelse
from dubu_plugin.usecases.skrift.on_skrift import happened


def made_anew(here: OnAfgoerelse) -> None:
    """Have a decision that is made stand in place of the one it was begun to replace.

    Only now is a complaint that was right answered: until then the old one is in force.
    """
    old, connection = here.afgoerelse.replaces, here.work.connection
    if old is None:
        return
    afgoerelser.replace(connection, old, here.id)
    for klage in klager.reassessed(connection, old):
        about = {"klage": str(klage.id), "afgoerelse": str(old)}
        full = klage.outcome is Genvurdering.MEDHOLD
        happened(here.work, here.sag, H.KLAGE_GENVURDERET, medhold=full, **about)
        if full:
            klager.change(connection, klage, KlageState.AFGJORT, ended_at=here.work.now)
            happened(here.work, here.sag, H.KLAGE_AFGJORT, medhold=True, **about)


def not_made(here: OnAfgoerelse) -> None:
    """Put the complaints a decision was begun for back to be looked at: nothing came of it."""
    connection, replaces = here.work.connection, here.afgoerelse.replaces
    old = afgoerelser.by_id(connection, replaces) if replaces else None
    if old is None or old.state is AfgoerelseState.ERSTATTET:
        return
    for klage in klager.reassessed(connection, old.id):
        klager.change(
            connection, klage, KlageState.MODTAGET, outcome=None, reassessment=None,
            reassessed_at=None, reassessed_by=None,
        )  # fmt: skip
