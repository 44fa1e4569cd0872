"""Models of the user's own. The tests make them: networks without layers, whose tag is that of the piece alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from hocbac_nlp.document import Document, Sentence, Token
from hocbac_nlp.errors import UsageError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.naming import ner_model
from tests.layers import document
from tests.support import records, run

pytest.importorskip("torch")
pytest.importorskip("transformers")
pytestmark = pytest.mark.ner

LEXICONS = Lexicons()
TAGS = ("O", "B-PERSON", "I-PERSON", "B-ORGANIZATION", "I-ORGANIZATION", "B-LOCATION", "I-LOCATION", "B-MISC")
PIECES = {
    **dict.fromkeys(("Wakanda", "Qwo"), "B-LOCATION"),
    **dict.fromkeys(("##nda", "Zu"), "I-LOCATION"),
    "Acme": "B-ORGANIZATION",
    "Tek": "I-ORGANIZATION",
    "Zork": "B-PERSON",
    "UBND": "B-LOCATION",
    "Nobel": "B-MISC",
}
"""What the tiny models know; all else is O."""
TEXT = "Hãng Acme\nTek, gần Wakanda; giải Nobel.\nQwoZu có UBND huyện Chợ Lách."


def made(folder: Path, tokenizer: Any, config: Any, known: dict[str, str], **changes: Any) -> Path:
    """Save a model that gives every piece of the vocabulary its tag."""
    import torch
    from transformers import AutoModelForTokenClassification

    torch.manual_seed(1)
    tags: tuple[str, ...] = changes.pop("tags", TAGS)
    size = 4 * len(tags)
    config = config(
        vocab_size=len(tokenizer.get_vocab()),
        hidden_size=size,
        num_hidden_layers=0,
        num_attention_heads=1,
        intermediate_size=8,
        id2label=dict(enumerate(tags)),
        label2id={tag: number for number, tag in enumerate(tags)},
        **changes,
    )
    model = AutoModelForTokenClassification.from_config(config)
    with torch.no_grad():
        for weights in model.parameters():
            weights.zero_()
        for name, weights in model.named_parameters():
            if name.endswith("LayerNorm.weight"):
                weights.fill_(1)
            elif name.endswith("word_embeddings.weight"):
                for piece, number in tokenizer.get_vocab().items():
                    tag = known.get(piece, "O")
                    weights[number][tags.index(tag) if tag in tags else 0] = 1
            elif name.endswith("classifier.weight"):
                weights.copy_(torch.eye(len(tags), size))
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def bert(folder: Path, **changes: Any) -> Path:
    """A BERT model, whose tokenizer tells where its pieces stand."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.pre_tokenizers import BertPreTokenizer
    from tokenizers.processors import TemplateProcessing
    from transformers import BertConfig, PreTrainedTokenizerFast

    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *PIECES, "##Zu", "##x", "a", ",", ";", "."]
    fast = Tokenizer(WordPiece({piece: number for number, piece in enumerate(vocabulary)}, unk_token="[UNK]"))
    fast.pre_tokenizer = BertPreTokenizer()
    fast.post_processor = TemplateProcessing("[CLS] $A [SEP]", None, [("[CLS]", 2), ("[SEP]", 3)])
    marks = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=fast, model_max_length=16, **marks)
    return made(folder, tokenizer, BertConfig, PIECES, max_position_embeddings=32, **changes)


def phobert(folder: Path) -> Path:
    """A model of words, as PhoBERT: a slow tokenizer, and the syllables of a word joined."""
    from transformers import PhobertTokenizer, RobertaConfig

    pieces = ["Acme_@@", "Tek", "Wakanda", "huyện", "Chợ_Lách", "có@@"]
    source = folder.parent / f"{folder.name}-vocabulary"
    source.mkdir()
    (source / "vocab.txt").write_text("".join(f"{piece} 1\n" for piece in pieces), encoding="utf-8")
    merges = [pair for word in ("Acme_", "Tek", "Wakanda") for pair in _merges(word, word == "Acme_")]
    (source / "bpe.codes").write_text("".join(f"{one} {two} 1\n" for one, two in merges), encoding="utf-8")
    tokenizer = PhobertTokenizer(str(source / "vocab.txt"), str(source / "bpe.codes"), model_max_length=16)
    known = {"Acme_@@": "B-ORGANIZATION", "Wakanda": "B-LOCATION"}
    return made(folder, tokenizer, RobertaConfig, known, max_position_embeddings=20, pad_token_id=1)


def _merges(word: str, inner: bool) -> list[tuple[str, str]]:
    """The byte pairs that build a word up from the left; one that is not inner ends with its last letter."""
    letters = [*word[:-1], word[-1] if inner else f"{word[-1]}</w>"]
    return [("".join(letters[:at]), letters[at]) for at in range(1, len(letters))]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bert(tmp_path_factory.mktemp("models") / "bert")


def read(text: str, *words: str) -> Document:
    """A segmented document: a sentence a line; the words are those given."""
    record = document(text)
    record.sentences = [Sentence(block.start or 0, block.end or 0) for block in record.kept]
    record.tokens, at = [], 0
    for word in words:
        at = text.index(word, at)
        record.tokens.append(Token(word, at, at + len(word), "N"))
        at += len(word)
    return record


