"""Count the words of a large corpus from segmented JSONL, reading included: `python -m benchmarks.keywords [TOKENS]`.

The corpus is made up: documents of some 800 words with sentences and blocks, words drawn from a Zipf distribution over
200,000 forms of one to three syllables, so that vocabulary and repetition are those of news. It is written once to a
temporary file; the figures are those of the installed command in one process: seconds, and the greatest resident set.
"""

import itertools
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FORMS = 200_000
EXPONENT = 1.2
SENTENCE = 25
SENTENCES = 32
ONSETS = [
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "gi",
    "h",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "ph",
    "qu",
    "s",
    "t",
    "th",
    "tr",
    "v",
]
RIMES = ["an", "ài", "ấp", "ống", "iệt", "ương", "ủy", "ội", "ình", "ạch", "ên", "ực", "oàn", "ế", "ộ", "ông", "uyến"]


def forms(random_: random.Random) -> list[str]:
    """Distinct words of one to three syllables."""
    syllables = [onset + rime for onset, rime in itertools.product(ONSETS, RIMES)]
    words = dict.fromkeys(["chi bộ", "các", "và", "của", "Các", *syllables])
    while len(words) < FORMS:
        words[" ".join(random_.choices(syllables, k=random_.choice((2, 2, 2, 3))))] = None
    return list(words)


def documents(tokens: int) -> Iterator[str]:
    """Records as the segment stage writes them, with so many tokens in all."""
    random_ = random.Random(1)
    words = forms(random_)
    weights = list(itertools.accumulate(1 / (rank + 2.7) ** EXPONENT for rank in range(FORMS)))
    size = SENTENCE * SENTENCES
    for number in range(-(-tokens // size)):
        chosen = random_.choices(words, cum_weights=weights, k=size)
        chosen[SENTENCE - 1 :: SENTENCE] = "." * SENTENCES
        yield json.dumps(record(number, chosen), ensure_ascii=False)


def record(number: int, words: list[str]) -> dict[str, Any]:
    """A segmented document of these words, its paragraphs of four sentences."""
    ends = list(itertools.accumulate(map(len, words), lambda end, length: end + 1 + length))
    tokens = [
        {"text": word, "start": end - len(word), "end": end, "pos": "N"} for word, end in zip(words, ends, strict=True)
    ]
    stages: list[dict[str, Any]] = [
        {"name": name, "version": "0", "lexicons": "0", "options": {}} for name in ("strip", "segment")
    ]
    return {
        "schema": "hocbac/1",
        "id": f"made-up/{number}",
        "source": {"path": None, "sha256": None, "bytes": None, "encoding": None, "view": None, "nfc": None},
        "stages": stages,
        "published": f"20{number % 20 + 10}-01-01",
        "text": " ".join(words),
        "blocks": [block | {"role": "paragraph", "rule": "made-up"} for block in spans(tokens, 4 * SENTENCE)],
        "sentences": list(spans(tokens, SENTENCE)),
        "tokens": tokens,
    }


def spans(tokens: list[dict[str, Any]], length: int) -> Iterator[dict[str, Any]]:
    """Where every so many tokens start and end."""
    for first in range(0, len(tokens), length):
        start, end = tokens[first]["start"], tokens[first + length - 1]["end"]
        yield {"start": start, "end": end} | ({"source_start": start, "source_end": end} if length > SENTENCE else {})


def main(tokens: int, options: list[str]) -> None:
    """Write the corpus, count it, print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "segmented.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in documents(tokens))
        print(f"{tokens:,} tokens, {path.stat().st_size / 1e6:,.0f} MB of JSONL")
        table = Path(folder) / "table.jsonl"
        command: list[str | Path] = [
            "hocbac-nlp",
            "keywords",
            "--corpus",
            "--units",
            "words",
            *options,
            "-q",
            "-o",
            table,
            path,
        ]
        started = time.monotonic()
        subprocess.run(command, check=True)
        seconds = time.monotonic() - started
        rows = table.read_bytes().count(b"\n")
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{rows:,} rows, {seconds:.1f} s, {usage.ru_utime + usage.ru_stime:.1f} s of CPU, {usage.ru_maxrss >> 10:,} MB"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000, sys.argv[2:])
