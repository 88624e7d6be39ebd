"""The policy, row by row and against its two hard limits."""

from itertools import combinations

import pytest

from dubu_plugin.domain.access import (
    NOTHING,
    Act,
    Asker,
    Relation,
    Role,
    Subject,
    decide,
    opens,
    to_underretning,
)


def asker(*roles: Role) -> Asker:
    return Asker("u1", frozenset(roles), "enhed")


def subject(*relations: Relation, protected: bool = False) -> Subject:
    return Subject(frozenset(relations), protected)


ALLOWED = {
    # role, relation: what is allowed on a case that is not protected
    (
        Role.CASEWORKER,
        Relation.RESPONSIBLE,
    ): "laes skriv registrer vurder soeg udskriv vis_beskyttet laes_log",
    (Role.CASEWORKER, Relation.MEMBER): "laes skriv registrer vurder soeg udskriv vis_beskyttet",
    (Role.CASEWORKER, Relation.UNIT): "laes skriv registrer vurder soeg udskriv vis_beskyttet",
    (Role.TEAM_LEADER, Relation.RESPONSIBLE): (
        "laes skriv registrer vurder soeg udskriv vis_beskyttet udtraek godkend laes_log"
    ),
    (Role.TEAM_LEADER, Relation.MEMBER): (
        "laes skriv registrer vurder soeg udskriv vis_beskyttet udtraek godkend"
    ),
    (Role.TEAM_LEADER, Relation.UNIT): (
        "laes skriv registrer vurder soeg udskriv vis_beskyttet udtraek godkend laes_log"
    ),
    (Role.TEAM_LEADER, Relation.UNIT_BELOW): (
        "laes skriv registrer vurder soeg udskriv vis_beskyttet udtraek godkend laes_log"
    ),
    (Role.AUDITOR, Relation.RESPONSIBLE): "laes soeg laes_log udtraek",
    (Role.AUDITOR, Relation.MEMBER): "laes soeg laes_log udtraek",
    (Role.AUDITOR, Relation.UNIT): "laes soeg laes_log udtraek",
    (Role.AUDITOR, Relation.UNIT_BELOW): "laes soeg laes_log udtraek",
    (Role.AUDITOR, Relation.RECEIVER): "laes soeg laes_log udtraek",
    (Role.AUDITOR, Relation.RECEIVING_UNIT): "laes soeg laes_log udtraek",
    (Role.AUDITOR, Relation.GIVER): "laes soeg laes_log udtraek",
    (Role.CASEWORKER, Relation.RECEIVER): "laes skriv registrer vurder soeg udskriv",
    (Role.CASEWORKER, Relation.RECEIVING_UNIT): "laes skriv registrer vurder soeg udskriv",
    (Role.TEAM_LEADER, Relation.RECEIVER): "laes skriv registrer vurder soeg udskriv",
    (Role.TEAM_LEADER, Relation.RECEIVING_UNIT): "laes skriv registrer vurder soeg udskriv",
    (Role.CASEWORKER, Relation.GIVER): "laes soeg tag_tilbage",
    (Role.TEAM_LEADER, Relation.GIVER): "laes soeg tag_tilbage",
    (Role.AUDITOR, Relation.NONE): "laes soeg laes_log udtraek",
    (Role.ADMINISTRATOR, Relation.NONE): "administrer",
}


COUNTED = {
    # role, relation: whose deadlines are summed up, whether person by person, and who reports
    (Role.CASEWORKER, Relation.RESPONSIBLE): "opgoer opgoer_personer",
    (Role.CASEWORKER, Relation.UNIT): "opgoer",
    (Role.TEAM_LEADER, Relation.RESPONSIBLE): "opgoer opgoer_personer",
    (Role.TEAM_LEADER, Relation.UNIT): "opgoer opgoer_personer indberet",
    (Role.TEAM_LEADER, Relation.UNIT_BELOW): "opgoer opgoer_personer indberet",
    (Role.AUDITOR, Relation.UNIT): "opgoer",
    (Role.AUDITOR, Relation.UNIT_BELOW): "opgoer",
    (Role.AUDITOR, Relation.NONE): "opgoer",
    (Role.ADMINISTRATOR, Relation.UNIT): "opgoer indberet",
    (Role.ADMINISTRATOR, Relation.UNIT_BELOW): "opgoer",
    (Role.ADMINISTRATOR, Relation.NONE): "opgoer",
}


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("role", Role)
def test_what_a_role_may_do_is_written_down(role: Role, relation: Relation, act: Act) -> None:
    here = (role, relation)
    said = f"{ALLOWED.get(here, '')} {COUNTED.get(here, '')}".split()
    # Where one begins and what help says is about nobody, and opens to all employed.
    expected = act in said or (act is Act.FIND_WAY and relation is Relation.NONE)
    assert bool(decide(asker(role), act, subject(relation))) is expected


