"""Tables as files: a folder of CSV or Parquet files, or one DuckDB database."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec

from hocbac_nlp.errors import FatalError, UsageError
from hocbac_nlp.running.work import Done
from hocbac_nlp.running.writer import replacing
from hocbac_nlp.views.tables import TABLES, Rows, columns

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Sink = Callable[[Done], None]
LARGEST = 1 << 30  # bytes of a row


@contextmanager
def csv_folder(name: str) -> Iterator[Sink]:
    """Open FOLDER/TABLE.csv for each table: UTF-8, comma, a header; lists are JSON, nothing is an empty cell.

    The files take their names when all went well. Raises `FatalError` when they can't be written.
    """
    with _writing(name), ExitStack() as stack:
        writers = {}
        for table in TABLES:
            stream = io.TextIOWrapper(
                stack.enter_context(replacing(_made(name) / f"{table}.csv")), encoding="utf-8", newline=""
            )
            stack.callback(stream.detach)
            stack.callback(stream.flush)
            writers[table] = csv.writer(stream, lineterminator="\n")
            writers[table].writerow(one.name for one in columns(table))

        def write(done: Done) -> None:
            for table, rows in msgspec.json.decode(done.data, type=Rows).items():
                writers[table].writerows([_cell(value) for value in row] for row in rows)

        yield write


@contextmanager
def parquet_folder(name: str) -> Iterator[Sink]:
    """Open FOLDER/TABLE.parquet for each table. Raises `UsageError` without DuckDB, `FatalError` as above."""
    with _writing(name), tempfile.TemporaryDirectory(prefix=".hocbac-nlp", dir=_made(name)) as scratch:
        folder = Path(scratch)
        with _database(":memory:") as database:
            with _rows_in(folder) as sink:
                yield sink
            for table in TABLES:
                part = _quoted(folder / f"{table}.parquet")
                database.execute(f"COPY ({_select(folder, table)}) TO '{part}' (FORMAT parquet, COMPRESSION zstd)")
        for table in TABLES:
            (folder / f"{table}.parquet").replace(Path(name) / f"{table}.parquet")


@contextmanager
def duckdb_file(name: str) -> Iterator[Sink]:
    """Open a new DuckDB database that holds the tables; it takes its name when all went well."""
    target = Path(name)
    with _writing(name), tempfile.TemporaryDirectory(prefix=".hocbac-nlp", dir=target.parent) as scratch:
        folder = Path(scratch)
        with _database(str(folder / "database")) as database:
            with _rows_in(folder) as sink:
                yield sink
            for table in TABLES:
                database.execute(f'CREATE TABLE "{table}" AS {_select(folder, table)}')
        (folder / "database").replace(target)


@contextmanager
def _writing(name: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise FatalError(f"{name}: can't be written: {error.strerror or error}") from error


def _made(name: str) -> Path:
    folder = Path(name)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return msgspec.json.encode(value).decode() if isinstance(value, list) else value


@contextmanager
def _rows_in(folder: Path) -> Iterator[Sink]:
    """Collect the rows of each table in FOLDER/TABLE.jsonl: what DuckDB reads fast, with nulls and lists kept."""
    with ExitStack() as stack:
        files: dict[str, IO[bytes]] = {
            table: stack.enter_context((folder / f"{table}.jsonl").open("wb")) for table in TABLES
        }
        names = {table: [one.name for one in columns(table)] for table in TABLES}

        def write(done: Done) -> None:
            for table, rows in msgspec.json.decode(done.data, type=Rows).items():
                for row in rows:
                    files[table].write(msgspec.json.encode(dict(zip(names[table], row, strict=True))) + b"\n")

        yield write


@contextmanager
def _database(path: str) -> Iterator["DuckDBPyConnection"]:
    try:
        import duckdb
    except ImportError as error:
        raise UsageError("this format needs DuckDB: pip install 'hocbac-nlp[export]'") from error
    try:
        # Everything that is needed is part of the package: nothing is fetched from anywhere.
        with duckdb.connect(path, config={"autoinstall_known_extensions": "false"}) as connection:
            yield connection
    except duckdb.Error as error:
        raise FatalError(f"DuckDB can't write the tables: {error}") from error


def _select(folder: Path, table: str) -> str:
    """The query that reads a table's rows; an item keeps its place, so the order is that of the records."""
    types = ", ".join(f"\"{one.name}\": '{one.type}'" for one in columns(table))
    path = _quoted(folder / f"{table}.jsonl")
    options = f"format = 'newline_delimited', columns = {{{types}}}, maximum_object_size = {LARGEST}"
    return f"SELECT * FROM read_json('{path}', {options})"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
