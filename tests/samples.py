"""A record with every layer, made by hand: no model is needed to test what looks at records."""

from hocbac_nlp.document import (
    SCHEMA,
    Block,
    Change,
    Document,
    Entity,
    Person,
    Reference,
    Sentence,
    Source,
    StageRun,
    Statistic,
    Time,
    Token,
    dumps,
    loads,
)

PAGE = """Trang chủ

Chợ Lách tổng kết năm 2023

Ông Nguyễn Văn
Minh, Chủ tịch UBND huyện Chợ Lách, chủ trì. Huyện có 25 mô hình, tăng 5% so với năm 2022.

Theo Chỉ thị số 05-CT/TW của Bộ Chính trị.
"""
WORDS = (
    "Chợ Lách/Np|tổng kết/V|năm/N|2023/M|Ông/Nc|Nguyễn Văn\nMinh/Np|,/CH|Chủ tịch/N|UBND/Ny|huyện/N|Chợ Lách/Np|,/CH|"
    "chủ trì/V|./CH|Huyện/N|có/V|25/M|mô hình/N|,/CH|tăng/V|5/M|%/CH|so/V|với/E|năm/N|2022/M|./CH|Theo/E|Chỉ thị/N|"
    "số/N|05/M|-/CH|CT/Ny|//CH|TW/Ny|của/E|Bộ Chính trị/Np|./CH"
)


def document(id: str = "pages/a.txt") -> Document:
    """The record of `PAGE`."""
    kept = ["Chợ Lách tổng kết năm 2023", *PAGE.split("\n\n")[2:]]
    kept[-1] = kept[-1].rstrip("\n")
    text = "\n".join(kept)
    blocks = [Block("furniture", None, None, 0, 9, "furniture:menu")]
    for role, piece in zip(("title", "paragraph", "paragraph"), kept, strict=True):
        start, source = text.index(piece), PAGE.index(piece)
        blocks.append(Block(role, start, start + len(piece), source, source + len(piece), f"{role}:test"))  # type: ignore[arg-type]

    def at(words: str, after: int = 0) -> tuple[str, int, int]:
        start = text.index(words, after)
        return words, start, start + len(words)

    record = Document({"schema": SCHEMA, "id": id, "source": Source(id, "0" * 64, len(PAGE.encode()), "utf-8", "text")})
    record.stages = [StageRun(name, "0", "0", {}) for name in ("strip", "segment", "extract")]
    record.title, record.section, record.published = kept[0], None, "2024-01-12T08:30+07:00"
    record.authors, record.author_role = ["Lê An", "P.T.C"], None
    record.text, record.blocks = text, blocks
    record.tokens, end = [], 0
    for word in WORDS.split("|"):
        form, _, pos = word.rpartition("/")
        form, start, end = at(form, end)
        record.tokens.append(Token(form, start, end, pos))
    ends = [token.end for token in record.tokens if token.text == "."]
    starts = [0, text.index("Ông"), text.index("Huyện có"), text.index("Theo")]
    record.sentences = [Sentence(*pair) for pair in zip(starts, [len(kept[0]), *ends], strict=True)]
    minh, post = at("Nguyễn Văn\nMinh"), at("Chủ tịch UBND huyện Chợ Lách")
    record.entities = [
        Entity(*at("Chợ Lách"), "LOC", "Chợ Lách", "test", level="huyện", parent="Bến Tre"),
        Entity(*minh, "PER", "Nguyễn Văn Minh", "test"),
        Entity(*at("UBND huyện Chợ Lách"), "ORG", "Ủy ban nhân dân huyện Chợ Lách", "test"),
        Entity(*at("Bộ Chính trị"), "ORG", "Bộ Chính trị", "test"),
    ]
    record.persons = [Person(*minh, "Nguyễn Văn\nMinh", *post)]
    record.references = [
        Reference(
            *at("Chỉ thị số 05-CT/TW của Bộ Chính trị"),
            *("Chỉ thị", "05", "05-CT/TW", "Bộ Chính trị", None, None, None, "chỉ thị 05-CT/TW"),
        )
    ]
    record.times = [Time(*at("năm 2023"), "2023"), Time(*at("năm 2022"), "2022")]
    record.statistics = [
        Statistic(*at("25 mô hình"), "count", 25, None, None, None, "=", None, "mô hình"),
        Statistic(*at("tăng 5%"), "percent", 5.5, None, None, "%", ">", Change("up", "by"), "mô hình"),
    ]
    return record


def line(record: Document | None = None) -> bytes:
    """A record as its line of JSONL."""
    return dumps(record or document()) + b"\n"


def reread(record: Document) -> Document:
    """The record as another process reads it, with the page that it came from lost."""
    return loads(dumps(record))
