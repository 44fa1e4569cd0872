"""Why each line went or stayed (`strip --explain`): its number, what became of it, its role, and the rule."""

from collections.abc import Callable, Iterator

from hocbac_nlp.document import Block, Document
from hocbac_nlp.errors import DocumentError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.stage import Options
from hocbac_nlp.views.terminal import shown

ROLE_STYLES = {"title": "bold", "heading": "bold", "furniture": "dim", "caption": "cyan", "question": "bold cyan"}
"""How roles look where there is colour; the others are left as they are."""


def open(lexicons: Lexicons, options: Options) -> Callable[[Document], bytes]:
    """Return the function that explains a document.

    Options: `width` in cells, `colour`, and `cut`: whether lines are cut at the width (else they run on).
    Raises `DocumentError` for a record whose page is not at hand.
    """
    from rich.cells import cell_len, set_cell_size
    from rich.style import Style

    def paint(text: str, style: str) -> str:
        return Style.parse(style).render(text) if options["colour"] and style else text

    def write(document: Document) -> bytes:
        if document.page is None:
            raise DocumentError("no_text", "this record has been stripped before, and its page is not in it")
        out = [paint(shown(document.id).replace("\n", " "), "bold reverse")]
        rows = list(_lines(document.page, document.blocks))
        numbers = len(str(rows[-1][0])) if rows else 1
        roles = max((len(block.role) for block in document.blocks), default=0)
        rules = max((cell_len(block.rule) for block in document.blocks), default=0)
        for number, block, line in rows:
            mark = "=" if block.duplicate_of is not None else "-" if block.start is None else "+"
            head = f"{number:>{numbers}} {mark} {block.role:<{roles}}  {set_cell_size(block.rule, rules)}  "
            text = shown(line)
            room = max(options["width"] - cell_len(head), 10)
            if options["cut"] and cell_len(text) > room:
                text = set_cell_size(text, room - 1) + "…"
            style = ROLE_STYLES.get(block.role, "")
            out.append(f"{paint(head, 'dim' if block.start is None else 'green')}{paint(text, style)}")
        return "".join(f"{line.rstrip(' ')}\n" for line in [*out, ""]).encode()

    return write


def _lines(page: str, blocks: list[Block]) -> Iterator[tuple[int, Block, str]]:
    """The lines of all blocks: number in the page (from 1), block, and text."""
    number, at = 1, 0
    for block in blocks:
        number += page.count("\n", at, block.source_start)
        at = block.source_start
        for further, line in enumerate(page[at : block.source_end].split("\n")):
            if line.strip():
                yield number + further, block, line.strip()
