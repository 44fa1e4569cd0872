"""References to official documents: Party and State documents with a number or code, and laws by name.

`citations` reads them; a type word without number, code or name is no reference. Nothing is filled in from
elsewhere in the text; only `key` joins the mentions of one document, see `reference_keys`.
"""

import re
from bisect import bisect_right
from collections.abc import Callable

from hocbac_nlp.citing.citations import CONGRESS, PLENUM, Citation, Citations
from hocbac_nlp.citing.document_types import DocumentTypes
from hocbac_nlp.citing.issuers import LOCAL_AGENCIES, Issuers
from hocbac_nlp.citing.law_names import Laws
from hocbac_nlp.citing.reference_keys import BY_TERM, Identity, Keys
from hocbac_nlp.document import Document, Reference, Token
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.timing.dates import folded_text

_LOCAL_CONGRESS = re.compile(r"(?i:đại hội.* (đảng bộ .*?)(?: lần| khóa| khoá|$))")


def open(lexicons: Lexicons) -> Callable[[Document], list[Reference]]:
    """Load the lexicons; the function returns the references of a document, in text order, without overlap.

    It reads the kept blocks and, if the document has them, the words: an issuer's name never ends inside a word.
    """
    types, issuers, keys = DocumentTypes(lexicons), Issuers(lexicons), Keys(lexicons)
    citations = Citations(types, issuers, Laws(lexicons))

    def find(document: Document) -> list[Reference]:
        folded = folded_text(document.text)
        found = [
            citation for block in document.kept for citation in citations.read(folded, block.start or 0, block.end or 0)
        ]
        if found and "tokens" in document:
            _end_with_words(found, folded, document.tokens, issuers)
        identities = [_identity(citation, folded, types, issuers, keys) for citation in found]
        key = keys.resolve(identities)
        return [
            _reference(citation, document.text, key[identity])
            for citation, identity in zip(found, identities, strict=True)
        ]

    return find


def _reference(citation: Citation, text: str, key: str) -> Reference:
    code = citation.code
    return Reference(
        text=text[citation.start : citation.end],
        start=citation.start,
        end=citation.end,
        type=citation.type,
        number=text[code.start : code.start + len(code.number)] if code else citation.number,
        code=text[code.start : code.end] if code and code.whole else None,
        issuer=text[slice(*citation.issuer)] if citation.issuer else None,
        date=citation.date,
        term=citation.term,
        name=citation.name,
        key=key,
        rule=citation.rule,
    )


def _end_with_words(found: list[Citation], folded: str, tokens: list[Token], issuers: Issuers) -> None:
    """Let an issuer at the end of its citation that cuts a word in two ('Hội đồng Bảo|an') go on to its end."""
    starts = [token.start for token in tokens]
    for citation in found:
        if citation.issuer is None or citation.issuer[1] != citation.end:
            continue
        at = bisect_right(starts, citation.end - 1) - 1
        rest = folded[citation.end : tokens[at].end] if at >= 0 else ""
        if rest.startswith(" ") and rest.islower():
            citation.end = issuers.go_on(folded, citation.end + len(rest), citation.limit)
            citation.issuer = (citation.issuer[0], citation.end)


def _identity(citation: Citation, folded: str, types: DocumentTypes, issuers: Issuers, keys: Keys) -> Identity:
    """What the mention says about which document it is; a coordinated one shares what follows the last."""
    source = citation.shared or citation
    date, term = citation.date or source.date, citation.term or source.term
    if citation.rule == PLENUM:
        return Identity(citation.type, f"Trung ương {citation.number}", "TW", None, term, None)
    if citation.rule == CONGRESS:
        local = _LOCAL_CONGRESS.search(citation.name or "")
        return Identity(citation.type, "Đại hội", local[1] if local else "TW", None, term, None)
    year = (citation.code.year if citation.code else None) or (date[:4] if date and date[0] != "-" else None)
    if citation.name:
        return Identity(" ".join(citation.name.split()).capitalize(), "", None, None, None, year)
    agency, owner = citation.kind.agency, None
    if source.issuer:
        issuer = issuers.agency(folded[slice(*source.issuer)])
        agency, owner = agency or issuer.symbol, issuer.owner
    if citation.code and citation.code.lettered:
        agency = types.agency(citation.type, folded[citation.code.start : citation.code.end]) or agency
    if agency is not None and agency not in LOCAL_AGENCIES:
        owner = issuers.seat(owner) if owner and citation.code and citation.code.lettered else None
    if agency in BY_TERM:
        term, year = term or (keys.term(date) if date and date[0] != "-" else None), None
    return Identity(citation.type, (citation.number or "").lstrip("0"), agency, owner, term, year)
