"""Word roles: lexicons of two columns that sort words into small classes."""

from collections import defaultdict
from collections.abc import Mapping

from hocbac_nlp.lexicon import Lexicons


def by_role(lexicons: Lexicons, name: str) -> Mapping[str, frozenset[str]]:
    """The words of the lexicon `name` (columns word, role) by role; a role without words is an empty set."""
    words: defaultdict[str, set[str]] = defaultdict(set)
    for row in lexicons.rows(name):
        words[row["role"]].add(row["word"])
    return defaultdict(frozenset, {role: frozenset(members) for role, members in words.items()})
