"""What a figure is `of`: the phrase that names the thing counted or measured, found over tagged words.

A counted thing follows its number, the base of a share its percent sign, an activity its years. A level or a
change has its subject before the verb, and figures that follow after a comma share it.
"""

from hocbac_nlp.document import Kind
from hocbac_nlp.lexicon import Lexicons
from hocbac_nlp.measuring.counted import Counted
from hocbac_nlp.measuring.noun_phrases import NounPhrases
from hocbac_nlp.measuring.subjects import Subjects
from hocbac_nlp.measuring.surroundings import Surroundings
from hocbac_nlp.measuring.word_roles import by_role

_LONGEST = 14


class Measured:
    """The reader of `of` phrases."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._phrases = NounPhrases(lexicons)
        self._subjects = Subjects(lexicons)
        self._copulas = by_role(lexicons, "subject_edges.tsv")["copula"]
        self._roles = by_role(lexicons, "figure_words.tsv")

    def of(
        self,
        around: Surroundings,
        kind: Kind,
        counted: Counted | None,
        changed: bool,
        large: bool,
        span: tuple[int, int],
        sentence: tuple[int, int],
        before: tuple[int, str | None],
    ) -> tuple[str | None, str | None]:
        """The phrase that the figure at `span` measures, and the topic that later figures may share.

        `large` tells a count that no team scores (index points); `before` is where the figure before it in
        the sentence ends, and its topic.
        """
        begin, stop = span
        own = self._phrases.phrase(around, counted.first, sentence[1], counted) if counted else None
        if kind == "fraction" and counted is not None:
            return own if own and "," in own else around.text[counted.start : counted.end], own
        if counted is not None and kind == "count":
            noun = around.text[counted.start : counted.end].lower()
            subject, shared = self._subjects.find(around, begin, sentence[0], before[0], kind, changed)
            subject = before[1] if subject is None and shared and changed else subject
            if (
                (noun in self._roles["counter"] and not self._is_acted_on(around, begin, sentence[0]))
                or (noun in self._roles["person"] and changed)
                or (noun == "điểm" and (large or changed))
                or (subject is not None and self._is_amount(subject))
            ):
                return subject or own, subject or own
            return own, own
        direct = None
        if kind == "duration":
            direct = self._activity(around, begin, stop, sentence)
        elif kind == "percent" or (
            kind not in ("multiple", "count") and not self._is_sized(around, begin, sentence[0])
        ):
            direct = self._phrases.direct(around, stop, sentence[1], kind == "measure")
        if direct and kind != "percent":
            return direct, direct
        subject, shared = self._subjects.find(around, begin, sentence[0], before[0], kind, changed)
        if (subject is None and shared) or (subject and before[1] and self._goes_on(around, begin, subject, before[1])):
            subject = before[1]
        if kind == "multiple":
            own = None
            raised = self._phrases.direct(around, stop, sentence[1], False) if changed else None
            subject = raised if raised and self._phrases.is_measure(raised) else subject
        if subject is not None and subject.lower() in self._roles["payment"]:
            return direct or subject, before[1]
        return direct or subject or own, subject or direct or own

    def is_tally(self, phrase: str) -> bool:
        """Whether a phrase names how many there are of something and no sum of money: 'số thuê bao', 'dân số'."""
        words = phrase.lower().split()
        head = 2 if " ".join(words[:2]) in self._roles["tally"] else int(words[0] in self._roles["tally"])
        return head > 0 and not self._roles["fund"] & set(words[head : head + 1])

    def _is_amount(self, subject: str) -> bool:
        """Whether a phrase names an amount, so that a count behind its verb is its size ('số hộ … còn 12 hộ')."""
        words = subject.lower().split()
        if len(words) < 3:
            return False
        return words[0] in self._roles["amount"] or " ".join(words[:2]) in self._roles["amount"]

    def _is_sized(self, around: Surroundings, begin: int, start: int) -> bool:
        """Whether an adjective of size leads to the measure ('ống dài 250 km dẫn khí'), and so its subject."""
        at = around.token_at(begin) - 1
        return at >= 0 and around.tokens[at].start >= start and around.tokens[at].text.lower() in self._roles["size"]

    def _goes_on(self, around: Surroundings, begin: int, subject: str, topic: str) -> bool:
        """Whether a subject before `begin` only says for what else the topic is given: a list of values.

        'Lượng mưa … 200 mm, Trà My 310 mm'; 'xuất khẩu sang EU đạt …; sang Mỹ đạt …'.
        """
        if subject.split()[0].lower() in self._roles["toward"]:
            return True
        at = around.token_at(begin) - 1
        while at >= 0 and around.tokens[at].pos != "Np":
            at -= 1
        name = at >= 0 and around.tokens[at].text == subject and not (" " in subject and subject.isupper())
        return name and self._phrases.is_measure(topic)

    def _is_acted_on(self, around: Surroundings, begin: int, start: int) -> bool:
        """Whether a verb of doing leads to the number ('đền 22 con'), so that what stands before is no subject."""
        at = around.token_at(begin) - 1
        while at >= 0 and around.tokens[at].start >= start and around.tokens[at].pos in ("R", "T"):
            at -= 1
        if at < 0 or around.tokens[at].start < start:
            return True
        return around.tokens[at].pos == "V" and around.tokens[at].text.lower() not in self._copulas

    def _activity(self, around: Surroundings, begin: int, stop: int, sentence: tuple[int, int]) -> str | None:
        """What took the years: 'sau 1 năm thực hiện Chỉ thị 05', '127 năm ngày sinh của Bác'."""
        tokens, first = around.tokens, around.token_at(stop)
        if (
            first >= len(tokens)
            or tokens[first].start >= sentence[1]
            or around.text[stop : tokens[first].start].strip()
        ):
            return None
        lead = around.text[max(sentence[0], begin - 12) : begin].lower().split()
        token = tokens[first]
        anniversary = token.text.lower().startswith("ngày")
        if not anniversary and (
            token.pos != "V"
            or not token.text[0].islower()
            or not (not lead or lead[-1].strip('“"') in self._roles["since"] or lead[-1] == "kết")
        ):
            return None
        if token.text.lower() in self._roles["elapsed"] | self._copulas:
            return None
        last = first
        while last < len(tokens) and tokens[last].start < sentence[1] and last - first < _LONGEST:
            word = tokens[last].text.lower()
            if word in self._roles["activity_end"] and not anniversary:
                break
            if tokens[last].text == ",":
                if last + 1 >= len(tokens) or tokens[last + 1].pos != "V":
                    break
            elif not tokens[last].text[0].isalnum() and tokens[last].text not in ("-", "/"):
                break
            last += 1
        return around.text[token.start : tokens[last - 1].end] if last > first else None
