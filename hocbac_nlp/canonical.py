"""The name under which the mentions of one thing are counted."""

from hocbac_nlp.document import Document, Entity
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.mentions import Mention


class Canonical:
    """Turns decided mentions into entities with their canonical names."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.leader = "Hồ Chí Minh"

    def entities(self, document: Document, mentions: list[Mention]) -> list[Entity]:
        """The entities of a document, in order."""
        out = []
        for one in mentions:
            assert one.label is not None
            text = one.text
            canonical = self.leader if one.rule == "hcm_names" else " ".join(text.split())
            out.append(
                Entity(text, one.block.start[one.start], one.block.end[one.end - 1], one.label, canonical, one.rule)
            )
        return out
