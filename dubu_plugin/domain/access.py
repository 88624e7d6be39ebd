"""Who may do what with which case: the one place where it is decided.

`decide` is the whole policy. Nothing is allowed that no row of `RULES` allows, and two facts
outrank every row: nobody opens a case about themselves or somebody they are related to, and what
is protected is for those who work on it and their leader. Lists are narrowed in the database by
`dubu_plugin.store.access`, which asks this same function which relations open a door.

Source: forvaltningsloven §§ 3 (inhabilitet), 27 and 32 (tavshedspligt); GDPR art. 5 and 32.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final


class Role(StrEnum):
    """What somebody is employed to do. The value is the name the host's staff register uses."""

    CASEWORKER = "sagsbehandler"
    TEAM_LEADER = "teamleder"
    ADMINISTRATOR = "administrator"
    FINANCE = "oekonomi"
    AUDITOR = "revisor"


class Act(StrEnum):
    """Something somebody wants to do."""

    READ = "laes"
    """Open a case, an underretning or a document."""
    WRITE = "skriv"
    """Change a case: notes, drafts, letters."""
    APPROVE = "godkend"
    """Have what is written on a case stand: a leader's look at an undersøgelse."""
    REGISTER = "registrer"
    """Register something that came in, and say what it is."""
    ASSESS = "vurder"
    """Make the 24-hour assessment of an underretning."""
    SEARCH = "soeg"
    """See that the case is there, in a list or a search."""
    FIND_WAY = "find_vej"
    """See what there is to do here and where: about nothing and nobody, open to all employed."""
    EXPORT = "udtraek"
    PRINT = "udskriv"
    REVEAL = "vis_beskyttet"
    """See a protected address or a whole CPR number."""
    READ_LOG = "laes_log"
    """See who has read what."""
    TAKE_BACK = "tag_tilbage"
    """Undo that one gave something to a unit nobody in which has taken it yet."""
    COUNT = "opgoer"
    """See how many deadlines were kept and missed, as sums. Gives no sight of any case."""
    COUNT_PERSONS = "opgoer_personer"
    """See the same for each caseworker."""
    REPORT = "indberet"
    """See which reports the municipality owes the state, and say that one is made."""
    ADMINISTER = "administrer"
    """Rules, letters, settings. Gives no sight of any case."""


class Relation(StrEnum):
    """What the one who asks is to the case."""

    SELF = "selv"
    """They are a person on the case."""
    FAMILY = "familie"
    """They are related to a person on the case."""
    RESPONSIBLE = "ansvarlig"
    MEMBER = "medarbejder_paa_sagen"
    UNIT = "samme_enhed"
    UNIT_BELOW = "enhed_under"
    """The case is in a unit below the one they lead."""
    RECEIVER = "har_faaet_underretningen"
    """The underretning is theirs to assess, and the case it is on is not theirs to open."""
    RECEIVING_UNIT = "enheden_har_faaet_underretningen"
    """Their unit has it, or one they lead, and the case it is on is not theirs to open."""
    GIVER = "har_givet_videre"
    """They were the last to give it on, and it is not assessed yet."""
    NONE = "ingen"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks."""

    key: str
    roles: frozenset[Role]
    unit: str | None = None
    units_below: frozenset[str] = frozenset()
    """Every unit under their own, their own left out."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What they ask about: how they stand to it, and whether it is protected."""

    relations: frozenset[Relation]
    protected: bool = False


NOTHING: Final = Subject(frozenset({Relation.NONE}))
"""The subject of an act that concerns no case."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer, and the ground that is written in the read log."""

    allowed: bool
    why: str
    """A stable code such as ``sagsbehandler:ansvarlig`` or ``nej:familie``; no person's data."""

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True, slots=True)
class Rule:
    """Those with this role may do these acts where they have one of these relations."""

    role: Role
    acts: frozenset[Act]
    relations: frozenset[Relation]


WORKS_ON_IT: Final = frozenset({Relation.RESPONSIBLE, Relation.MEMBER})
CASEWORK: Final = frozenset(
    {Act.READ, Act.WRITE, Act.REGISTER, Act.ASSESS, Act.SEARCH, Act.PRINT, Act.REVEAL}
)
# An underretning must be assessed within 24 hours by whoever gets it (barnets lov § 136, stk. 2),
# also where the case is another's. It is a door to what came in, and never to the case behind it.
RECEIVES: Final = CASEWORK - {Act.REVEAL}
RECEIVED: Final = frozenset({Relation.RECEIVER, Relation.RECEIVING_UNIT})
FOLLOWS_IT: Final = frozenset({Act.READ, Act.SEARCH, Act.TAKE_BACK})
ANY: Final = frozenset(Relation) - {Relation.SELF, Relation.FAMILY}
LEADS: Final = frozenset({Relation.RESPONSIBLE, Relation.UNIT, Relation.UNIT_BELOW})
UNITS: Final = frozenset({Relation.UNIT, Relation.UNIT_BELOW, Relation.NONE})
"""What a unit can be to whoever asks for its sums."""

