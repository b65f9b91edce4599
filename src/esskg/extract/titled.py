"""A name that grows from its head where every noun and adjective of a name has a capital (Spanish)."""

from __future__ import annotations

from esskg.extract.growth import Growth
from esskg.extract.lexicon import given_names
from esskg.extract.words import Word
from esskg.model import EntityType

_LONGEST_PLACE = 6
"""Words of "América Latina y el Caribe" and one more."""
_NUMBER_SIGNS = frozenset({"n", "n.", "no", "no.", "nº", "n°", "º", "°", ".", "núm", "núm.", "número"})
_LEGAL_FORMS = frozenset({"r.l.", "c.v."})
_ON_PLACE = frozenset(
    {
        EntityType.NETWORK,
        EntityType.SOCIAL_ECONOMY_ENTERPRISE,
        EntityType.FINANCIAL_INSTITUTION,
        EntityType.RESEARCH_BODY,
        EntityType.POLICY_INSTRUMENT,
        EntityType.INTERGOVERNMENTAL_BODY,
    }
)
"""Types whose names go on with a place after another complement: "Asociación de Cooperativas de Chile"."""
_IMPERSONAL = frozenset({EntityType.EVENT, EntityType.PUBLIC_BODY, EntityType.INTERGOVERNMENTAL_BODY})
"""Types that are not named after people right behind their head: "la Comisión Soledad Carrizo"."""
_IN = frozenset({EntityType.RESEARCH_BODY, EntityType.POLICY_INSTRUMENT, EntityType.EVENT})
"""Types whose complements may hold "en": "Escuela de Altos Estudios en Ciencias Sociales"."""


