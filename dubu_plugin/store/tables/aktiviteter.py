"""Plans on cases, their steps, reminders of one's own, and the versions of plans."""

import sqlalchemy as sa

from dubu_plugin.store.tables.columns import Moment, key, metadata, where, word

aktivitetsplaner = sa.Table(
    "aktivitetsplaner",
    metadata,
    key(),
    sa.Column("plan", word(16), nullable=False),
    sa.Column("version", word(16), nullable=False),
    sa.Column("title", word(80), nullable=False),
    # The bundle's word alone: which line of the child it belongs to.
    sa.Column("bundle", word(24), nullable=False),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), index=True),
    sa.Column("underretning_id", sa.ForeignKey("underretninger.id"), index=True),
    sa.Column("person_id", sa.ForeignKey("personer.id")),
    # The hændelse it was applied on, and the moment its days are counted from.
    sa.Column("trigger_id", sa.Uuid, nullable=False),
    sa.Column("started_at", Moment, nullable=False),
    # i_gang, faerdig, bortfaldet, afloest
    sa.Column("state", word(16), nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("ended_by", sa.Uuid),
    # The plan this one took the place of.
    sa.Column("replaces", sa.Uuid),
    sa.Column("responsible", word()),
    sa.Column("unit", word()),
    # What one line shows, so that a list need not read the steps.
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("total", sa.Integer, nullable=False),
    sa.Column("next_id", sa.Uuid),
    # The earliest date of an open step that has its own; null where every date is a deadline's.
    sa.Column("due", Moment),
    sa.Index(None, "responsible", "due", **where("state = 'i_gang'")),
    sa.Index(None, "unit", "due", **where("state = 'i_gang'")),
    # By the hændelse that ended it, for whoever takes that hændelse back.
    sa.Index(None, "ended_by", **where("ended_by IS NOT NULL")),
)

aktiviteter = sa.Table(
    "aktiviteter",
    metadata,
    key(),
    sa.Column("plan_id", sa.ForeignKey("aktivitetsplaner.id"), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    # The step's key in the plan; empty for one a person added.
    sa.Column("step", word(16), nullable=False),
    sa.Column("activity", word(16), nullable=False),
    sa.Column("title", word(80), nullable=False),
    # Its own date; null where it has none, or where the date is that of a deadline.
    sa.Column("due", Moment),
    sa.Column("frist", word(16)),
    sa.Column("role", word(16), nullable=False),
    sa.Column("letter", word(64)),
    sa.Column("optional", sa.Boolean, nullable=False),
    sa.Column("lovpligtig", sa.Boolean, nullable=False),
    # aaben, udfoert, fravalgt, bortfaldet
    sa.Column("state", word(16), nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("ended_by", sa.Uuid),
    # Why it was declined.
    sa.Column("reason", word(300)),
    # A person gave it a date, so the plan no longer moves it.
    sa.Column("moved", sa.Boolean, nullable=False),
    sa.Index(None, "ended_by", **where("ended_by IS NOT NULL")),
)

# Every version of a plan that is or was in use, so that a case keeps the one it was given.
planudgaver = sa.Table(
    "planudgaver",
    metadata,
    sa.Column("plan", word(16), primary_key=True),
    sa.Column("version", word(16), primary_key=True),
    sa.Column("content", sa.UnicodeText, nullable=False),
    # Made on the administration page; else it comes from a file.
    sa.Column("own", sa.Boolean, nullable=False),
    # An own version that is applied now, in place of the file's.
    sa.Column("in_use", sa.Boolean, nullable=False),
    sa.Column("saved_at", Moment, nullable=False),
    sa.Column("saved_by", word(), nullable=False),
)

erindringer = sa.Table(
    "erindringer",
    metadata,
    key(),
    # Free text: shown to those it is for, and in no log.
    sa.Column("note", word(500), nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    # For one employee, or for all of a unit.
    sa.Column("employee", word()),
    sa.Column("unit", word()),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), index=True),
    # aaben, udfoert
    sa.Column("state", word(16), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("set_by", word(), nullable=False),
    sa.Column("set_at", Moment, nullable=False),
    sa.Column("done_by", word()),
    sa.Column("done_at", Moment),
    sa.CheckConstraint("employee IS NOT NULL OR unit IS NOT NULL", name="for_somebody"),
    sa.Index(None, "employee", "day", **where("state = 'aaben'")),
    sa.Index(None, "unit", "day", **where("state = 'aaben'")),
)

# What the host has been told to remind of: ours are the truth, the host shows a copy.
paamindelser = sa.Table(
    "paamindelser",
    metadata,
    sa.Column("frist_id", sa.ForeignKey("frister.id"), primary_key=True),
    # What it was told, so that only what has changed is told again.
    sa.Column("due", Moment, nullable=False),
    sa.Column("responsible", word()),
    sa.Column("turn", sa.Integer, nullable=False),
    # sat, lukket
    sa.Column("state", word(16), nullable=False),
    sa.Index(None, "state", **where("state = 'sat'")),
)
