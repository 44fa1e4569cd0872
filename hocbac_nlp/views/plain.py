"""The clean text alone (`strip --text`): a paragraph a line, an empty line after each document but one in a file."""

import re
from collections.abc import Callable

from hocbac_nlp.document import Document
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stage import Options


def open(lexicons: Lexicons, options: Options) -> Callable[[Document], bytes]:
    """Return the function that writes a document's text; the lines of a hard-wrapped paragraph are joined.

    Option: `alone`, whether the text is to be a file of its own.
    """
    end = b"" if options.get("alone") else b"\n"
    wrapped = re.compile(r"\s*\n\s*")

    def write(document: Document) -> bytes:
        paragraphs = (wrapped.sub(" ", document.text[block.start : block.end]) for block in document.kept)
        return "".join(f"{paragraph}\n" for paragraph in paragraphs).encode() + end

    return write
