"""Measure tagging side by side: `python benchmarks/tagging.py TEXT [--vncorenlp JAR]`.

TEXT is a file of UTF-8 text, one sentence or paragraph a line. Every engine runs in a process of its own, one
after the other, on the same text: stock underthesea, pyvi if it is installed, VnCoreNLP if a jar is given (with
its models beside it), and this tool. The table goes to standard output as Markdown. Times are CPU seconds since
the start of the process, so they hold start-up, and other work on the machine disturbs them little. "Words" are
this tool's for every engine, so that speeds compare.

`--long` measures instead how the time grows with the length of one sentence.
"""

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

Step = Callable[[list[str]], object]
BATCH = 40
"""Lines given at once to the engines that take many: about one article."""

MARKS = (1_000, 10_000, 100_000)


def underthesea_words() -> Step:
    from underthesea import word_tokenize

    return lambda lines: [word_tokenize(line) for line in lines]


def underthesea_pos() -> Step:
    from underthesea import pos_tag

    return lambda lines: [pos_tag(line) for line in lines]


def underthesea_ner() -> Step:
    from underthesea import ner

    return lambda lines: [ner(line) for line in lines]


def pyvi_words() -> Step:
    from pyvi import ViTokenizer  # type: ignore[import-not-found,unused-ignore]

    return lambda lines: [ViTokenizer.tokenize(line) for line in lines]


def pyvi_pos() -> Step:
    from pyvi import ViPosTagger, ViTokenizer  # type: ignore[import-not-found,unused-ignore]

    return lambda lines: [ViPosTagger.postagging(ViTokenizer.tokenize(line)) for line in lines]


def our_words() -> Step:
    from hocbac_nlp.tagging import open_tagger

    tagger = open_tagger()
    return lambda lines: [tagger.words(line) for line in lines]


def our_pos() -> Step:
    from hocbac_nlp.tagging import open_tagger

    return open_tagger().words_pos_all


def our_chain() -> Step:
    from hocbac_nlp.tagging import open_tagger

    tagger = open_tagger()

    def step(lines: list[str]) -> None:
        tagged = tagger.words_pos_all(lines)
        words = [[line[a:b] for a, b in spans] for line, (spans, _) in zip(lines, tagged, strict=True)]
        tagger.chunk_ner_all(words, [pos for _, pos in tagged])

    return step


def our_extract() -> Step:
    from hocbac_nlp import pipeline

    process = pipeline.open("extract")
    return lambda lines: pipeline.dumps(process("\n".join(lines)))


ENGINES: dict[str, tuple[str, Callable[[], Step]]] = {
    "underthesea-words": ("underthesea `word_tokenize`", underthesea_words),
    "underthesea-pos": ("underthesea `pos_tag` (words, POS)", underthesea_pos),
    "underthesea-ner": ("underthesea `ner` (words, POS, chunk, NER)", underthesea_ner),
    "pyvi-words": ("pyvi words", pyvi_words),
    "pyvi-pos": ("pyvi words, POS", pyvi_pos),
    "words": ("hocbac-nlp words", our_words),
    "pos": ("hocbac-nlp words, POS", our_pos),
    "chain": ("hocbac-nlp words, POS, chunk, NER", our_chain),
    "extract": ("hocbac-nlp `extract`, everything", our_extract),
}
VNCORENLP = {"VnCoreNLP words": "wseg", "VnCoreNLP words, POS": "wseg,pos"}
LONG = (500, 1_000, 2_000, 10_000, 100_000)
LONG_STOCK = 2_000
"""Longest single sentence that stock underthesea is given: its time grows with the square."""


def batches(lines: list[str], counts: list[int]) -> Iterator[tuple[list[str], int]]:
    """The lines in batches, each with its number of words."""
    for at in range(0, len(lines), BATCH):
        yield lines[at : at + BATCH], sum(counts[at : at + BATCH])


def child(name: str, text: Path) -> None:
    """Run one engine and print what was measured."""
    with text.open(encoding="utf-8") as file:
        job = json.load(file)
    step = ENGINES[name][1]()
    step(["Bác Hồ đọc Tuyên ngôn Độc lập ở Ba Đình."])
    ready = time.process_time()
    seen = 0
    marks: dict[str, float] = {}
    for lines, words in batches(job["lines"], job["counts"]):
        step(lines)
        seen += words
        for mark in MARKS:
            if seen >= mark:
                marks.setdefault(str(mark), time.process_time() - ready)
    print(json.dumps({"ready": ready, "total": time.process_time(), "memory": peak_memory(), "marks": marks}))


