"""Deadlines, what they wait for, which rules they were counted under, and how far time was told."""

import sqlalchemy as sa

from dubu_plugin.store.tables.columns import Moment, key, metadata, where, word

OPEN = "state = 'aaben'"
STANDING = "state IN ('aaben', 'opfyldt')"
UNEXPLAINED = "exceeded_at IS NOT NULL AND exceeded_reason IS NULL"

frister = sa.Table(
    "frister",
    metadata,
    key(),
    sa.Column("rule", word(16), nullable=False),
    sa.Column("rule_version", sa.Date, nullable=False),
    # What the rule said that a running deadline depends on; null where it is from before 0005.
    sa.Column("rule_hash", word(16)),
    # frist, pligt, foer, udloeb, alder, tidligst, laas, maa
    sa.Column("kind", word(16), nullable=False, default="frist", server_default="frist"),
    # akut, lov, orden
    sa.Column("severity", word(16), nullable=False, default="lov", server_default="lov"),
    sa.Column("sag_id", sa.ForeignKey("sager.id"), index=True),
    sa.Column("underretning_id", sa.ForeignKey("underretninger.id"), index=True),
    sa.Column("person_id", sa.ForeignKey("personer.id"), index=True),
    # The complaint, decision, support or placement it hangs on; of a report, the municipality.
    sa.Column("subject_id", sa.Uuid),
    sa.Column("anchor_id", sa.Uuid, nullable=False),
    sa.Column("anchor_at", Moment, nullable=False),
    # Null for a duty the law gives no number of days.
    sa.Column("due", Moment),
    sa.Column("warn", Moment),
    sa.Column("profile", word(16), nullable=False),
    # aaben, opfyldt, bortfaldet, afloest
    sa.Column("state", word(16), nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("ended_by", sa.Uuid),
    # The deadline this one took the place of, when the start of its clock was put right.
    sa.Column("replaces", sa.Uuid),
    # The one before it, of a duty that comes again.
    sa.Column("chain_of", sa.Uuid),
    # Interrupted since then; what was left runs on when it is resumed.
    sa.Column("paused_at", Moment),
    # The hændelse that moved it otherwise than its rule counts: interrupted, or moved up.
    sa.Column("moved_by", sa.Uuid),
    # Why a person ended it, or moved its start.
    sa.Column("reason", word(300)),
    # Not met when it fell due: the due moment itself, and the hændelse that says so.
    sa.Column("exceeded_at", Moment),
    sa.Column("exceeded_id", sa.Uuid),
    sa.Column("exceeded_reason", word(300)),
    sa.Column("exceeded_by_user", word()),
    sa.Column("exceeded_reason_at", Moment),
    sa.Column("responsible", word()),
    sa.Column("unit", word()),
    # What one line in Min dag holds together: one bundle on one child.
    sa.Column("bundle", word(64), nullable=False),
    # Only what is open, which is little and always asked for: who has it, then line by line.
    sa.Index(None, "responsible", "bundle", "due", "kind", **where(OPEN)),
    # A unit's with all that counts its lines, which is done on everybody's day.
    sa.Index(
        "ix_frister_enhed",
        "unit",
        "bundle",
        "due",
        "responsible",
        "kind",
        "sag_id",
        "underretning_id",
        "id",
        **where(OPEN),
    ),
    sa.Index(None, "bundle", **where(OPEN)),
    # Few hang on anything but a case or an underretning.
    sa.Index(None, "subject_id", **where("subject_id IS NOT NULL")),
    # What falls due next, for the clock; and rule by rule, for when a rule changes.
    sa.Index(None, "due", **where(f"{OPEN} AND exceeded_at IS NULL")),
    # What was missed, for whom a leader is told of.
    sa.Index(None, "exceeded_at", **where(f"{OPEN} AND exceeded_at IS NOT NULL")),
    sa.Index(None, "rule", "id", **where(OPEN)),
    # By the hændelse that started, ended or replaced it, for whoever takes that hændelse back.
    sa.Index(None, "anchor_id"),
    sa.Index(None, "ended_by", **where("ended_by IS NOT NULL")),
    sa.Index(None, "replaces", **where("replaces IS NOT NULL")),
    # By what says that it was missed, for the case that tells of it.
    sa.Index(None, "exceeded_id", **where("exceeded_id IS NOT NULL")),
    # What was missed and nobody has said why.
    sa.Index(None, "unit", "exceeded_at", **where(UNEXPLAINED)),
    sa.Index(None, "responsible", "exceeded_at", **where(UNEXPLAINED)),
    # What was missed and lapsed unmet, with its case: it still counts.
    sa.Index(
        "ix_frister_bortfaldet_overskredet",
        "rule",
        "unit",
        "exceeded_at",
        "responsible",
        **where("state = 'bortfaldet' AND exceeded_at IS NOT NULL"),
    ),
    # What was kept and missed, quarter by quarter: all that is asked stands in the index itself.
    sa.Index(
        "ix_frister_overholdelse",
        "rule",
        "unit",
        "due",
        "state",
        "ended_at",
        "paused_at",
        "responsible",
        "anchor_at",
        "sag_id",
        **where(STANDING),
    ),
)

# What a deadline waits for, for as long as it does: »afventer skoleudtalelse«.
ventegrunde = sa.Table(
    "ventegrunde",
    metadata,
    key(),
    sa.Column("frist_id", sa.ForeignKey("frister.id"), nullable=False, index=True),
    # A code of dubu_plugin.frister.forecast.Awaited.
    sa.Column("what", word(32), nullable=False),
    # Who was asked: a school, a clinic, an office.
    sa.Column("asked_of", word(200)),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("expected_at", sa.Date),
    sa.Column("ended_at", Moment),
    sa.Column("by", word(), nullable=False),
    # What is still awaited, for what is at risk.
    sa.Index("ix_ventegrunde_aabne", "frist_id", **where("ended_at IS NULL")),
)

# The rules as running deadlines were last counted under them.
regler = sa.Table(
    "regler",
    metadata,
    sa.Column("code", word(16), primary_key=True),
    sa.Column("in_force_from", sa.Date, primary_key=True),
    sa.Column("hash", word(16), nullable=False),
    sa.Column("in_use", sa.Boolean, nullable=False),
    sa.Column("computed_at", Moment, nullable=False),
)

# How far a clock of ours has come, so that each moment is told once, also after days of standing
# still and when the machine's clock is set back.
ure = sa.Table(
    "ure",
    metadata,
    sa.Column("name", word(32), primary_key=True),
    sa.Column("at", Moment, nullable=False),
)
