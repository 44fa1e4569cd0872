"""The small classes of words around names, from `name_words.tsv`: its head says what part each plays."""

from collections import defaultdict
from dataclasses import dataclass, fields

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming.phrases import Phrases
from hocbac_nlp.naming.syllables import keys


@dataclass(frozen=True, slots=True)
class Words:
    """The classes whose syllables are looked up one by one, as keys; each is a role of the lexicon."""

    plural: frozenset[str]
    counting: frozenset[str]
    every: frozenset[str]
    place_before: frozenset[str]
    whither: frozenset[str]
    where: frozenset[str]
    cites: frozenset[str]
    credit: frozenset[str]
    joiner: frozenset[str]
    origin: frozenset[str]
    agent: frozenset[str]
    human_verb: frozenset[str]
    beaten: frozenset[str]
    beats: frozenset[str]
    position: frozenset[str]
    address: frozenset[str]
    birth_order: frozenset[str]
    particle: frozenset[str]
    place_like: frozenset[str]
    goods: frozenset[str]
    post_body: frozenset[str]
    team: frozenset[str]
    seated: frozenset[str]
    bloc: frozenset[str]
    association: frozenset[str]
    scope: frozenset[str]
    named_after: frozenset[str]
    memorial: frozenset[str]
    outside: frozenset[str]
    predicate: frozenset[str]
    word_ending: frozenset[str]
    short_type: frozenset[str]
    lane: frozenset[str]
    side: frozenset[str]
    never: frozenset[str]
    unit: frozenset[str]
    former: frozenset[str]
    owner: frozenset[str]
    role_level: frozenset[str]
    role_predicate: frozenset[str]
    ship: frozenset[str]
    maker: frozenset[str]
    produce: frozenset[str]


def open(lexicons: Lexicons) -> Words:
    """Load the classes; one that a user has emptied is empty."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    for row in lexicons.rows("name_words.tsv"):
        words[row["role"]].append(row["word"])
    return Words(**{field.name: keys(" ".join(words[field.name])) for field in fields(Words)})


def written(lexicons: Lexicons, role: str) -> tuple[str, ...]:
    """The entries of one role as they are written."""
    return tuple(row["word"] for row in lexicons.rows("name_words.tsv") if row["role"] == role)


def phrases(lexicons: Lexicons, role: str) -> Phrases[str]:
    """The entries of one role as phrases, each with itself as its value."""
    return Phrases((phrase, phrase) for phrase in written(lexicons, role))