def peak_memory() -> float:
    """The most memory that this process has held, in MB (Linux; its `ru_maxrss` would count the parent's too)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def measure(command: list[str]) -> dict[str, object] | None:
    """Run an engine in a cold process; `None` if it is not installed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr.strip().split("\n")[-1], file=sys.stderr)
        return None
    result: dict[str, object] = json.loads(done.stdout.strip().split("\n")[-1])
    return result


def measure_java(jar: Path, annotators: str, lines: list[str]) -> dict[str, object]:
    """Run VnCoreNLP's command line on the text."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "text.txt"
        source.write_text("\n".join(lines), encoding="utf-8")
        command = ["java", "-Xmx2g", "-jar", str(jar.resolve()), "-fin", str(source)]
        command += ["-fout", str(source.with_suffix(".out")), "-annotators", annotators]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True, cwd=jar.resolve().parent)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    memory = after.ru_maxrss / 1024 if after.ru_maxrss > before.ru_maxrss else None
    return {"ready": None, "total": total, "memory": memory, "marks": {}}


def cell(value: object, pattern: str) -> str:
    return "–" if value is None else format(value, pattern)


def row(title: str, found: dict[str, object], words: int, size: int) -> str:
    total = found["total"]
    marks = found["marks"]
    assert isinstance(total, float) and isinstance(marks, dict)
    cells = [
        title,
        f"{words / total:,.0f}",
        f"{size / total / 1e6:.3f}",
        cell(found["memory"], ".0f"),
        cell(found["ready"], ".2f"),
        *(cell(marks.get(str(mark)), ".2f") for mark in MARKS),
    ]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Measure every engine that is there, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("text", type=Path)
    parser.add_argument("--vncorenlp", type=Path, metavar="JAR")
    parser.add_argument("--only", nargs="*", choices=list(ENGINES), default=list(ENGINES))
    parser.add_argument("--long", action="store_true", help="one sentence of growing length instead")
    parser.add_argument("--engine", choices=list(ENGINES), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.engine:
        child(arguments.engine, arguments.text)
        return
    lines = [line for line in arguments.text.read_text(encoding="utf-8-sig").split("\n") if line.strip()]
    print_long(lines) if arguments.long else print_table(lines, arguments.only, arguments.vncorenlp)


def print_table(lines: list[str], names: list[str], jar: Path | None) -> None:
    from hocbac_nlp.tagging import open_tagger

    counts = [len(open_tagger().words(line)) for line in lines]
    words, size = sum(counts), len("\n".join(lines).encode())
    print(f"{words:,} words, {size / 1e6:.2f} MB\n")
    print("| one process, cold | words/s | MB/s | peak MB | ready s | 1k words s | 10k s | 100k s |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        job = Path(folder) / "job.json"
        job.write_text(json.dumps({"lines": lines, "counts": counts}), encoding="utf-8")
        for name in names:
            found = measure([sys.executable, __file__, str(job), "--engine", name])
            if found is not None:
                print(row(ENGINES[name][0], found, words, size), flush=True)
    for title, annotators in VNCORENLP.items() if jar else ():
        assert jar is not None
        print(row(title, measure_java(jar, annotators, lines), words, size), flush=True)


def print_long(lines: list[str]) -> None:
    """One sentence of so many syllables, without punctuation."""
    chance = random.Random(1)
    syllables = [one for line in lines for one in line.split() if one.isalpha()]
    print("| syllables in one sentence | underthesea `ner` s | hocbac-nlp words, POS, chunk, NER s |")
    print("|---|---|---|")
    stock, ours = underthesea_ner(), our_chain()
    for step in (stock, ours):
        step(["Bác Hồ"])
    for count in LONG:
        sentence = [" ".join(chance.choices(syllables, k=count))]
        times: list[float | None] = []
        for step in (stock, ours):
            started = time.process_time()
            if step is stock and count > LONG_STOCK:
                times.append(None)
            else:
                step(sentence)
                times.append(time.process_time() - started)
        print(f"| {count:,} | {cell(times[0], '.2f')} | {cell(times[1], '.2f')} |", flush=True)


if __name__ == "__main__":
    main()
