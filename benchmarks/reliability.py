"""A long run that can be trusted: many generated pages, some of them bad, in one `extract`; then kills and resumes.

    python benchmarks/reliability.py                     # 100,000 pages in one run, ten kills over 5,000 of them
    python benchmarks/reliability.py --pages 20000 -j 2

Checked: every bad page is reported once, with the right code; every other is written once, in input order; memory
is flat (the last tenth of the run uses at most 1.1 times what the first does); a run that `kill -9` ends again and
again at random moments and that is resumed leaves the same files as a clean one. Ends with 1 if anything is wrong.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean

COMMAND = shutil.which("hocbac-nlp", path=str(Path(sys.executable).parent)) or "hocbac-nlp"
MAX_BYTES = 64 << 10
BAD: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "empty": (".txt", lambda page: b"\n \n"),
    "binary": (".txt", lambda page: b"\x00" + page.encode()),
    "encoding": (".txt", lambda page: page.encode("utf-16-le")[1:].replace(b"\0", b"\xff")),
    "too_large": (".txt", lambda page: (page * (MAX_BYTES // 500)).encode()),
    "bad_json": (".jsonl", lambda page: json.dumps({"text": page}).encode()[:-1]),
    "no_text": (".jsonl", lambda page: b'{"title": "no text"}'),
}
PLACES = ("huyện Chợ Lách", "tỉnh Vĩnh Phúc", "thành phố Huế", "xã Tân Lập", "quận Hà Đông", "tỉnh Bến Tre")
PEOPLE = ("Nguyễn Văn Minh", "Trần Thị Hoa", "Lê Quang Vinh", "Phạm Ngọc Ánh", "Hoàng Đức Thắng")
SENTENCES = (
    "Sáng {day}/{month}, UBND {place} tổ chức hội nghị tổng kết công tác năm {year} và triển khai nhiệm vụ mới.",
    "Ông {person}, Chủ tịch UBND {place}, chủ trì hội nghị cùng đại diện các sở, ngành, đoàn thể.",
    "Năm {year}, {place} có {small} mô hình học tập và làm theo Bác, tăng {few}% so với năm {before}.",
    "Thực hiện Chỉ thị số 05-CT/TW của Bộ Chính trị, toàn {place} đã xây dựng {large} nhà tình nghĩa.",
    "Tổng thu ngân sách đạt {large} tỷ đồng, bằng {small}% kế hoạch, trong đó thu nội địa đạt {small} tỷ đồng.",
    "Bà {person} cho biết thời gian tới địa phương sẽ tiếp tục nhân rộng các điển hình tiên tiến.",
    "Đến nay, hơn {large} hộ dân ở {place} đã được hỗ trợ vay vốn để phát triển sản xuất, giảm nghèo bền vững.",
)


def main() -> int:
    arguments = argparse.ArgumentParser(description="A long run that can be trusted.")
    arguments.add_argument("--pages", type=int, default=100_000)
    arguments.add_argument("--bad", type=float, default=0.01, help="share of bad pages")
    arguments.add_argument("--kills", type=int, default=10)
    arguments.add_argument("--killed-pages", type=int, default=5_000, help="pages of the runs that are killed")
    arguments.add_argument("-j", "--jobs", type=int, default=1)
    arguments.add_argument("--seed", type=int, default=8)
    given = arguments.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory(prefix="reliability-") as name:
        folder = Path(name)
        bad = generate(folder / "pages", given.pages, given.bad, chance)
        figures = long_run(folder, given.pages, bad, given.jobs)
        generate(folder / "few", given.killed_pages, given.bad, chance)
        figures |= killed_runs(folder, given.kills, given.jobs, chance)
    print(json.dumps(figures, indent=2))
    return int(any(value is False for value in figures.values()))


def generate(folder: Path, pages: int, share: float, chance: random.Random) -> dict[str, str]:
    """Write the pages, a thousand in a folder; return the code that each bad one has to be reported with, by name."""
    bad = {}
    for number in range(pages):
        page = "\n\n".join(paragraphs(chance))
        kind = chance.choice(list(BAD)) if chance.random() < share else None
        suffix, damage = BAD[kind] if kind else (".txt", str.encode)
        path = folder / f"{number // 1000:03}" / f"{number:06}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(damage(page))
        if kind:
            bad[path.stem] = kind
    return bad


def paragraphs(chance: random.Random) -> Iterator[str]:
    """A title and three paragraphs, about 150 words in all."""

    def sentence(pattern: str) -> str:
        return pattern.format(
            day=chance.randint(1, 28),
            month=chance.randint(1, 12),
            year=(year := chance.randint(2010, 2024)),
            before=year - 1,
            place=chance.choice(PLACES),
            person=chance.choice(PEOPLE),
            few=chance.randint(2, 30),
            small=chance.randint(10, 99),
            large=f"{chance.randint(1, 9)}.{chance.randint(100, 999)}",
        )

    yield f"Hội nghị tổng kết công tác ở {chance.choice(PLACES)} lần thứ {chance.randint(2, 99)}"
    chosen = chance.sample(SENTENCES, 6)
    for start in (0, 2, 4):
        yield " ".join(sentence(pattern) for pattern in chosen[start : start + 2])


def long_run(folder: Path, pages: int, bad: dict[str, str], jobs: int) -> dict[str, object]:
    """One `extract` over all pages, with its memory looked at all the while."""
    out, log = folder / "out.jsonl", folder / "errors.jsonl"
    command: list[str | Path] = [COMMAND, "extract", folder / "pages", "-o", out, "--errors", log, "-j", str(jobs)]
    started = time.monotonic()
    process = subprocess.Popen([*command, "--max-bytes", str(MAX_BYTES)], stderr=subprocess.DEVNULL)
    samples: list[int] = []
    while process.poll() is None:
        samples.append(memory(process.pid))
        time.sleep(0.5)
    seconds = time.monotonic() - started
    written = [json.loads(line)["id"] for line in out.open("rb")]
    reported = [json.loads(line) for line in log.open("rb")]
    told = Counter((Path(one["id"].partition(":")[0]).stem, one["code"]) for one in reported)
    samples = [sample for sample in samples[4:] if sample]  # without the seconds in which models are loaded
    tenth = max(1, len(samples) // 10)
    first, last = mean(samples[:tenth]), mean(samples[-tenth:])
    names = [Path(id).stem for id in written]
    return {
        "pages": pages,
        "bad pages": len(bad),
        "workers": jobs,
        "seconds": round(seconds, 1),
        "pages per second": round(pages / seconds, 1),
        "exit code": process.returncode,
        "bad pages told once, with the right code": told == Counter(bad.items()),
        "other pages written once, in order": names == [f"{n:06}" for n in range(pages) if f"{n:06}" not in bad],
        "memory, first tenth (MB)": round(first / 2**20, 1),
        "memory, last tenth (MB)": round(last / 2**20, 1),
        "memory, last over first": round(last / first, 3),
        "memory is flat": last <= 1.1 * first,
    }


def killed_runs(folder: Path, kills: int, jobs: int, chance: random.Random) -> dict[str, object]:
    """A run into a folder that is killed at random moments and resumed, against a clean one."""

    def command(out: str) -> list[str]:
        return [
            COMMAND, "extract", str(folder / "few"), "--output-dir", str(folder / out), "-q",
            "--max-bytes", str(MAX_BYTES), "-j", str(jobs),
        ]  # fmt: skip

    started = time.monotonic()
    subprocess.run(command("clean"), check=False, stderr=subprocess.DEVNULL)
    whole = time.monotonic() - started
    for _ in range(kills):
        process = subprocess.Popen(command("killed"), stderr=subprocess.DEVNULL)
        try:
            process.wait(1 + chance.random() * whole / kills)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    last = subprocess.run(command("killed"), check=False, stderr=subprocess.DEVNULL).returncode
    return {
        "kills": kills,
        "files of the clean run": len(files(folder / "clean")),
        "exit code of the last run": last,
        "killed and resumed runs leave the same files": files(folder / "clean") == files(folder / "killed"),
    }


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.jsonl")}


def memory(pid: int) -> int:
    """Bytes that a process and its children hold, without what they share with others; 0 when it has gone."""
    total = 0
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in (str(pid), *children):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return total


if __name__ == "__main__":
    sys.exit(main())
