"""A model of the user's own: token classification in the format of transformers, read from a folder.

Nothing is ever fetched: the folder has to hold all that the model needs. Records name a model by the digest of its
files, so they do not depend on where it lies.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast, get_args

from hocbac_nlp.document import Document, Label
from hocbac_nlp.errors import UsageError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming import ner_tags
from hocbac_nlp.naming.ner_tags import Name, Span, Tag

FindNames = Callable[[Document], list[Name]]
"""The names that a model finds in a document."""

BATCH = 16
"""Windows that the model reads at once."""
_LONGEST = 512  # pieces, for a model that does not say how many it reads
_JOINED = re.compile(r"[^\W_]_[^\W_]")  # a vocabulary of words whose syllables are joined, as PhoBERT's


def check(folder: str) -> None:
    """Raise `UsageError` when the extra is missing, or the folder, or what makes it one of a model."""
    if find_spec("transformers") is None or find_spec("torch") is None:
        raise UsageError("--ner-model needs the extra ner: pip install 'hocbac-nlp[ner]'")
    if not Path(folder).is_dir():
        raise UsageError(f"--ner-model {folder}: no such folder (models are read from disk, never fetched)")
    if not (Path(folder) / "config.json").is_file():
        raise UsageError(
            f"--ner-model {folder}: no config.json in it; a folder as save_pretrained() writes it is wanted"
        )


@cache
def digest(folder: str) -> str:
    """Twelve hexadecimal digits that change when a file of the model changes; hidden files do not count."""
    total = hashlib.sha256()
    for path in sorted(Path(folder).iterdir(), key=lambda path: path.name):
        if path.is_file() and not path.name.startswith("."):
            with path.open("rb") as stream:
                total.update(f"{path.name}\0{hashlib.file_digest(stream, 'sha256').hexdigest()}\n".encode())
    return total.hexdigest()[:12]


def open(lexicons: Lexicons, folder: str) -> FindNames:
    """Load the model; the function returns the names in a document, in order, each inside one sentence.

    It reads `text`, `sentences` and, for a model of words, `tokens`. Raises `UsageError` when the model can't be used.
    """
    check(folder)
    meanings = {row["label"].upper(): _label(row["means"]) for row in lexicons.rows("ner_labels.tsv")}
    model = _Model(folder)
    tags = [ner_tags.tag(name, meanings) for name in model.tags]
    if not any(tags):
        raise UsageError(
            f"--ner-model {folder}: its labels ({', '.join(model.tags[:9])}) name no people, bodies or places; "
            "labels such as B-PER, I-ORG are wanted, and ner_labels.tsv says which names are known"
        )

    def find(document: Document) -> list[Name]:
        sentences = list(model.sentences(document))
        found: list[Name] = []
        for (spans, _, firsts), numbers in zip(sentences, model.run([ids for _, ids, _ in sentences]), strict=True):
            mine: Iterator[Tag | None] = (None if at is None else tags[numbers[at]] for at in firsts)
            found += ner_tags.names(document.text, spans, mine)
        return found

    return find


def _label(means: str) -> Label:
    for label in get_args(Label):
        if label == means:
            return cast(Label, label)
    raise UsageError(f"ner_labels.tsv: {means!r} is no label; there are {', '.join(get_args(Label))}")


Sentence = tuple[list[Span], list[int], list[int | None]]
"""The units of a sentence, the numbers of all its pieces, and for each unit which piece is its first."""


class _Model:
    """The network and its tokenizer. One thread: `-j` is how to use more, and threads could change the result."""

    def __init__(self, folder: str) -> None:
        os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
        import torch
        from transformers import AutoModelForTokenClassification, AutoTokenizer
        from transformers.utils import logging

        logging.set_verbosity_error()
        logging.disable_progress_bar()
        torch.set_num_threads(1)
        try:
            self.tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
            network, about = AutoModelForTokenClassification.from_pretrained(
                folder, local_files_only=True, output_loading_info=True
            )
        except Exception as error:  # of any kind: what the folder holds is the user's
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise UsageError(f"--ner-model {folder}: can't be loaded: {reason}") from error
        if about["missing_keys"]:
            missing = ", ".join(sorted(about["missing_keys"])[:3])
            raise UsageError(f"--ner-model {folder}: no weights for {missing}: not trained to classify tokens")
        vocabulary = self.tokenizer.get_vocab()
        if vocabulary.keys() <= set(self.tokenizer.all_special_tokens):  # some versions make one up for lack of files
            raise UsageError(
                f"--ner-model {folder}: can't be loaded: it has no vocabulary; the tokenizer's files are missing"
            )
        self.torch = torch
        self.network: Any = network.eval()
        self.tags: list[str] = [name for _, name in sorted(network.config.id2label.items())]
        self.before, self.behind = self._frame()
        positions = getattr(network.config, "max_position_embeddings", None) or _LONGEST + 2
        # Some models begin to count positions behind the padding's number: two are left out for them.
        self.limit = min(self.tokenizer.model_max_length, positions - 2) - len(self.before) - len(self.behind)
        if self.limit < 1:
            raise UsageError(f"--ner-model {folder}: it reads {positions} pieces at once, which is too few")
        self.of_words = any(map(_JOINED.search, vocabulary))

    def _frame(self) -> tuple[list[int], list[int]]:
        """The special pieces before and behind a sentence."""
        bare = self._numbers("a")
        framed = list(self.tokenizer("a")["input_ids"])
        at = next(at for at in range(len(framed)) if framed[at : at + len(bare)] == bare)
        return framed[:at], framed[at + len(bare) :]

    def _numbers(self, word: str) -> list[int]:
        return list(self.tokenizer(word, add_special_tokens=False)["input_ids"])

    def sentences(self, document: Document) -> Iterator[Sentence]:
        """The sentences of a document as the model reads them. White space of any kind is a space."""
        text = re.sub(r"\s", " ", document.text)
        words = iter([(token.start, token.end) for token in document.tokens] if self.of_words else ())
        word = next(words, None)
        for sentence in document.sentences:
            if self.of_words:
                spans = []
                while word is not None and word[0] < sentence.end:
                    spans.append(word)
                    word = next(words, None)
                yield self._apart(text, spans)
            elif self.tokenizer.is_fast:
                yield self._whole(text, sentence.start, sentence.end)
            else:
                yield self._apart(text, ner_tags.units(text, sentence.start, sentence.end))

    def _whole(self, text: str, start: int, end: int) -> Sentence:
        """A sentence read as it is, by a tokenizer that tells where its pieces stand."""
        read = self.tokenizer(text[start:end], add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        pieces = []
        for first, last in read["offset_mapping"]:
            while first < last and text[start + first] == " ":  # some count the space before a word to it
                first += 1
            pieces.append((start + first, start + last))
        spans = ner_tags.units(text, start, end)
        return spans, list(read["input_ids"]), list(ner_tags.first_pieces(spans, pieces))

    def _apart(self, text: str, spans: list[Span]) -> Sentence:
        """A sentence read unit by unit, the syllables of a word joined."""
        numbers: list[int] = []
        firsts: list[int | None] = []
        for start, end in spans:
            pieces = self._numbers("_".join(text[start:end].split()))
            firsts.append(len(numbers) if pieces else None)
            numbers += pieces
        return spans, numbers, firsts

    def run(self, sentences: Sequence[list[int]]) -> Iterable[list[int]]:
        """The number of the likeliest tag for every piece of every sentence."""
        results = [[0] * len(pieces) for pieces in sentences]
        cuts = [
            (number, *window)
            for number, pieces in enumerate(sentences)
            if pieces
            for window in ner_tags.windows(len(pieces), self.limit)
        ]
        cuts.sort(key=lambda cut: (cut[2] - cut[1], cut))  # of one length together: little padding
        for at in range(0, len(cuts), BATCH):
            batch = cuts[at : at + BATCH]
            rows = [[*self.before, *sentences[number][start:end], *self.behind] for number, start, end, _, _ in batch]
            for (number, start, _, first, last), tags in zip(batch, self._tags(rows), strict=True):
                skip = len(self.before) - start
                results[number][first:last] = tags[first + skip : last + skip]
        return results

    def _tags(self, rows: list[list[int]]) -> list[list[int]]:
        torch = self.torch
        width = max(map(len, rows))
        padding = self.tokenizer.pad_token_id or 0
        pieces = torch.tensor([row + [padding] * (width - len(row)) for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
        with torch.inference_mode():
            scores = self.network(input_ids=pieces, attention_mask=mask).logits
        tags: list[list[int]] = scores.argmax(-1).tolist()
        return tags