class TitledGrowth(Growth):
    """A name whose complements go on as long as their nouns have capitals."""

    @property
    def surnamed(self) -> bool:
        """Whether initials or a name of its own stand right before the head: "REAS Red de Redes"."""
        before = self._at(self.start - 1) if self.start else None
        closed = self.lexicon.words["common"] | self.lexicon.words["roles"] | self.lexicon.words["titles"]
        if before is None or not self.capital or not self.words.adjoining(self.start) or before.low in closed:
            return False
        if before.kind == "A":
            return True
        inside = self.start > 1 and self.words.items[self.start - 2].kind == "l"
        known = (
            before.text in given_names() or self.is_place(before.text) or (before.low,) in self.lexicon.heads
        )
        return before.kind == "C" and inside and not known

    def _take_proper(self, word: Word) -> bool:
        if self.types & _IMPERSONAL and self._is_person(self.end):
            return False
        if word.kind == "A" and self.lexicon.head_at(self.words.lows, self.end + 1):
            return False
        return super()._take_proper(word)

    def _is_person(self, index: int) -> bool:
        word, surname = self._at(index), self._at(index + 1)
        return word is not None and word.text in given_names() and surname is not None and surname.kind == "C"

    def _take_number(self, word: Word) -> bool:
        if self._is_law and self.end == self.start + len(self.phrase):
            return self._law_number(self.end)
        return super()._take_number(word)

    def _number_sign(self) -> bool:
        index = self.end
        while self.words.low(index) in _NUMBER_SIGNS:
            index += 1
        number = self._at(index)
        return self.end < index <= self.end + 3 and number is not None and self._law_number(index)

    def _law_number(self, index: int) -> bool:
        """ "5/2011", "18.407", "454 de 1998", and the date and subject behind it."""
        word, year = self._at(index), self._at(index + 2)
        if word is None or word.kind != "N":
            return False
        joined = self.words.low(index + 1) in {"/", "-", "de"} and year is not None and year.kind == "N"
        day = self.words.low(index + 1) == "de" and year is not None and not year.year
        self.proper += 1
        return self._take(index + 1 if not joined or day else index + 3)

    def _enacted(self) -> bool:
        """ ", de 29 de marzo, de" before what a law is about."""
        index = self.end
        if self.words.low(index) != "," or self.words.low(index + 1) != "de":
            return False
        month = self.words.low(index + 4)
        if not self.words.low(index + 2).isdigit() or month not in self.lexicon.words["common"]:
            return False
        index += 5
        if (
            self.words.low(index) == "de"
            and self.words.items[index + 1 : index + 2]
            and self._is_year(index + 1)
        ):
            index += 2
        noun = self._after_article(index + 2)
        about = self.words.low(index) == "," and self.words.low(index + 1) in {
            *self.lexicon.words["of"],
            "sobre",
        }
        if not about or not self._is_noun(noun):
            return False
        self.complements += 1
        return self._take(noun + 1)

    def _is_year(self, index: int) -> bool:
        word = self._at(index)
        return word is not None and word.year

    def _comma(self) -> bool:
        return (self._is_law and self._enacted()) or super()._comma()

    def _of(self, word: Word) -> bool:
        if self.words.low(self.end + 1) in _LEGAL_FORMS:
            return self._take(self.end + 2)
        noun = self._after_article(self.end + 1)
        if end := self._place_end(noun):
            return self._takes_place() and self._take_noun(noun, end)
        if not self._is_noun(noun) or not self._belongs(noun):
            return False
        whole = self.lexicon.head_at(self.words.lows, noun) if self.words.items[noun].proper else None
        return self._take_noun(noun, noun + len(whole or (word,)))

    def _take_noun(self, noun: int, end: int) -> bool:
        self.complements += 1
        self.proper += self.words.items[noun].proper
        return self._take(end)

    def _takes_place(self) -> bool:
        if self.complements == 0 or self.words.lows[self.end - 1 : self.end] in self.lexicon.heads:
            return True
        return bool(self.types & _ON_PLACE) and not self._has_subtype("Ministry")

    def _capitals_listed(self, after: int) -> bool:
        return self.words.items[after].kind == "C" and super()._capitals_listed(after)

    def _place_end(self, index: int) -> int | None:
        """Where the longest known place that begins there ends."""
        word = self._at(index)
        if word is None or word.kind != "C" or self._is_organization(index):
            return None
        ends = range(min(index + _LONGEST_PLACE, len(self.words.items)), index, -1)
        return next((end for end in ends if self.is_place(self.text(index, end))), None)

    def _is_organization(self, index: int) -> bool:
        head = self.lexicon.head_at(self.words.lows, index)
        kinds = {found.type for found in self.lexicon.heads[head]} if head else {EntityType.PLACE}
        return EntityType.PLACE not in kinds

    def _belongs(self, noun: int) -> bool:
        word, last = self.words.items[noun], self.words.items[self.end - 1]
        within = self.end == self.start + len(self.phrase)
        if word.kind == "l":
            return self.complements < 4 and (within or not last.proper)
        if word.low == "onu" and self.has_type(EntityType.INTERGOVERNMENTAL_BODY):
            return True
        if word.kind == "A" and word.low not in self.lexicon.words["common"]:
            return False
        return self._is_generic(noun) or self._has_subtype("Ministry")

    def _is_generic(self, noun: int) -> bool:
        """Whether a noun names no organisation of its own: "de Redes", not "de la Alianza Cooperativa"."""
        head = self.lexicon.head_at(self.words.lows, noun)
        if head is None or head == ("naciones", "unidas") or head[0].endswith("s"):
            return True
        kinds = {found.type for found in self.lexicon.heads[head]}
        articled = self.words.low(noun - 1) != "de"
        after = self._at(noun + len(head))
        goes_on = self.lexicon.words["of"] | self.lexicon.words["onto"]
        bare = len(head) == 1 and (after is None or not (after.proper or after.low in goes_on))
        return EntityType.PLACE in kinds or bare or (not articled and self.proper == 0)

    def _onto(self, word: Word) -> bool:
        noun = self._after_article(self.end + 1)
        follower = self._at(noun)
        if follower is None or not self.capital or word.low == "entre":
            return False
        if word.low in {"a", "al"}:
            return self._is_noun(noun) and self._to(noun)
        place = self._place_end(noun)
        if not self._is_noun(noun) or not self._goes_onto(word, follower, place):
            return False
        return self._take_noun(noun, place or noun + 1)

    def _goes_onto(self, word: Word, follower: Word, place: int | None) -> bool:
        policy = self.has_type(EntityType.POLICY_INSTRUMENT)
        if word.low == "en":
            if self.words.low(self.end + 1) in self.lexicon.words["articles"]:
                return False
            return follower.kind == "C" and not place and self.complements > 0 and bool(self.types & _IN)
        if word.low in {"por", "contra"} and (self.complements or follower.text in given_names()):
            return False
        if follower.kind == "l":
            last = self.words.items[self.end - 1]
            within = self.end == self.start + len(self.phrase)
            return (policy or word.low == "sobre") and (within or not last.proper)
        return follower.kind == "C" and not (place and self.types & {EntityType.EVENT})

    def _conjunct_proper(self, noun: int, repeated: bool, articled: bool) -> bool:
        word, before = self.words.items[noun], self.words.items[self.end - 1]
        if not before.proper or not self.complements or word.kind != "C" or word.text in given_names():
            return False
        if self.is_place(before.text):
            return False
        if articled and not repeated and not self._articled:
            return False
        if self._place_end(noun) or (not self._is_generic(noun) and not self._has_subtype("Ministry")):
            return False
        self.proper += 1
        return self._take(noun + 1)

    @property
    def _articled(self) -> bool:
        """Whether some complement so far has an article: "para la Cooperación y el Desarrollo"."""
        return any(self.words.low(i) in self.lexicon.words["articles"] for i in range(self.start, self.end))

    @property
    def _is_law(self) -> bool:
        return self._has_subtype("Law") or self._has_subtype("Resolution")

    @property
    def types(self) -> set[EntityType]:
        """What the head may be."""
        return {head.type for head in self.lexicon.heads[self.phrase]}
