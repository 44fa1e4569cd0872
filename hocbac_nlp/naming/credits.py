"""Names in credits and source tags: 'Ảnh: Trà Hương', 'BDK - …', '(TTXVN)', 'Nguồn: nhandan.vn'."""

from hocbac_nlp.naming.notes import Notes
from hocbac_nlp.naming.syllables import LOWER, TITLE, UPPER, is_vietnamese


class Credits(Notes):
    """Reads the names that a credit or a source tag announces."""

    def _credit(self, at: int) -> int:
        """The end of a name in a credit ('Ảnh: Trà Hương') or a source tag ('BDK -', '(TTXVN)')."""
        block = self.block
        gap = block.gap[at]
        before = block.key[at - 1] if at else ""
        if at and ":" in gap and before in self.words.credit and len(gap) <= 3:
            return self._credited(at, before in self.words.cites)
        behind_credit = at > 0 and self.found and self.found[-1].cue == "credit" and self.found[-1].end == at
        if behind_credit and gap.strip() in ("-", "–", ",", "/", "&"):
            return self._credited(at, False)
        if at == 0 and self.role in ("lead", "paragraph", "caption", "answer"):
            return self._source_tag()
        return at

    def _source_tag(self) -> int:
        """The end of the newspaper's tag that opens a block: 'BDK - …', '(TN&MT) - …', 'TCCT Nắng nóng …'."""
        block = self.block
        if block.shape[0] != UPPER or self.places.known(block, 0) is not None:
            return 0
        end = 1
        while end < len(block) and block.gap[end] in ("&", "-", ".") and block.shape[end] == UPPER:
            end += 1
        after = block.gap_after(end - 1)
        if after.startswith((" -", " –", ")", " —")):
            return self._add(0, end, "ORG", "source_tag", cue="source")
        bold = end == 1 and len(block) > 2 and block.spaced[1] and block.spaced[2] and len(block.text[0]) > 2
        if not bold or self.role != "lead" or block.shape[1] != TITLE or block.shape[2] != LOWER:
            return 0
        if self.grammar.no_names.longest(block, 0) is None and self.bodies.parse(block, 0) is None:
            return self._add(0, end, "ORG", "source_tag", cue="source")
        return 0

    def _credited(self, at: int, source: bool) -> int:
        block = self.block
        initials = self.people.initials_end(block, at)
        if initials > at:
            return self._add(at, initials, "PER", "credit", cue="credit")
        run = block.run_end(at)
        if run - at == 1 and len(block.text[at]) == 1 and run < len(block) and block.gap[run] in (".", ". "):
            return self._add(at, block.run_end(run), "PER", "credit", cue="credit")
        if block.shape[at] == UPPER and len(block.text[at]) > 1:
            run = next((k for k in range(at, run) if block.shape[k] != UPPER), run)
        if block.key[run - 1] in self.grammar.suffixes:
            return self._add(at, run, "ORG", "org_suffixes", cue="credit")
        body = self.bodies.parse(block, at) or self.bodies.name(block, at)
        pen = body is not None and body.tail == "name" and run - at > 1 and self._reads_as_given(at, run)
        if body is not None and (source or not pen) and not self._is_surname_reading(at, body):
            self._add_body(body)
            self.found[-1].cue = "credit"
            return self.found[-1].end
        if self.grammar.no_names.longest(block, at) is not None or run - at > 4:
            return at
        if block.opens[at] and run - at == 1 and run < len(block) and block.spaced[run]:
            return at
        label = "ORG" if source and not is_vietnamese(block.key[at]) else "PER"
        if block.shape[at] == UPPER and run - at == 1 and len(block.text[at]) > 2:
            label = "ORG"
        if label == "PER":
            return self._add(at, run, "PER", "credit", cue="credit")
        return self._add(at, run, "ORG", "credit", cue="credit")

    def _web(self, at: int) -> int:
        """A site named as a source ('Nguồn: nhandan.vn', 'theo vnexpress.net')."""
        block = self.block
        if at and block.key[at - 1] in self.words.cites and not block.text[at].startswith(("http", "www")):
            self._add(at, at + 1, "ORG", "source_site", cue="source")
        elif block.text[at][0].isupper():
            self._add(at, at + 1, "ORG", "source_site")
        return at + 1

    def _reads_as_given(self, at: int, run: int) -> bool:
        return all(self.block.key[k] in self.people.given for k in range(at, run))
