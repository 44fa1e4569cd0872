"""What the document as a whole says about the mentions that one block leaves open."""

from hocbac_nlp.mentions import Mention
from hocbac_nlp.people import is_foreign_run
from hocbac_nlp.scanner import Scanner
from hocbac_nlp.syllables import MIXED, TITLE, UPPER


def resolve(mentions: list[Mention], scanner: Scanner) -> list[Mention]:
    """The mentions that are entities, each with its label. Open ones are decided by

    - the same words decided elsewhere in the document;
    - the last syllables of a full name ('Hải' of 'Nguyễn Văn Hải');
    - the words before it (a preposition of place, a list of places);
    - its shape (a foreign name, a name in mixed case).
    """
    labels: dict[tuple[str, ...], Mention] = {}
    short: dict[tuple[str, ...], Mention] = {}
    heads: set[str] = set()
    for one in mentions:
        if one.label is None or not one.sure:
            continue
        labels.setdefault(one.keys, one)
        if one.label == "PER":
            for size in range(1, len(one.keys)):
                short.setdefault(one.keys[-size:], one)
        if one.place is not None and one.place.name > one.place.start:
            labels.setdefault(tuple(one.block.key[one.place.name : one.end]), one)
        if one.body is not None and not one.body.bare:
            heads.add(one.body.head)
    return [one for one in mentions if _decide(one, labels, short, heads, scanner)]


def _decide(
    one: Mention,
    labels: dict[tuple[str, ...], Mention],
    short: dict[tuple[str, ...], Mention],
    heads: set[str],
    scanner: Scanner,
) -> bool:
    if one.label is not None and one.sure:
        return True
    if one.body is not None:
        return one.body.head in heads
    same = labels.get(one.keys)
    if same is not None:
        one.label, one.rule = same.label, "document:same"
        one.place = same.place
        return True
    full = short.get(one.keys)
    if full is not None and one.block.shape[one.start] == TITLE:
        one.label, one.rule = "PER", "document:short"
        return True
    if one.cue == "opens":
        return False
    if one.cue == "list":
        one.label, one.rule = "LOC", "place_list"
        return True
    size = one.end - one.start
    if one.cue == "place" and size >= 2:
        one.label, one.rule = "LOC", "place_preposition"
        return True
    if is_foreign_run(one.block, one.start, one.end):
        if size == 1 and one.block.shape[one.start] == MIXED:
            one.label, one.rule = "ORG", "mixed_case"
            return True
        if size >= 2 and all(one.block.shape[k] == TITLE for k in range(one.start, one.end)):
            one.label, one.rule = "PER", "foreign_name"
            return True
        if one.block.shape[one.start] == UPPER:
            return False
    return False
