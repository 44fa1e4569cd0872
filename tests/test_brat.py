from pathlib import Path

import pytest

from hocbac_nlp.errors import DocumentError, UsageError
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.running.work import Done
from hocbac_nlp.views import brat
from tests.samples import document


def done(id: str) -> Done:
    return Done(id, brat.open(Lexicons(), {})(document(id)))


def test_items_notes_and_posts(tmp_path: Path) -> None:
    with brat.folder(str(tmp_path / "out")) as sink:
        sink(done("pages/a.txt"))
    text = (tmp_path / "out/pages/a.txt").read_text(encoding="utf-8")
    lines = (tmp_path / "out/pages/a.ann").read_text(encoding="utf-8").splitlines()
    assert text == document().text
    assert lines[:2] == [
        "T1\tLOC 0 8\tChợ Lách",
        '#1\tAnnotatorNotes T1\t{"canonical":"Chợ Lách","rule":"test","level":"huyện","parent":"Bến Tre"}',
    ]
    assert "T2\tPER 31 41;42 46\tNguyễn Văn Minh" in lines  # a fragment ends at a line feed
    assert any(line.startswith("R1\tPost Arg1:") for line in lines)
    for line in lines:
        if line.startswith("T"):
            _, where, words = line.split("\t")
            pieces = [part.split() for part in where.split(" ", 1)[1].split(";")]
            assert " ".join(text[int(start) : int(end)] for start, end in pieces) == words


def test_the_configuration_names_every_type(tmp_path: Path) -> None:
    with brat.folder(str(tmp_path)) as sink:
        sink(done("a"))
    known = (tmp_path / "annotation.conf").read_text(encoding="utf-8").split()
    types = {line.split("\t")[1].split()[0] for line in (tmp_path / "a.ann").read_text().splitlines() if line[0] == "T"}
    assert types == {"LOC", "PER", "ORG", "Reference", "Time", "Statistic", "Person", "Post"} and types <= set(known)


def test_annotations_are_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.ann").write_text("")
    with pytest.raises(UsageError, match="not empty"), brat.folder(str(tmp_path)):
        pass


def test_two_documents_with_one_name(tmp_path: Path) -> None:
    with brat.folder(str(tmp_path)) as sink:
        sink(done("a.txt"))
        sink(done("a.jsonl:1"))
        with pytest.raises(DocumentError, match="taken"):
            sink(done("a.html"))
    assert sorted(path.name for path in tmp_path.glob("*.ann")) == ["a.ann", "a.jsonl:1.ann"]