def names(folder: Path, record: Document) -> list[tuple[str, str]]:
    return [(record.text[one.start : one.end], one.label) for one in ner_model.open(LEXICONS, str(folder))(record)]


def test_names_have_the_spans_of_the_text(model: Path) -> None:
    record = read(TEXT)
    record.sentences = [Sentence(0, TEXT.index(".\n") + 1), Sentence(TEXT.index("Qwo"), len(TEXT))]
    assert names(model, record) == [("Acme\nTek", "ORG"), ("Wakanda", "LOC"), ("QwoZu", "LOC"), ("UBND", "LOC")]


def test_long_sentences_are_read_in_windows(model: Path) -> None:
    text = "Acme Tek, " + "gì đó, " * 40 + "Wakanda; " + "x " * 100 + "Qwo Zu"
    assert names(model, read(text)) == [("Acme Tek", "ORG"), ("Wakanda", "LOC"), ("Qwo Zu", "LOC")]


def test_hostile_text_is_read(model: Path) -> None:
    text = "Acme\u200bTek\u00a0👨‍👩‍👧 ế́ " + "a" * 500 + "\x00 Wakanda"
    record = read(text)
    for one in ner_model.open(LEXICONS, str(model))(record):
        assert 0 <= one.start < one.end <= len(text)
    assert names(model, read("…\n—")) == []


def test_a_model_of_words_without_offsets(tmp_path: Path) -> None:
    text = "Hãng Acme\nTek ở Wakanda."
    record = read(text, "Hãng", "Acme\nTek", "ở", "Wakanda", ".")
    record.sentences = [Sentence(0, len(text))]
    assert names(phobert(tmp_path / "phobert"), record) == [("Acme\nTek", "ORG"), ("Wakanda", "LOC")]


def test_labels_of_no_use_and_missing_weights_are_told(tmp_path: Path, model: Path) -> None:
    with pytest.raises(UsageError, match=r"its labels \(O, LABEL_1\) name no people"):
        names(bert(tmp_path / "labels", tags=("O", "LABEL_1")), read("Huế"))
    from transformers import AutoModel, AutoTokenizer

    AutoModel.from_pretrained(model).save_pretrained(tmp_path / "bare")
    AutoTokenizer.from_pretrained(model).save_pretrained(tmp_path / "bare")
    with pytest.raises(UsageError, match="no weights for classifier"):
        names(tmp_path / "bare", read("Huế"))
    mute = bert(tmp_path / "mute")
    for path in mute.glob("token*"):
        path.unlink()
    with pytest.raises(UsageError, match="can't be loaded"):
        names(mute, read("Huế"))
    (tmp_path / "bare" / "model.safetensors").write_bytes(b"broken")
    with pytest.raises(UsageError, match="can't be loaded"):
        names(tmp_path / "bare", read("Huế"))


PAGE = "Hãng Acme Tek mở cửa\n\nNgày 3/4/2020, hãng Acme Tek về Wakanda, UBND huyện Chợ Lách cho biết.\n"


def test_the_command_takes_a_model_wherever_it_lies(model: Path, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("a", "b", "c"):
        (pages / f"{name}.txt").write_text(PAGE, encoding="utf-8")
    done = run("extract", "pages", "--ner-model", model, cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    moved = tmp_path / "moved"
    moved.symlink_to(model)
    assert run("extract", "pages", "--ner-model", "moved", "-j", "2", cwd=tmp_path).stdout == done.stdout
    record = records(done.stdout)[0]
    assert record["stages"][-1]["options"] == {"ner_model": ner_model.digest(str(model))}
    found = {(one["text"], one["label"]) for one in record["entities"] if one["rule"] == "ner-model"}
    assert ("Wakanda", "LOC") in found and ("UBND", "LOC") not in found
    plain = records(run("extract", "pages", cwd=tmp_path).stdout)[0]
    assert [one for one in record["entities"] if one["rule"] != "ner-model"] == plain["entities"]
    again = run("keywords", "-", "--ner-model", model, input=done.stdout)
    assert again.returncode == 2 and b"--ner-model belongs to extract" in again.stderr


def test_an_output_folder_is_stale_when_the_model_changes(model: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    mine = tmp_path / "mine"
    mine.symlink_to(model)
    given = ("extract", tmp_path / "a.txt", "--output-dir", tmp_path / "out", "--ner-model")
    assert b"1 document written" in run(*given, model).stderr
    assert b"up to date" in run(*given, mine).stderr
    other = bert(tmp_path / "other", tags=(*TAGS, "B-GPE"))
    assert b"1 document written" in run(*given, other).stderr


def test_the_digest_is_of_what_the_files_hold(model: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in model.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    (copy / ".note").write_text("hidden")
    assert ner_model.digest(str(copy)) == ner_model.digest(str(model))
    config = json.loads((copy / "config.json").read_text())
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "config.json").write_text(json.dumps(config | {"x": 1}))
    assert ner_model.digest(str(tmp_path / "new")) != ner_model.digest(str(model))
