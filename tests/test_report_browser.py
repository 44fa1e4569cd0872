"""The report in a real browser: nothing fails, nothing is asked for, and what it shows is what the records say."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.reports import harmful_records, write_report
from tests.support import PATIENCE, records

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
WAIT = PATIENCE * 1000  # milliseconds

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def jsonl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return harmful_records(tmp_path_factory.mktemp("records"))


@pytest.fixture(scope="module")
def layers(jsonl: Path) -> list[dict[str, Any]]:
    return records(jsonl.read_bytes())


@pytest.fixture(scope="module")
def report(jsonl: Path) -> Path:
    write_report(jsonl.with_name("report.html"), jsonl)
    return jsonl.with_name("report.html")


@pytest.fixture(scope="module")
def bare(jsonl: Path) -> Path:
    write_report(jsonl.with_name("bare.html"), jsonl, "--no-text")
    return jsonl.with_name("bare.html")


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator["Browser"]:
    """Chromium. Where it is not installed the tests are skipped, unless they are asked for by `-m browser`."""
    if request.config.getoption("markexpr") != "browser":
        pytest.importorskip("playwright")
        pytest.importorskip("axe_core_python")
        if not CHROMIUM.exists():
            pytest.skip(f"{CHROMIUM} is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, timeout=WAIT)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: "Browser") -> Iterator[Any]:
    """Open a file; at the end of the test, no message, error, dialog box or request may have been seen."""
    seen: list[str] = []
    contexts = []

    def refuse(box: "Dialog") -> None:
        seen.append(f"dialog: {box.message}")
        box.dismiss()

    def open(path: Path, **how: Any) -> "Page":
        context = browser.new_context(**{"locale": "en-GB"} | how)
        contexts.append(context)
        context.set_default_timeout(WAIT)
        page = context.new_page()
        page.on("console", lambda message: seen.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: seen.append(f"error: {error}"))
        page.on("dialog", refuse)
        page.on("request", lambda one: None if one.url in (path.as_uri(), "data:,") else seen.append(one.url))
        page.goto(path.as_uri())
        page.wait_for_selector("main")
        return page

    yield open
    for context in contexts:
        context.close()
    assert seen == []


def number(text: str) -> int:
    return int(text.replace(",", "").replace(".", ""))


def status(page: "Page", table: str) -> str:
    return str(page.locator(f"#{table} .status").inner_text())


# --- the numbers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("articles", [True, False])
def test_counts_are_those_of_the_records(
    visit: Any, report: Path, bare: Path, layers: list[dict[str, Any]], articles: bool
) -> None:
    page = visit(report if articles else bare)
    shown = [number(text) for text in page.locator(".numbers dd").all_inner_texts()]
    assert shown[0] == len(layers)
    for at, layer in enumerate(("entities", "persons", "references", "statistics"), 2):
        assert shown[at] == sum(len(record[layer]) for record in layers), layer
    mentions = Counter(one["canonical"] for record in layers for one in record["entities"] if one["label"] == "PER")
    row = page.locator("#names-PER tbody tr").first
    name, count = mentions.most_common(1)[0]
    assert row.locator("td").first.inner_text() == name
    assert number(row.locator("td").last.inner_text()) == count
    for label in ("PER", "ORG", "LOC"):
        names = {one["canonical"] for record in layers for one in record["entities"] if one["label"] == label}
        assert status(page, f"names-{label}").endswith(f"of {len(names)}")
    keys = {one["key"] for record in layers for one in record["references"]}
    assert status(page, "cited").endswith(f"of {len(keys)}")
    cited = page.locator("#cited tbody tr").first
    key = cited.locator("code").inner_text()
    citing = [record["id"] for record in layers if any(one["key"] == key for one in record["references"])]
    assert number(cited.locator("td").nth(3).inner_text()) == len(citing)


def test_a_count_leads_to_as_many_sentences(visit: Any, report: Path, layers: list[dict[str, Any]]) -> None:
    page = visit(report)
    row = page.locator("#names-PER tbody tr").first
    name, count = row.locator("td").first.inner_text(), number(row.locator("td").last.inner_text())
    row.locator("td").last.locator("button").click()
    marked = page.locator("dialog .passages mark").all_inner_texts()
    forms = {one["text"] for record in layers for one in record["entities"] if one["canonical"] == name}
    assert len(marked) == count
    assert {" ".join(text.split()) for text in marked} == {" ".join(form.split()) for form in forms}


# --- the table of figures -----------------------------------------------------------------------------------------


def test_filters_count_as_the_records_do(visit: Any, report: Path, layers: list[dict[str, Any]]) -> None:
    page = visit(report)
    figures = [one for record in layers for one in record["statistics"]]
    assert status(page, "figure-table") == f"1–{min(25, len(figures))} of {len(figures)}"
    for kind, count in Counter(one["kind"] for one in figures).items():
        page.select_option("#figures-kind", kind)
        assert status(page, "figure-table").endswith(f"of {count}")
    page.select_option("#figures-kind", "")
    page.fill("#figures-search", "TY DONG")
    rows = page.locator("#figure-table tbody tr")
    assert rows.count() >= 1
    assert all("tỷ đồng" in text for text in rows.all_inner_texts())
    page.fill("#figures-search", "there is no such figure")
    assert status(page, "figure-table") == "Nothing found"
    assert page.locator("#figure-table [role=status]").count() == 1


def test_headings_sort_and_say_so(visit: Any, report: Path, layers: list[dict[str, Any]]) -> None:
    page = visit(report)
    page.select_option("#figures-kind", "percent")
    heading = page.locator("#figure-table th", has_text="Value")
    heading.locator("button").click()
    assert heading.get_attribute("aria-sort") == "descending"
    values = [one["value"] for record in layers for one in record["statistics"] if one["kind"] == "percent"]
    texts = page.locator("#figure-table tbody tr td:nth-child(2)").all_inner_texts()
    assert [float(text.split()[-1]) for text in texts] == sorted(values, reverse=True)[:25]
    heading.locator("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    texts = page.locator("#figure-table tbody tr td:nth-child(2)").all_inner_texts()
    assert [float(text.split()[-1]) for text in texts] == sorted(values)[:25]


def test_pages_turn_with_the_keyboard(visit: Any, report: Path) -> None:
    page = visit(report)
    first = page.locator("#term-table tbody").inner_text()
    page.locator("#term-table .pager button").last.focus()
    page.keyboard.press("Enter")
    assert page.locator("#term-table tbody").inner_text() != first
    assert page.evaluate("document.activeElement.textContent") == "Next"
    assert status(page, "term-table").startswith("13–")


# --- sentences and their places -----------------------------------------------------------------------------------


def test_every_figure_leads_to_its_place(visit: Any, report: Path, layers: list[dict[str, Any]]) -> None:
    page = visit(report)
    page.fill("#figures-search", "1.250 ty dong")
    button = page.locator("#figure-table tbody tr td:first-child button")
    assert button.count() == 1
    button.click()
    text = button.inner_text()
    assert page.locator("dialog .passages mark").inner_text() == text
    page.locator("dialog .source button").click()
    mark = page.locator("dialog article mark")
    assert mark.inner_text() == text and mark.is_visible()
    record = layers[-1]
    (figure,) = (one for one in record["statistics"] if one["text"] == text)
    before = record["text"][: figure["start"]].rsplit("\n", 1)[-1]
    assert mark.evaluate("mark => mark.previousSibling.textContent") == before
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
    assert button.evaluate("button => button === document.activeElement")


def test_contexts_of_a_term_are_all_its_occurrences(visit: Any, report: Path) -> None:
    page = visit(report)
    row = page.locator("#term-table tbody tr").first
    term, count = (row.locator("td").nth(at).inner_text() for at in (0, 1))
    row.locator("button").first.click()
    found = page.locator("dialog .concordance li button").all_inner_texts()
    assert len(found) == number(count) and {text.lower() for text in found} == {term.lower()}
    page.locator("dialog .concordance li button").nth(3).click()
    assert page.locator("dialog article mark").inner_text().lower() == term.lower()
    page.get_by_role("button", name="← Back").click()
    assert page.locator("dialog .concordance").is_visible()


def test_a_point_of_the_plot_leads_to_contexts(visit: Any, report: Path) -> None:
    page = visit(report)
    assert page.locator("#terms .plot .point").count() == number(status(page, "term-table").split(" ")[-1])
    page.locator("#terms .plot .point").last.dispatch_event("click")
    assert page.locator("dialog .concordance li").count() > 0


def test_without_articles_counts_lead_to_documents(visit: Any, bare: Path) -> None:
    page = visit(bare)
    page.locator("#names-PER tbody tr").first.locator("button").last.click()
    assert page.locator("dialog .passages li").count() > 0
    assert page.locator("dialog mark, dialog article").count() == 0
    assert "without the articles" in page.locator("dialog .note").inner_text()


# --- harm, language, access ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("articles", [True, False])
def test_hostile_text_is_shown_as_text(visit: Any, report: Path, bare: Path, articles: bool) -> None:
    page = visit(report if articles else bare)
    assert "<script>alert(1)" in page.locator("#sections").inner_text()
    page.locator("#sections button", has_text="1").last.click()
    page.locator("dialog .passages button").first.click()
    assert page.locator("#report img, #report script").count() == 0
    assert page.evaluate("document.scripts.length") == 3


def test_the_language_switches_and_nothing_is_remembered(visit: Any, report: Path) -> None:
    page = visit(report)
    assert page.locator("html").get_attribute("lang") == "en"
    page.fill("#figures-search", "tỷ")
    english = status(page, "figure-table")
    page.get_by_role("button", name="Tiếng Việt").click()
    assert page.locator("html").get_attribute("lang") == "vi"
    assert page.locator("#overview h2").inner_text() == "Tổng quan"
    assert page.input_value("#figures-search") == "tỷ"
    assert status(page, "figure-table") == english.replace("of", "trong")
    assert page.evaluate("document.activeElement.id") == "language-vi"
    assert "undefined" not in page.locator("body").inner_text()
    kept = page.context.storage_state()
    assert kept["cookies"] == [] and kept["origins"] == []
    assert visit(report, locale="vi-VN").locator("h1").inner_text() == "Báo cáo về tập tài liệu"


@pytest.mark.parametrize(("scheme", "language"), [("light", "vi"), ("dark", "en")])
def test_no_serious_finding_of_axe(visit: Any, report: Path, scheme: str, language: str) -> None:
    page = visit(report, color_scheme=scheme, bypass_csp=True)
    page.locator(f"#language-{language}").click()
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
    assert serious(page) == []
    page.locator("#term-table tbody tr button").first.click()
    assert serious(page) == []
    page.locator("dialog .concordance li button").first.click()
    assert serious(page) == []


def serious(page: "Page") -> list[str]:
    """What axe finds to be serious or critical."""
    import axe_core_python

    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate((Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document)")
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_is_no_wider_than_the_window(visit: Any, report: Path, width: int) -> None:
    page = visit(report, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_prints(visit: Any, report: Path) -> None:
    page = visit(report)
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="print")
    assert not page.locator("#figures-search").is_visible() and page.locator("#terms .plot").is_visible()
