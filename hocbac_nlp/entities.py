"""Named mentions of people, bodies and places: what `extract` puts into `entities`.

Each block is read once from left to right. At every syllable that may begin a name the grammars are asked
in turn: bodies, places, people, then the lists of names known alone. A capitalised run that no grammar knows
waits until the document has been read: what the same words were elsewhere, the words before it and its shape
decide then, or it is no entity.
"""

from collections.abc import Callable

from hocbac_nlp.document import Document, Entity, Role
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming.canonical import Canonical
from hocbac_nlp.naming.capitals import Capitals, is_in_capitals
from hocbac_nlp.naming.grammar import Grammar
from hocbac_nlp.naming.mentions import Mention
from hocbac_nlp.naming.model_mentions import fill
from hocbac_nlp.naming.ner_model import FindNames
from hocbac_nlp.naming.resolution import resolve
from hocbac_nlp.naming.scanner import Scan
from hocbac_nlp.naming.syllables import Syllables


def open(lexicons: Lexicons, model: FindNames | None = None) -> Callable[[Document], list[Entity]]:
    """Load the lexicons of names; the function returns a document's entities in order, without overlap.

    It reads `text`, `blocks` and `tokens` of the document, and `published` for place codes. A model of the user's
    fills what the rules leave (see `model_mentions`); `references` are read then as well.
    """
    grammar = Grammar(lexicons)
    capitals = Capitals(grammar.people, grammar.places, grammar.bodies)
    canonical = Canonical(lexicons)

    def find(document: Document) -> list[Entity]:
        text = document.text
        words = {token.start: (token.end, token.pos) for token in document.tokens}
        mentions: list[Mention] = []
        later: list[tuple[Syllables, Role]] = []
        blocks: list[Syllables] = []
        for block in document.kept:
            if block.start is None or block.end is None:
                continue
            syllables = Syllables(text, block.start, block.end, words)
            blocks.append(syllables)
            if is_in_capitals(syllables):
                later.append((syllables, block.role))
            else:
                mentions += Scan(grammar, syllables, block.role).run()
        for syllables, role in later:
            capitals.recase(syllables, mentions)
            mentions += Scan(grammar, syllables, role).run()
        if later:
            mentions.sort(key=lambda one: one.block.start[one.start])
        mentions = resolve(mentions, grammar)
        if model is not None:
            mentions = fill(mentions, blocks, model(document), document.references)
        return canonical.entities(document, mentions)

    return find
