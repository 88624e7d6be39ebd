"""What the walk expects, from `decide` and a few lines about the host: never from the routes."""

from dataclasses import dataclass

from dubu_plugin.domain.access import Act, Asker, Relation, Role, Subject, decide, opens

from . import addresses
from .addresses import Address, Thing
from .known import PEOPLE

ON_THE_CASE = frozenset({"vurderet", "ny", "sagen", "brev"})
"""What hangs on the case. What has only likely children has no case one can be a member of."""

NOT_ASSESSED = frozenset({"ny", "kandidat"})
"""What whoever gave it on may still follow."""


RECEIVED = {
    Relation.RECEIVER: Relation.RESPONSIBLE,
    Relation.RECEIVING_UNIT: Relation.UNIT,
}
"""What whoever has got an underretning is to it as long as it is on no case."""

ELSEWHERE = frozenset(
    {Relation.UNIT, Relation.UNIT_BELOW, Relation.NONE, Relation.GIVER, *RECEIVED}
)
"""Who does not stand on the case itself."""
ONLY_FORMS = ("/ny", "/nyt", "/ret")
"""How pages of the host end that are nothing but a form."""
FINDS = frozenset({"/soeg", "/adressebog", "/kalender"})
"""Where a form finds something, or is for one's own calendar."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody, and how they stand to the child and all there is of it."""

    user: str
    relation: Relation
    protected: bool

    @property
    def role(self) -> Role | None:
        """What they are employed to do."""
        return PEOPLE[self.user]

    @property
    def asker(self) -> Asker:
        """Them, as the policy sees them."""
        return Asker(self.user, frozenset([self.role] if self.role else []))

    def may(self, act: Act, thing: str = "sagen") -> bool:
        """Tell whether the policy lets them do an act with what there is of the child."""
        relation = self.relation
        if relation is Relation.MEMBER and thing not in ON_THE_CASE:
            relation = Relation.NONE
        if relation is Relation.GIVER and thing not in NOT_ASSESSED:
            relation = Relation.NONE
        if relation in RECEIVED and thing == "kandidat":
            relation = RECEIVED[relation]
        if relation in RECEIVED and thing == "sagen":
            relation = Relation.NONE
        return bool(decide(self.asker, act, Subject(frozenset({relation}), self.protected)))

    @property
    def protection_matters(self) -> bool:
        """Tell whether it changes anything for them that the case is protected."""
        subjects = [Subject(frozenset({self.relation}), protected) for protected in (False, True)]
        open_, shut = (
            [act for act in Act if decide(self.asker, act, subject)] for subject in subjects
        )
        return open_ != shut

    @property
    def host_alone_opens(self) -> bool:
        """Tell whether the host's own rule opens the case: see `dubu_journal.access`."""
        leads = self.role is Role.TEAM_LEADER
        if self.role is Role.AUDITOR and self.relation in ELSEWHERE:
            return not self.protected
        match self.relation:
            case Relation.UNIT:
                return leads or not self.protected
            case Relation.UNIT_BELOW:
                return leads
            case Relation.NONE | Relation.GIVER | Relation.RECEIVER | Relation.RECEIVING_UNIT:
                return False
            case _:  # who is related to the child was made responsible as well
                return True

    @property
    def host_opens(self) -> bool:
        """Tell whether the host opens the case when we have had our say."""
        return self.host_alone_opens and self.may(Act.READ)

    def opens(self, address: Address, thing: Thing) -> bool:
        """Tell whether an address is to open to them."""
        given = address.parameters
        if self.is_refused(address) or (
            self.role is Role.AUDITOR and not address.ours and address.path.endswith(ONLY_FORMS)
        ):
            return False
        if "post" in given or "post_id" in given:
            return self._opens_post(address, thing.name)
        if given & addresses.OUR_CASE:
            return self.may(addresses.act_of(address), thing.name)
        if address.path.endswith("/laesninger"):
            return self.host_opens and self._sees_reads
        if given & addresses.HOST_CASE:
            return self.host_opens
        if address.path.startswith("/adressebog/"):
            return self.role in addresses.LOOK_PEOPLE_UP
        return not address.ours or bool(
            opens(self.asker, addresses.act_on_list(address), protected=False)
        )

    def is_refused(self, address: Address) -> bool:
        """Tell whether the host tells an auditor of any form that they only read."""
        changes = address.method == "POST" and address.path not in FINDS
        return self.role is Role.AUDITOR and not address.ours and changes

    @property
    def _sees_reads(self) -> bool:
        leads = self.role is Role.TEAM_LEADER
        near = leads and self.relation in (Relation.UNIT, Relation.UNIT_BELOW)
        return near or self.role is Role.AUDITOR or self.relation is Relation.RESPONSIBLE

    def _opens_post(self, address: Address, name: str) -> bool:
        """All six see to the post. What became an underretning follows who may read that."""
        if address.ours and not opens(self.asker, Act.REGISTER, protected=False):
            return False
        if not address.ours and self.role is Role.AUDITOR:
            return False
        return name == "loes" or self.may(Act.READ, name)

    def __str__(self) -> str:
        protected = ", protected" if self.protected else ""
        return f"{self.user} ({self.role or 'no role'}, {self.relation}{protected})"
