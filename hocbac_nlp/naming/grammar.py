"""All that is known of names, loaded once: the grammars of people, places and bodies, and what is no name."""

from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming.organisations import Organisations
from hocbac_nlp.naming.people import People
from hocbac_nlp.naming.phrases import Phrases
from hocbac_nlp.naming.places import Places
from hocbac_nlp.naming.syllables import key


class Grammar:
    """The grammars of names and the lexicons around them."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.people = People(lexicons)
        self.places = Places(lexicons, self.people)
        self.bodies = Organisations(lexicons, self.places, self.people)
        self.blockers = Phrases((word, True) for word in lexicons.lines("name_blockers.txt"))
        self.no_names = Phrases((word, True) for word in lexicons.lines("no_names.txt"))
        self.swallowers = Phrases((word, True) for word in ("tiếng", "đô la", "đô-la"))
        self.suffixes = frozenset(key(word) for word in lexicons.lines("org_suffixes.txt"))
        self.events = frozenset(key(word) for word in lexicons.lines("event_suffixes.txt"))
        self.prefixes = frozenset(key(word) for word in lexicons.lines("place_prefixes.txt"))
        self.companies = Phrases((cue, True) for cue in lexicons.lines("company_cues.txt"))
        self.openers = frozenset(key(word) for word in lexicons.lines("sentence_openers.txt"))
