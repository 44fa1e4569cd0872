"""What an HTML page claims in `<title>`, `<meta>` and JSON-LD, believed only where the page shows it."""

from dataclasses import dataclass, field

from hocbac_nlp.stripping.bylines import Bylines
from hocbac_nlp.stripping.datelines import Datelines
from hocbac_nlp.stripping.facts import Facts
from hocbac_nlp.stripping.lines import key, visible

_SEPARATORS = (" - ", " | ", " – ", " — ", " :: ", " » ")


@dataclass(slots=True)
class Claims:
    """Titles, dates, author names and section names that no one has checked yet."""

    titles: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)

    def name_titles(self, facts: list[Facts]) -> None:
        """Mark the lines that say what a claimed title says."""
        keys = {key(visible(part)) for title in self.titles for part in _parts(title)}
        for fact in facts:
            if fact.line.words >= 2 and fact.line.key in keys:
                fact.line.marks |= {"titled"}

    def shown_date(self, facts: list[Facts], datelines: Datelines, read: str | None) -> str | None:
        """The date line whose day is the claimed one, as the page shows it: the one read already, or the first."""
        for claim in self.published:
            when = datelines.read(claim)
            if when is None:
                continue
            if read is not None and read[:10] == when.iso[:10]:
                return read
            for fact in facts:
                if fact.when is not None and fact.when.iso[:10] == when.iso[:10]:
                    return fact.when.iso
        return read

    def shown_authors(self, facts: list[Facts], bylines: Bylines) -> list[str]:
        """The claimed authors that a short line of the page names, as the page writes them."""
        shown: list[str] = []
        for claim in self.authors:
            names = bylines.names(visible(claim))
            for name in names:
                for fact in facts:
                    if fact.line.words <= 12 and fact.byline is not None and name in fact.byline.authors:
                        shown.append(name)
                        break
        return list(dict.fromkeys(shown))

    def shown_section(self, facts: list[Facts]) -> Facts | None:
        """The line, among those above the title, that is a claimed section and nothing else."""
        keys = {key(visible(claim)) for claim in self.sections}
        return next((fact for fact in reversed(facts) if fact.line.key and fact.line.key in keys), None)


def _parts(title: str) -> list[str]:
    """A window title and the pieces in front of the site's name."""
    parts = [title]
    for separator in _SEPARATORS:
        at = title.find(separator)
        while at > 0:
            parts.append(title[:at])
            at = title.find(separator, at + 1)
    return parts
