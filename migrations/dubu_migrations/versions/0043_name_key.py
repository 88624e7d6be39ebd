"""Add a key of first and last name to the persons, and fill it for those we have.

Why: a child we know is found by its name in a text however the name is written there, in small
letters or with the family name first. The previous release does not read the column; whoever it
adds meanwhile is found the ways it was before, and has a key when the address book is next asked.
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"

LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae", "ü": "y"})
AT_ONCE = 1000


def key_of(name: str) -> str | None:
    """Return the key as it was made when this step was written."""
    plain = name.casefold().translate(LETTERS).replace("-", " ").replace("’", "'")
    kept = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    words = re.sub(r"[^\w']", " ", kept).split()
    return f"{words[0]} {words[-1]}"[:100] if len(words) > 1 else None


def upgrade() -> None:
    """Add the column, fill it, and index it."""
    op.add_column("personer", sa.Column("name_key", sa.Unicode(100), nullable=True))
    op.create_index("ix_personer_name_key", "personer", ["name_key"])
    if not op.get_context().as_sql:  # a script cannot read names; see above
        fill(op.get_bind())


def fill(connection: sa.Connection) -> None:
    """Give everybody we have their key."""
    persons = sa.table(
        "personer", sa.column("id", sa.Uuid()), sa.column("name"), sa.column("name_key")
    )
    rows = connection.execute(sa.select(persons.c.id, persons.c.name)).all()
    one = sa.update(persons).where(persons.c.id == sa.bindparam("person"))
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(
            one.values(name_key=sa.bindparam("key")),
            [{"person": row.id, "key": key_of(row.name)} for row in rows[start : start + AT_ONCE]],
        )


def downgrade() -> None:
    """Take the column away."""
    op.drop_index("ix_personer_name_key", "personer")
    op.drop_column("personer", "name_key")
