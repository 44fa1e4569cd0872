"""Keys of official documents: which mentions are one document.

State documents are numbered afresh each year by each agency, Party documents by type for each term of the
committee. A key is `type/number/agency/scope`, scope being the term (Party) or the year (State); what the text
leaves open is `?`. Mentions of one document that name different parts are joined when the document holds
nothing that contradicts it; as soon as two documents could be meant, the short mention stays open.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from hocbac_nlp.lexicon import Lexicons

BY_TERM = frozenset(("TW", "VPTW"))
"""Agencies whose series run by the terms of the Central Committee."""

_TOO_MANY = 64  # distinct readings of one type and number: nothing is joined beyond it


class Identity(NamedTuple):
    """What one mention says about its document; None where it says nothing.

    A law known by its name has the name as its type, and no number.
    """

    type: str
    number: str
    agency: str | None = None
    owner: str | None = None
    term: str | None = None
    year: str | None = None

    @property
    def series(self) -> tuple[str, str]:
        """Type and number: mentions that differ in them are never one document."""
        return self.type, self.number

    def join(self, other: "Identity") -> "Identity | None":
        """Both taken together, or None if they contradict each other."""
        parts = []
        for mine, theirs in zip(self[2:], other[2:], strict=True):
            if mine is None or theirs is None or mine == theirs:
                parts.append(mine if theirs is None else theirs)
            elif _refines(mine, theirs):
                parts.append(mine)
            elif _refines(theirs, mine):
                parts.append(theirs)
            else:
                return None
        return Identity(*self.series, *parts)


def _refines(longer: str, shorter: str) -> bool:
    """Whether `longer` says the same more fully: 'UBND-TNMT' and 'UBND', 'tỉnh Sóc Trăng' and 'Sóc Trăng'."""
    return longer.startswith(shorter + "-") or longer.endswith(" " + shorter)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the Central Committee, first and last day."""

    name: str
    start: str
    end: str


class Keys:
    """Joins the mentions of a document and writes their keys."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._terms = [Term(row["term"], row["start"], row["end"]) for row in lexicons.rows("party_terms.tsv")]

    def term(self, date: str) -> str | None:
        """The Party's term in which a date (`2018-03-12`, `2018`) falls, if it falls in one only."""
        found = {term.name for term in self._terms if term.start <= date and date <= term.end}
        if len(date) < 10:
            found = {
                term.name for term in self._terms if term.start[: len(date)] <= date and date <= term.end[: len(date)]
            }
        return found.pop() if len(found) == 1 else None

    def resolve(self, identities: Iterable[Identity]) -> dict[Identity, str]:
        """The key of each identity that one document's mentions show."""
        series: defaultdict[tuple[str, str], list[Identity]] = defaultdict(list)
        for identity in dict.fromkeys(identities):
            series[identity.series].append(identity)
        return {
            identity: _key(joined)
            for members in series.values()
            for identity, joined in (_join(members) if len(members) <= _TOO_MANY else _alone(members)).items()
        }


def _alone(members: list[Identity]) -> dict[Identity, Identity]:
    return {member: member for member in members}


def _join(members: list[Identity]) -> dict[Identity, Identity]:
    """Join what is compatible with all it could be joined to; what could mean two documents stays alone."""
    joined = _alone(members)
    left = list(members)
    while left:
        groups = _components(left)
        clashing = []
        for group in groups:
            whole = _all(group)
            if whole is None:
                clashing.append(group)
            else:
                joined.update(dict.fromkeys(group, whole))
        left = []
        for group in clashing:
            openness = max(member.count(None) for member in group)
            rest = [member for member in group if member.count(None) < openness]
            left += rest
    return joined


def _all(group: list[Identity]) -> Identity | None:
    whole: Identity | None = group[0]
    for member in group[1:]:
        whole = whole.join(member) if whole is not None else None
    return whole


def _components(members: list[Identity]) -> list[list[Identity]]:
    """Groups of members that are linked by being compatible, in order of first appearance."""
    groups: list[list[Identity]] = []
    for member in members:
        linked = [group for group in groups if any(member.join(other) for other in group)]
        merged = [one for group in linked for one in group] + [member]
        groups = [group for group in groups if group not in linked] + [merged]
    return groups


def _key(identity: Identity) -> str:
    if not identity.number:
        return f"{identity.type}/{identity.year or '?'}"
    agency = " ".join(part for part in (identity.agency, identity.owner) if part) or "?"
    scope = identity.term if identity.agency in BY_TERM else identity.year or identity.term
    return "/".join((identity.type, identity.number, agency, scope or "?"))