@pytest.mark.parametrize("own", [Relation.SELF, Relation.FAMILY])
@pytest.mark.parametrize("act", Act)
def test_nobody_opens_their_own_or_their_familys_case_whatever_else_they_are(
    act: Act, own: Relation
) -> None:
    everything = asker(*Role)
    for other in Relation:
        answer = decide(everything, act, subject(own, other))
        assert not answer
        assert answer.why in {"nej:selv", "nej:familie"}


@pytest.mark.parametrize("act", Act)
def test_a_protected_case_is_closed_to_colleagues_and_auditors(act: Act) -> None:
    assert not decide(asker(Role.CASEWORKER), act, subject(Relation.UNIT, protected=True))
    assert not decide(asker(Role.AUDITOR), act, subject(Relation.UNIT, protected=True))


def test_a_protected_case_is_open_to_those_who_work_on_it_and_their_leader() -> None:
    assert decide(asker(Role.CASEWORKER), Act.READ, subject(Relation.MEMBER, protected=True))
    assert decide(asker(Role.TEAM_LEADER), Act.READ, subject(Relation.UNIT_BELOW, protected=True))


@pytest.mark.parametrize("act", Act)
def test_without_a_role_nothing_is_allowed(act: Act) -> None:
    assert not decide(asker(), act, NOTHING)
    for relation in Relation:
        assert not decide(asker(), act, subject(relation))


def test_the_ground_names_the_closest_tie() -> None:
    answer = decide(asker(Role.CASEWORKER), Act.READ, subject(Relation.UNIT, Relation.RESPONSIBLE))
    assert answer.why == "sagsbehandler:ansvarlig"


@pytest.mark.parametrize("protected", [False, True])
@pytest.mark.parametrize("act", Act)
def test_what_opens_a_door_alone_also_opens_it_in_company(act: Act, protected: bool) -> None:
    """Lists are narrowed relation by relation, so no relation but the two may close a door."""
    harmless = [r for r in Relation if r not in (Relation.SELF, Relation.FAMILY)]
    for role in Role:
        doors = opens(asker(role), act, protected=protected)
        for pair in combinations(harmless, 2):
            answer = decide(asker(role), act, Subject(frozenset(pair), protected))
            assert bool(answer) is bool(doors & set(pair))


OWN = (Relation.RESPONSIBLE, Relation.UNIT, Relation.UNIT_BELOW)
"""What somebody can be to an underretning because they, or their unit, have got it."""


@pytest.mark.parametrize("protected", [False, True])
@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.TEAM_LEADER])
@pytest.mark.parametrize("own", OWN)
def test_who_has_got_an_underretning_is_never_more_than_that_to_a_case_that_is_closed_to_them(
    own: Relation, role: Role, protected: bool
) -> None:
    who = asker(role)
    closed = subject(Relation.NONE, protected=protected)
    found = to_underretning(who, frozenset({own}), closed)
    assert not found & frozenset(OWN)
    for act in (Act.REVEAL, Act.READ_LOG, Act.APPROVE, Act.EXPORT):
        assert not decide(who, act, Subject(found, protected))


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.TEAM_LEADER])
@pytest.mark.parametrize("protected", [False, True])
def test_whoever_is_to_assess_it_always_may(role: Role, protected: bool) -> None:
    closed = subject(Relation.NONE, protected=protected)
    found = to_underretning(asker(role), frozenset({Relation.RESPONSIBLE}), closed)
    for act in (Act.READ, Act.REGISTER, Act.ASSESS, Act.WRITE):
        assert decide(asker(role), act, Subject(found, protected))


def test_who_has_the_case_has_what_comes_in_on_it() -> None:
    who = asker(Role.CASEWORKER)
    assert to_underretning(who, frozenset(), subject(Relation.RESPONSIBLE)) == {
        Relation.RESPONSIBLE
    }
    protected = subject(Relation.UNIT, protected=True)
    assert to_underretning(who, frozenset(), protected) == frozenset(), "the case is closed to them"


def test_without_a_case_it_is_theirs_who_have_it() -> None:
    own = frozenset({Relation.RESPONSIBLE, Relation.UNIT})
    assert to_underretning(asker(Role.CASEWORKER), own, None) == own
