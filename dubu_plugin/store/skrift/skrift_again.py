"""A skrift that became something else, where that was given up: it is written in again."""

import sqlalchemy as sa

from dubu_plugin.domain.skrift import SkriftState
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.tables import skrift_versioner, skrifter


def take_up_again(connection: sa.Connection, skrift: Skrift) -> SkriftState:
    """Store that it is written in again, and return how: as it stood when it was carried on."""
    its = skrift_versioner.c
    row = connection.execute(
        sa.select(its.presented_at, its.remark).where(
            its.skrift_id == skrift.id, its.number == skrift.version
        )
    ).one()
    stood = SkriftState.FREMLAGT if row.presented_at else SkriftState.UDKAST
    if row.remark:
        stood = SkriftState.SENDT_TILBAGE
    connection.execute(sa.update(skrifter).where(skrifter.c.id == skrift.id).values(state=stood))
    return stood
