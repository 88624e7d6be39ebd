"""What ``dubu intake`` says of each file, and of the proof, to people and to machines."""

from dataclasses import dataclass
from typing import Any

from dubu_plugin.domain.danish import moment_text
from dubu_plugin.domain.danish_time import danish
from dubu_plugin.store import outbox
from dubu_plugin.usecases.underretning.outcome import Outcome
from dubu_plugin.usecases.underretning.receive import Receipt
from dubu_plugin.usecases.underretning.reconcile import Proof


@dataclass(frozen=True, slots=True)
class Line:
    """One file, and what came of it."""

    file: str
    receipt: Receipt
    outcome: Outcome | None = None

    @property
    def message(self) -> str:
        """What there is to say of it: what was done, and what somebody should look at."""
        found = self.outcome
        if found is None:
            return self.receipt.message
        return " ".join((self.receipt.message, *found.warnings, *self.to_do))

    @property
    def to_do(self) -> tuple[str, ...]:
        """What a person must do: choose the child, where nobody is known to be it."""
        if self.outcome is None or self.outcome.chosen:
            return ()
        if not self.outcome.likely:
            return ("Barnet er ikke fundet: find det i Indgang.",)
        many = self.outcome.likely
        words = "1 muligt barn" if many == 1 else f"{many} mulige børn"
        return (f"Barnet er ikke valgt: vælg det i Indgang, hvor der er {words}.",)


def line_object(line: Line) -> dict[str, Any]:
    """Return the line as machines read it. Names here are a contract with others."""
    found = line.outcome
    return {
        "file": line.file,
        "status": line.receipt.status.value,
        "underretning": str(line.receipt.underretning) if line.receipt.underretning else None,
        "case": found.case if found else None,
        "child": found.child if found else None,
        "choose_child": bool(line.to_do),
        "likely_children": found.likely if found else 0,
        "message": line.message,
        "frister": [
            {
                "rule": one.rule,
                "due": danish(one.due).isoformat(timespec="seconds") if one.due else None,
                "law": one.law,
            }
            for one in (found.frister if found else ())
        ],
        "outbox": [
            {"kind": one.kind, "key": str(one.key), "state": one.state}
            for one in (found.outbox if found else ())
        ],
    }


def print_line(line: Line) -> None:
    """Say what came of a file."""
    print(f"{line.file}: {line.message}")
    if line.outcome is None:
        return
    found = line.outcome
    print(f"  Barn: {found.child or 'ikke valgt endnu, vælg det i Indgang'}")
    filed = any(one.kind == "file_document" and one.state == "udfoert" for one in found.outbox)
    if found.case:
        print(f"  Sag: {found.case}{', originalen ligger på sagen' if filed else ''}")
    for one in found.frister:
        print(f"  {one.rule}: {moment_text(one.due) if one.due else 'snarest'} ({one.law})")
    refused = sum(one.state is outbox.State.AFVIST for one in found.outbox)
    waiting = sum(one.state in outbox.UNFINISHED for one in found.outbox) - refused
    if waiting:
        print(f"  Venter på at blive sendt til journalen: {waiting}")
    if refused:
        print(f"  Afvist af journalen, et menneske skal se på det: {refused}")


def proof_object(proof: Proof) -> dict[str, Any]:
    """Return the proof as machines read it. Names here are a contract with others."""
    return {
        "holds": proof.holds,
        "received": proof.received,
        "known": proof.known,
        "taken_in": [str(one) for one in proof.taken_in],
        "not_taken": list(proof.not_taken),
        "items": proof.items,
        "underretninger": proof.underretninger,
        "other_registered": proof.other_registered,
        "open_lines": proof.open_lines,
        "unaccounted": [str(one) for one in proof.unaccounted],
        "lost": [str(one) for one in proof.lost],
    }


def print_proof(proof: Proof) -> None:
    """Say whether everything received is accounted for, and what is not."""
    print(f"{proof.received} modtaget i journalens indgang, {proof.known} kendt i forvejen.")
    if proof.taken_in:
        print(f"{len(proof.taken_in)} manglede og er taget ind nu.")
    print(
        f"{proof.items} i alt: {proof.underretninger} underretninger, {proof.other_registered} "
        f"registreret som andet, {proof.open_lines} på en linje til et menneske."
    )
    if proof.holds:
        print("Intet er tabt.")
        return
    for key in proof.not_taken:
        print(f"Kan ikke åbnes i journalens indgang: {key}. Se den dér.")
    for one in proof.lost:
        print(f"Filen til {one} er væk eller ændret. Læg den tilbage fra sikkerhedskopien.")
    for one in proof.unaccounted:
        print(f"Står ingen steder: {one}. Sig det til it-afdelingen med det samme.")
