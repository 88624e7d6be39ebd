"""Run the migrations on the database `dubu_plugin.store.schema` chose."""

from alembic import context
from sqlalchemy import pool

from dubu_plugin.store.database import engine_for
from dubu_plugin.store.tables import metadata

url: str = context.config.attributes["url"]

if context.is_offline_mode():
    sql_server = url.startswith("mssql")
    context.configure(
        url=url,
        target_metadata=metadata,
        literal_binds=True,
        dialect_opts={"deprecate_large_types": True} if sql_server else {},
    )
    if sql_server:
        # There is no server to ask; unasked it is taken for one from before DATE.
        context.get_context().dialect.server_version_info = (15,)
    with context.begin_transaction():
        context.run_migrations()
else:
    engine = engine_for(url, poolclass=pool.NullPool, make=True)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            transaction_per_migration=True,
            render_as_batch=connection.dialect.name == "sqlite",
        )
        with context.begin_transaction():
            context.run_migrations()
