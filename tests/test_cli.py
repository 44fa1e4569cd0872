"""The contract of the command line, proved on the installed command."""

import json
import os
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from hocbac_nlp.stage import NAMES
from tests.support import COMMAND, PAGE, PATIENCE, SEEDS, records, run


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(PAGE.replace("2023", str(2020 + number)), encoding="utf-8")
    return folder


def message(done: "subprocess.CompletedProcess[bytes]") -> list[str]:
    return done.stderr.decode().splitlines()


# --- help and versions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [[], *([name] for name in (*NAMES, "page", "schema", "lexicons"))])
def test_help_shows_two_examples_and_the_exit_codes(command: list[str]) -> None:
    done = run(*command, "--help")
    text = done.stdout.decode()
    assert done.returncode == 0 and "Exit codes:" in text
    assert text.count("  hocbac-nlp ") >= 2


@pytest.mark.parametrize("command", ["", "extract"])
def test_help_imports_nothing_heavy(command: str) -> None:
    code = f"""if True:
        import sys
        sys.argv = ["hocbac-nlp", *"{command} --help".split()]
        from hocbac_nlp import cli
        try:
            cli.main()
        except SystemExit:
            heavy = ("underthesea", "rich", "msgspec", "numpy", "regex", "multiprocessing", "warcio", "ray")
            print([name for name in heavy if name in sys.modules])
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_version_names_the_tool_underthesea_and_the_lexicons() -> None:
    assert run("--version").stdout.decode().startswith("hocbac-nlp ")
    assert "underthesea" in run("--version").stdout.decode() and "lexicons" in run("--version").stdout.decode()


# --- exit codes -------------------------------------------------------------------------------------------------


def test_all_done(pages: Path) -> None:
    done = run("strip", pages)
    assert done.returncode == 0
    assert [record["id"] for record in records(done.stdout)] == [f"{pages}/{number}.txt" for number in range(3)]
    assert message(done)[-1].startswith("hocbac-nlp: 3 documents written in")


@pytest.mark.parametrize(
    "args",
    [
        ["strip", "--no-such-option"],
        ["nothing"],
        ["strip", "x", "--input", "pdf"],
        ["strip", "x", "--encoding", "latin-1"],
        ["strip", "x", "--max-bytes", "many"],
        ["strip", "x", "--keep", "adverts"],
        ["strip", "x", "--rows", "nothing"],
        ["strip", "x", "--keep", ""],
        ["strip", "x", "--fields", " , "],
        ["strip", "https://example.vn/a.html"],
        ["strip", "--files-from", "none"],
        ["page", "http://example.vn/a.html"],
        ["page", "x", "--lexicons", "/none"],
        ["keywords", "x", "--ngrams", "duckdb"],
        ["keywords", "x", "--by", ""],
        ["lexicons", "--copy", "a", "--check", "b"],
        ["strip", "x", "-j", "0"],
        ["strip", "x", "--lexicons", "/none"],
        ["strip", "x", "-o", "a", "--output-dir", "b"],
        ["segment", "x", "--drop", "nothing"],
    ],
)
def test_wrong_usage(args: list[str], tmp_path: Path) -> None:
    done = run(*args, cwd=tmp_path)
    assert done.returncode == 2 and done.stdout == b"" and done.stderr
    assert list(tmp_path.iterdir()) == []


def test_no_path_and_nothing_piped_is_wrong_usage() -> None:
    master, terminal = os.openpty()
    try:
        done = run("strip", stdin=terminal)
    finally:
        os.close(master)
        os.close(terminal)
    assert done.returncode == 2 and "nothing to read" in message(done)[0]


def test_bad_inputs_are_told_and_the_others_written(pages: Path, tmp_path: Path) -> None:
    (pages / "bad.txt").write_bytes(b"\x80 not UTF-8")
    (pages / "binary.txt").write_bytes(b"\x00\x01\x02")
    (pages / "empty.txt").write_bytes(b"")
    (pages / "large.txt").write_bytes(b"a" * 5000)
    (pages / "records.jsonl").write_bytes(
        b'{"text": "M\xe1\xbb\x99t"}\n{"text": 5}\n{no json\n{"id": "n"}\n{"text": "\\ud83d"}\n'
    )
    (tmp_path / "void").mkdir()
    log = tmp_path / "errors.jsonl"
    done = run("strip", pages, tmp_path / "none.txt", tmp_path / "void", "--max-bytes", "4K", "--errors", log)
    assert done.returncode == 3
    assert [record["id"].rpartition("/")[2] for record in records(done.stdout)] == [
        "0.txt",
        "1.txt",
        "2.txt",
        "records.jsonl:1",
    ]
    failures = records(log.read_bytes())
    assert [(failure["id"].rpartition("/")[2], failure["code"]) for failure in failures] == [
        ("bad.txt", "encoding"),
        ("binary.txt", "binary"),
        ("empty.txt", "empty"),
        ("large.txt", "too_large"),
        ("records.jsonl:2", "bad_json"),
        ("records.jsonl:3", "bad_json"),
        ("n", "no_text"),
        ("records.jsonl:5", "bad_json"),
        ("none.txt", "not_found"),
        ("void", "no_pages"),
    ]
    assert all(set(failure) == {"id", "stage", "code", "message"} for failure in failures)
    assert len(message(done)) == len(failures) + 1
    assert message(done)[-1].startswith("hocbac-nlp: 4 documents written, 10 failed")


def test_strict_stops_at_the_first_failure_and_leaves_the_old_output(pages: Path, tmp_path: Path) -> None:
    (pages / "1.txt").write_bytes(b"")
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    done = run("strip", pages, "--strict", "-o", out)
    assert done.returncode == 1 and out.read_text() == "old"
    assert "--strict" in message(done)[-1]


def test_quiet_says_failures_alone(pages: Path) -> None:
    assert run("strip", pages, "-q").stderr == b""
    assert len(message(run("strip", pages, "none.txt", "-q"))) == 1


def test_an_address_on_the_web_is_to_be_downloaded_first() -> None:
    assert "download it first" in message(run("strip", "https://example.vn/a.html"))[0]


def test_a_list_that_is_not_there_is_told_before_anything_is_read(pages: Path) -> None:
    done = run("extract", pages, "--files-from", "none")
    assert (
        done.returncode == 2
        and done.stdout == b""
        and message(done) == ["hocbac-nlp: --files-from none: can't be read: No such file or directory"]
    )


# --- outputs ----------------------------------------------------------------------------------------------------


def test_an_output_that_can_not_be_written_is_fatal(pages: Path, tmp_path: Path) -> None:
    places = {
        "-o": tmp_path / "no" / "out",
        "--output": tmp_path,
        "--output-dir": pages / "0.txt",
        "--errors": tmp_path,
    }
    for option, place in places.items():
        done = run("strip", pages, option, place)
        assert done.returncode == 1 and "can't be written" in message(done)[-1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_fatal(pages: Path) -> None:
    assert run("strip", pages, "-o", "/dev/full").returncode == 1
    with open("/dev/full", "wb") as full:
        done = subprocess.run([COMMAND, "strip", pages], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1 and b"No space left" in done.stderr and b"Traceback" not in done.stderr


def test_output_equal_to_input_is_refused(pages: Path) -> None:
    before = (pages / "0.txt").read_bytes()
    done = run("strip", pages, "-o", pages / "0.txt")
    assert done.returncode == 2 and (pages / "0.txt").read_bytes() == before


def test_an_output_folder_is_resumed(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("strip", "pages", "--output-dir", out, cwd=tmp_path).returncode == 0
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.jsonl")) == [
        f"pages/{number}.txt.jsonl" for number in range(3)
    ]
    again = run("strip", "pages", "--output-dir", out, cwd=tmp_path)
    assert "0 documents written, 3 up to date" in message(again)[-1]
    (pages / "1.txt").write_text(PAGE, encoding="utf-8")
    assert "1 document written, 2 up to date" in message(run("strip", "pages", "--output-dir", out, cwd=tmp_path))[-1]
    assert (
        "3 documents written" in message(run("strip", "pages", "--drop", "lead", "--output-dir", out, cwd=tmp_path))[-1]
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_and_terminated(tmp_path: Path, number: signal.Signals, code: int, jobs: str) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    process = subprocess.Popen(
        [COMMAND, "strip", "-", "-o", out, "-j", jobs], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin and process.stderr
    line = json.dumps({"text": PAGE}).encode() + b"\n"
    process.stdin.write(line * 50)
    process.stdin.flush()
    while not list(tmp_path.glob(".out*")):  # the run has begun
        assert process.poll() is None
    process.send_signal(number)
    assert b"Traceback" not in process.stderr.read()  # which ends when all processes have
    assert process.wait(PATIENCE) == code
    assert out.read_text() == "old" and [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


# --- surroundings -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"LC_ALL": "C.UTF-8", "TZ": "Asia/Ho_Chi_Minh"},
        {"PYTHONHASHSEED": "1", "NO_COLOR": "1", "TERM": "dumb"},
        {"PYTHONIOENCODING": "ascii"},
    ],
)
def test_same_bytes_in_any_locale(pages: Path, changes: dict[str, str]) -> None:
    (pages / "Bác Hồ.txt").write_text(PAGE, encoding="utf-8")
    args = ["strip", str(pages), "không có.txt"]
    here = run(*args)
    there = run(*args, env={name: value for name, value in os.environ.items() if name != "LC_ALL"} | changes)
    assert there.stdout == here.stdout and there.returncode == here.returncode == 3


def test_names_that_are_no_utf8(pages: Path) -> None:
    os.rename(pages / "0.txt", os.fsencode(pages) + b"/\xff\x1b[31m.txt")
    (pages / "1.txt").write_bytes(b"")
    os.rename(pages / "1.txt", os.fsencode(pages) + b"/a\x1b[31m\n.txt")
    done = run("strip", pages)
    assert done.returncode == 3
    assert records(done.stdout)[-1]["id"].endswith("/%FF\x1b[31m.txt")
    assert b"\x1b" not in done.stderr and len(message(done)) == 2


def test_links_in_circles(pages: Path) -> None:
    (pages / "self").symlink_to(pages)
    (pages / "a.txt").symlink_to(pages / "b.txt")
    (pages / "b.txt").symlink_to(pages / "a.txt")
    done = run("strip", pages)
    assert len(records(done.stdout)) == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_files(pages: Path) -> None:
    (pages / "0.txt").chmod(0)
    done = run("strip", pages)
    assert done.returncode == 3 and "unreadable" in message(done)[0]


# --- data -------------------------------------------------------------------------------------------------------


def test_records_from_a_pipe_pages_from_a_pipe(pages: Path) -> None:
    page = (pages / "0.txt").read_bytes()
    (as_page,) = records(run("strip", input=page).stdout)
    assert as_page["id"] == "-" and as_page["source"]["bytes"] == len(page)
    (as_record,) = records(run("strip", "-", input=json.dumps({"text": page.decode(), "url": "x"}).encode()).stdout)
    assert as_record["id"] == "-:1" and as_record["url"] == "x" and as_record["source"]["path"] is None
    assert as_record["text"] == as_page["text"]


def test_decomposed_pages_give_the_same_record(pages: Path) -> None:
    page = (pages / "0.txt").read_text(encoding="utf-8")
    composed, decomposed = (
        records(run("strip", input=unicodedata.normalize(form, page).encode()).stdout)[0] for form in ("NFC", "NFD")
    )
    assert composed.pop("source")["nfc"] and not decomposed.pop("source")["nfc"]
    assert composed == decomposed


def test_rows_and_fields(pages: Path) -> None:
    rows = records(run("strip", pages / "0.txt", "--rows", "blocks").stdout)
    assert {"id", "title", "published", "role", "rule"} <= set(rows[0])
    (one,) = records(run("strip", pages / "0.txt", "--fields", "id,title,nothing").stdout)
    assert list(one) == ["id", "title", "nothing"] and one["nothing"] is None


def test_fields_that_are_empty_everywhere_are_told(pages: Path) -> None:
    note = "hocbac-nlp: --fields {}: nothing has a value for this; is it spelt right?"
    lines = message(run("strip", pages, "--fields", "id,titel,section,url"))
    assert lines[:-1] == [note.format("titel, url")]
    assert message(run("strip", pages, "--rows", "blocks", "--fields", "role,rul"))[:-1] == [note.format("rul")]
    assert message(run("kwic", "huyện", pages, "--fields", "left,write"))[:-1] == [note.format("write")]
    assert run("strip", pages, "--fields", "titel", "-q").stderr == b""
    mine = json.dumps({"text": PAGE, "url": "x"}).encode() + b"\n" + json.dumps({"text": PAGE}).encode()
    assert len(message(run("strip", "--fields", "url", input=mine))) == 1


def test_a_very_long_line_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("xã" * 500_000, encoding="utf-8")
    done = run("strip", tmp_path)
    assert done.returncode == 0 and len(records(done.stdout)) == 1


def test_page_prints_what_offsets_count_in(pages: Path) -> None:
    page = run("page", pages / "0.txt").stdout.decode()
    (record,) = records(run("strip", pages / "0.txt").stdout)
    for block in record["blocks"]:
        if block["start"] is not None:
            assert record["text"][block["start"] : block["end"]] == page[block["source_start"] : block["source_end"]]
    assert run("page", "none.txt").returncode == 3


def test_page_and_strip_read_with_the_same_lexicons(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "encoding_vni.tsv").write_text("bytes\tletter\n-aâ\naâ\tX\n", encoding="utf-8")
    (tmp_path / "a.txt").write_bytes("Caân".encode("cp1252"))
    args = (tmp_path / "a.txt", "--encoding", "vni")
    assert run("page", *args).stdout == "Cân".encode()
    assert run("page", *args, "--lexicons", tmp_path / "mine").stdout == b"CXn"
    (record,) = records(run("strip", *args, "--lexicons", tmp_path / "mine").stdout)
    assert [block["source_end"] for block in record["blocks"]] == [3]


def test_schema_is_json() -> None:
    assert json.loads(run("schema").stdout)["title"] == "A hocbac-nlp record"


def test_lexicons_are_listed_copied_and_checked(tmp_path: Path) -> None:
    assert b"stopwords.tsv" in run("lexicons").stdout
    assert run("lexicons", "--copy", tmp_path / "mine").returncode == 0
    (tmp_path / "mine" / "wrong.txt").write_text("x")
    done = run("lexicons", "--check", tmp_path / "mine")
    assert done.returncode == 2 and "no lexicon has this name" in message(done)[0]


def test_an_option_for_a_stage_that_is_over_is_wrong_usage(tmp_path: Path) -> None:
    stripped = tmp_path / "s.jsonl"
    assert run("strip", SEEDS, "-o", stripped).returncode == 0
    done = run("segment", stripped, "--keep", "byline")
    assert done.returncode == 2 and "belongs to strip" in message(done)[0]
