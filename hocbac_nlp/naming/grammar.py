"""All that is known of names, loaded once: the grammars of people, places and bodies, and what is no name."""

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming import words
from hocbac_nlp.naming.organisations import Organisations
from hocbac_nlp.naming.people import People
from hocbac_nlp.naming.phrases import Phrases
from hocbac_nlp.naming.places import Places
from hocbac_nlp.naming.syllables import key, phrase_key


class Grammar:
    """The grammars of names and the lexicons around them."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.words = words.open(lexicons)
        self.people = People(lexicons, self.words)
        self.places = Places(lexicons, self.people, self.words)
        self.bodies = Organisations(lexicons, self.places, self.people, self.words)
        self.blockers = Phrases((word, True) for word in lexicons.lines("name_blockers.txt"))
        self.no_names = Phrases((word, True) for word in lexicons.lines("no_names.txt"))
        self.companies = Phrases((cue, True) for cue in lexicons.lines("company_cues.txt"))
        self.acts = words.phrases(lexicons, "human_act")
        self.languages = words.phrases(lexicons, "language")
        self.laws = words.phrases(lexicons, "law")
        self.suffixes = frozenset(key(word) for word in lexicons.lines("org_suffixes.txt"))
        self.events = frozenset(key(word) for word in lexicons.lines("event_suffixes.txt"))
        self.prefixes = frozenset(key(word) for word in lexicons.lines("place_prefixes.txt"))
        self.openers = frozenset(key(word) for word in lexicons.lines("sentence_openers.txt"))
        self.clubs = frozenset(phrase_key(row["name"]) for row in lexicons.rows("clubs.tsv"))
        self.sports = words.written(lexicons, "sport")
        self.stocks = words.written(lexicons, "stock")
        self.name_prefixes = words.written(lexicons, "name_prefix")
        self.small = self.words.place_before.union(
            (key("liên"),),
            self.people.posts,
            self.people.titles,
            self.places.types,
            self.places.names,
            self.bodies.lower_heads,
            self.blockers,
            self.no_names,
            self.companies,
            self.languages,
            self.laws,
        )
        """With which syllables may begin what is looked for in lower case."""
