"""Universal POS tags for underthesea's."""

from collections.abc import Callable

from hocbac_nlp.document import Token
from hocbac_nlp.lexicon import Lexicons


def open(lexicons: Lexicons) -> Callable[[Token], str]:
    """Return the function that gives a token's universal tag (`X` for a tag that is not in the lexicon)."""
    table = {row["tag"]: row["upos"] for row in lexicons.rows("upos.tsv")}

    def upos(token: Token) -> str:
        return table.get(f"{token.pos}:{token.text.lower()}") or table.get(token.pos, "X")

    return upos
