"""A method that an assessment has is counted as in use."""

import sqlalchemy as sa

from dubu_plugin.store.skrift.method_use import in_use


def test_every_row_of_every_table_that_keeps_a_method_is_counted() -> None:
    engine = sa.create_engine("sqlite://")
    meta = sa.MetaData()
    tables = [
        sa.Table(name, meta, sa.Column("kode", sa.String), sa.Column("udgave", sa.String))
        for name in ("undersoegelse", "udredning")
    ]
    users = [(table.c.kode, table.c.udgave) for table in tables]
    with engine.begin() as connection:
        meta.create_all(connection)
        for table in tables:
            rows = [("ics_2019", "1"), ("ics_2019", "2"), ("vores", "1")]
            connection.execute(
                table.insert(), [{"kode": code, "udgave": version} for code, version in rows]
            )
        assert in_use(connection, "ics_2019", "1", users) == 2
        assert in_use(connection, "ics_2019", "3", users) == 0
    engine.dispose()
