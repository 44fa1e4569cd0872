"""Repeated sequences through DuckDB, which goes to disk where memory does not suffice. Same counts as in `ngrams`."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hocbac_nlp.corpora.ngrams import LONGEST, Gram, Sequences
from hocbac_nlp.errors import UsageError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "256MB"
"""What DuckDB may use before it goes to disk."""

_TEXT = """
create table level1 as
select pos, item as gram from (
    select row_number() over () as pos, item, count(*) over (partition by item) as frequency
    from read_csv($items, columns = {'item': 'INTEGER'}, header = false)
) where item >= 0 and frequency >= $least
"""
"""Where in the text an item stands that occurs often enough; boundaries have positions, too."""

_PAIRS = """
create table pairs as
select a.pos, a.gram as head, b.gram as tail from {level} a join {level} b on b.pos = a.pos + 1
"""
_FREQUENT = """
create table frequent as
select row_number() over (order by head, tail) as gram, head, tail, count(*) as frequency
from pairs group by head, tail having count(*) >= $least
"""
_NEXT = "create table {level} as select pos, gram from pairs join frequent using (head, tail)"


def repeated(sequences: Sequences, least: int, longest: int = LONGEST) -> dict[Gram, int]:
    """As `ngrams.repeated`. Raises `UsageError` when DuckDB is not installed."""
    try:
        import duckdb
    except ImportError as error:
        raise UsageError("--ngrams duckdb needs DuckDB: pip install 'hocbac-nlp[duckdb]'") from error
    with tempfile.TemporaryDirectory(prefix="hocbac-nlp-") as folder:
        items = Path(folder) / "items.csv"
        with items.open("w", encoding="ascii") as file:
            for sequence in sequences():
                file.writelines(f"{item}\n" for item in sequence)
                file.write("-1\n")
        with duckdb.connect(f"{folder}/ngrams.duckdb") as database:
            database.execute(f"set memory_limit = '{MEMORY}'")
            database.execute(f"set temp_directory = '{folder}/spill'")
            database.execute(_TEXT, {"items": str(items), "least": least})
            return _levels(database, least, longest)


def _levels(database: "DuckDBPyConnection", least: int, longest: int) -> dict[Gram, int]:
    """Two neighbouring sequences of one level that overlap but for one item each make one of the next."""
    grams: dict[int, Gram] = {
        item: (item,) for (item,) in database.execute("select distinct gram from level1").fetchall()
    }
    found: dict[Gram, int] = {}
    for length in range(2, longest + 1):
        database.execute(_PAIRS.format(level=f"level{length - 1}"))
        database.execute(_FREQUENT, {"least": least})
        frequent = database.execute("select gram, head, tail, frequency from frequent").fetchall()
        if not frequent:
            break
        grams = {gram: (*grams[head], grams[tail][-1]) for gram, head, tail, _ in frequent}
        found.update((grams[gram], frequency) for gram, _, _, frequency in frequent)
        database.execute(_NEXT.format(level=f"level{length}"))
        database.execute(f"drop table pairs; drop table frequent; drop table level{length - 1}")
    return found