RULES: Final = (
    *(Rule(role, frozenset({Act.FIND_WAY}), frozenset({Relation.NONE})) for role in Role),
    Rule(Role.CASEWORKER, CASEWORK, WORKS_ON_IT | {Relation.UNIT}),
    # Whoever answers for a case is the first to see that somebody looked without cause.
    Rule(Role.CASEWORKER, frozenset({Act.READ_LOG}), frozenset({Relation.RESPONSIBLE})),
    Rule(
        Role.TEAM_LEADER,
        CASEWORK | {Act.EXPORT, Act.APPROVE},
        WORKS_ON_IT | {Relation.UNIT, Relation.UNIT_BELOW},
    ),
    Rule(
        Role.TEAM_LEADER,
        frozenset({Act.READ_LOG}),
        frozenset({Relation.RESPONSIBLE, Relation.UNIT, Relation.UNIT_BELOW}),
    ),
    Rule(Role.CASEWORKER, RECEIVES, RECEIVED),
    Rule(Role.TEAM_LEADER, RECEIVES, RECEIVED),
    # How deadlines were kept is for mending the work, not for pointing at people: one sees what is
    # one's own and the sum of the unit, and only who leads it sees who has what.
    Rule(Role.CASEWORKER, frozenset({Act.COUNT}), frozenset({Relation.RESPONSIBLE, Relation.UNIT})),
    Rule(Role.CASEWORKER, frozenset({Act.COUNT_PERSONS}), frozenset({Relation.RESPONSIBLE})),
    Rule(Role.TEAM_LEADER, frozenset({Act.COUNT, Act.COUNT_PERSONS}), LEADS),
    Rule(Role.AUDITOR, frozenset({Act.COUNT}), UNITS),
    Rule(Role.ADMINISTRATOR, frozenset({Act.COUNT}), UNITS),
    Rule(
        Role.TEAM_LEADER, frozenset({Act.REPORT}), frozenset({Relation.UNIT, Relation.UNIT_BELOW})
    ),
    Rule(Role.ADMINISTRATOR, frozenset({Act.REPORT}), frozenset({Relation.UNIT})),
    Rule(Role.CASEWORKER, FOLLOWS_IT, frozenset({Relation.GIVER})),
    Rule(Role.TEAM_LEADER, FOLLOWS_IT, frozenset({Relation.GIVER})),
    Rule(Role.AUDITOR, frozenset({Act.READ, Act.SEARCH, Act.READ_LOG, Act.EXPORT}), ANY),
    Rule(Role.ADMINISTRATOR, frozenset({Act.ADMINISTER}), frozenset({Relation.NONE})),
)
"""Finance has no row of casework: payments come with rules of their own, and casework is not theirs
to read."""

SEES_PROTECTED: Final = {
    Role.CASEWORKER: WORKS_ON_IT | {Relation.RECEIVER, Relation.GIVER},
    Role.TEAM_LEADER: (
        WORKS_ON_IT | RECEIVED | {Relation.UNIT, Relation.UNIT_BELOW, Relation.GIVER}
    ),
}


OUTSIDE: Final = {
    Relation.RESPONSIBLE: Relation.RECEIVER,
    Relation.UNIT: Relation.RECEIVING_UNIT,
    Relation.UNIT_BELOW: Relation.RECEIVING_UNIT,
}
"""What being near an underretning comes to where the case it is on is not theirs to open."""


def decide(asker: Asker, act: Act, subject: Subject) -> Decision:
    """Return whether somebody may do something, and why."""
    for blocked in (Relation.SELF, Relation.FAMILY):
        if blocked in subject.relations:
            return Decision(False, f"nej:{blocked}")
    for rule in RULES:
        if rule.role not in asker.roles or act not in rule.acts:
            continue
        grounds = rule.relations & subject.relations
        if subject.protected:
            grounds &= SEES_PROTECTED.get(rule.role, frozenset())
        for relation in Relation:  # in the enum's order, so that the closest tie is the ground
            if relation in grounds:
                return Decision(True, f"{rule.role}:{relation}")
    return Decision(False, "nej:beskyttet" if subject.protected else "nej:ingen_regel")


def to_underretning(
    asker: Asker, own: frozenset[Relation], case: Subject | None
) -> frozenset[Relation]:
    """Return what somebody is to an underretning that is on a case.

    Who is near the case is as near to what came in on it. Who has only got the underretning is
    that and no more, however they came by it.

    :param own: what they are to the underretning alone.
    :param case: what they are to the case; None where it is on none yet.
    """
    if case is None:
        return own
    if decide(asker, Act.READ, case):
        return own | case.relations
    return frozenset(OUTSIDE.get(relation, relation) for relation in own)


def opens(asker: Asker, act: Act, *, protected: bool) -> frozenset[Relation]:
    """Return every relation that alone lets this asker do this act; for narrowing lists."""
    return _opening(asker.roles, act, protected)


# Every page asks it some twenty times, and the policy answers a role the same each time.
@cache
def _opening(roles: frozenset[Role], act: Act, protected: bool) -> frozenset[Relation]:
    anybody = Asker("", roles, None)
    return frozenset(
        relation
        for relation in Relation
        if decide(anybody, act, Subject(frozenset({relation}), protected))
    )


CASE_ROLES: Final = frozenset(
    role for role in Role if opens(Asker("", frozenset({role}), None), Act.WRITE, protected=False)
)
"""The roles whose holders may work on cases that are theirs. Whoever has none of them, has left."""
