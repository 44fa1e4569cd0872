"""Check that the tags are underthesea's: `python benchmarks/equality.py FOLDER [--variants]`.

Reads every file of the folder as UTF-8 text, takes each line as one sentence, and compares words, POS, chunk and
NER tags with those of `underthesea.ner`. Every difference is printed. `--variants` adds changed copies of each
line: capitals, no marks, NFD, other digits and punctuation, clauses of other lines. Exit code 1 if anything
differs. Runs of more than 200 characters without white space are exempt, and so are lines that hold one.
"""

import argparse
import random
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from underthesea import ner

from hocbac_nlp.tagger.tokens import CHUNK_LIMIT
from hocbac_nlp.tagging import open_tagger

MARKS = ".,;:!?()\"'“”‘’-–…/%&*+=<>"


def lines(folder: Path) -> Iterator[str]:
    """The non-blank lines of every file in the folder, in order."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        for line in path.read_text(encoding="utf-8-sig").split("\n"):
            if line.strip() and all(len(run) <= CHUNK_LIMIT for run in line.split()):
                yield line.rstrip("\r")


def variants(line: str, others: list[str], random: random.Random) -> Iterator[str]:
    """Changed copies of a line."""
    syllables = line.split(" ")
    yield line.upper()
    yield line.lower()
    yield line.title()
    yield unicodedata.normalize("NFD", line)
    yield "".join(mark for mark in line if mark not in MARKS)
    yield "".join(random.choice("0123456789") if mark.isdigit() else mark for mark in line)
    yield "".join(random.choice(MARKS) if mark in MARKS else mark for mark in line)
    yield " ".join(syllable + random.choice(["", "", "", *MARKS]) for syllable in syllables)
    yield ", ".join(random.choice(random.choice(others).split(", ")) for _ in range(3))
    yield " ".join(random.sample(syllables, len(syllables)))


def differences(sentences: list[str]) -> Iterator[tuple[int, list[str]]]:
    """For each sentence its number of words, and what differs in it."""
    tagger = open_tagger()
    tagged = tagger.words_pos_all(sentences)
    forms = [tagger.forms(text, spans) for text, (spans, _) in zip(sentences, tagged, strict=True)]
    chunks, names = tagger.chunk_ner_all(forms, [pos for _, pos in tagged])
    for at, (text, (spans, pos)) in enumerate(zip(sentences, tagged, strict=True)):
        expected = ner(text)
        found = list(zip(forms[at], pos, chunks[at], names[at], strict=True))
        wrong = [f"{a} != {b}" for a, b in zip(found, expected, strict=False) if a != b]
        if len(found) != len(expected):
            wrong.append(f"{len(found)} words, not {len(expected)}")
        written = "".join(text[start:end] for start, end in spans)
        if "".join(written.split()) != "".join(text.split()):
            wrong.append("the spans do not cover the text")
        yield len(expected), [f"{text!r}: {one}" for one in wrong]


def main() -> int:
    """Compare, print what differs, and say how much was compared."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--variants", action="store_true", help="also check changed copies of each line")
    parser.add_argument("--words", type=int, default=10**9, help="stop after this many words")
    arguments = parser.parse_args()
    chance = random.Random(1)
    originals = list(lines(arguments.folder))
    words = sentences = wrong = 0
    for start in range(0, len(originals), 20):
        batch = originals[start : start + 20]
        if arguments.variants:
            batch += [changed for line in batch for changed in variants(line, originals, chance)]
        for count, reports in differences([line for line in batch if line.strip()]):
            words, sentences, wrong = words + count, sentences + 1, wrong + bool(reports)
            for report in reports:
                print(report)
        if words >= arguments.words:
            break
    print(f"{words:,} words in {sentences:,} sentences: {wrong} sentences differ", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
