"""Whether an answer about what has happened is one of those that can be given."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from dubu_plugin.usecases.sag.recordable import Question

NONE: Final = "ingen"
"""The answer that says none of the others."""


def wrong(questions: Iterable[Question], answers: Mapping[str, str]) -> dict[str, str]:
    """Return in Danish what is wrong with the answers, by the name of the question."""
    return {
        asked.name: sentence
        for asked in questions
        if asked.is_asked(answers) and (sentence := problem(asked, answers.get(asked.name, "")))
    }


def problem(asked: Question, answer: str) -> str:
    """Return in Danish what is wrong with an answer; empty where it is one."""
    if not answer:
        return "Vælg et svar." if asked.required else ""
    if asked.answer is date:
        try:
            date.fromisoformat(answer)
        except ValueError:
            return "Skriv en rigtig dato."
        return ""
    return "" if answer in _allowed(asked) else "Vælg et svar."


def _allowed(asked: Question) -> frozenset[str]:
    if asked.answer is bool:
        return frozenset({"ja", "nej"})
    return (asked.answer if isinstance(asked.answer, frozenset) else frozenset()) | {NONE}
