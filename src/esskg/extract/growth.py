"""A name that grows from its head over what follows (French and Spanish order)."""

from __future__ import annotations

from collections.abc import Callable

from esskg.extract.lexicon import Head, Lexicon, Phrase
from esskg.extract.words import Word, Words, split
from esskg.model import EntityType

_CLOSED_POS = frozenset({"VERB", "AUX", "PRON", "ADV", "SCONJ", "CCONJ", "ADP", "DET", "PUNCT"})
_LONG = frozenset({"fonds", "institut", "loi", "groupe", "conférence", "fondo", "grupo", "resolución", "ley"})
"""Heads whose names go on with "pour" after a proper part."""
_TO = frozenset({"à", "au", "aux", "a", "al"})
_LONGEST_QUOTATION = 40
_TITLED = frozenset({EntityType.POLICY_INSTRUMENT, EntityType.EVENT})
"""Types whose names may hold a quoted title or a year."""

_NAMING = frozenset({"Law", "Ministry", "Municipality", "Foundation", "University"})
"""Classes whose heads, in lower case, stand just before the proper part of a name."""
_ONTO = frozenset(
    {
        EntityType.POLICY_INSTRUMENT,
        EntityType.EVENT,
        EntityType.RESEARCH_BODY,
        EntityType.INTERGOVERNMENTAL_BODY,
    }
)
"""Types whose heads take a complement with "pour", "sur" or "en" at once."""

IsPlace = Callable[[str], bool]


class Growth:
    """A name from its head to where a verb, a sign or another entity begins."""

    def __init__(self, words: Words, lexicon: Lexicon, is_place: IsPlace, start: int, phrase: Phrase) -> None:
        self.words, self.lexicon, self.is_place = words, lexicon, is_place
        self.start, self.phrase = start, phrase
        self.end = start + len(phrase)
        self.complements = sum(low in lexicon.words["of"] for low in phrase)
        """Complements and adjectives that the name holds."""
        self.proper = 0
        """Capitalised words, numbers and quotations beside the head."""
        self.dated = False
        """Whether the name holds a year."""
        self.capital = words.items[start].proper and not words.shouting
        while self._grow():
            pass

    @property
    def heads(self) -> list[Head]:
        """What the lexicon says of the head and of what it begins with."""
        prefixes = (self.phrase[:size] for size in range(1, len(self.phrase) + 1))
        return [head for prefix in prefixes for head in self.lexicon.heads.get(prefix, ())]

    @property
    def surnamed(self) -> bool:
        """Whether the word before the head belongs to the name."""
        return False

    def has_type(self, type_: EntityType) -> bool:
        """Whether the head may be one of that type."""
        return any(head.type is type_ for head in self.lexicon.heads[self.phrase])

    def text(self, start: int, end: int) -> str:
        """The words between two indices as they stand in the sentence."""
        items = self.words.items[start:end]
        offset = items[0].start
        letters = [" "] * (items[-1].end - offset)
        for word in items:
            letters[word.start - offset : word.end - offset] = word.text
        return "".join(letters)

    def _grow(self) -> bool:
        """Take the next part of the name, if there is one."""
        word = self._at(self.end)
        if word is None or not self.words.adjoining(self.end):
            return self._comma()
        if word.proper:
            return self._take_proper(word)
        if word.kind == "N":
            return self._take_number(word)
        if word.text == '"':
            return self._take_quotation()
        return (
            self._relating()
            or self._adjective(word)
            or self._conjunct(word)
            or self._complement(word)
            or self._comma()
        )

    def _at(self, index: int) -> Word | None:
        return self.words.items[index] if index < len(self.words.items) else None

    def _take(self, end: int) -> bool:
        self.end = end
        return True

    def _take_proper(self, word: Word) -> bool:
        if word.low in self.lexicon.words["common"] and word.kind != "A" and not word.low.isalpha():
            return False
        if self.words.shouting:
            return False
        if not self.capital and not self._names_directly():
            return False
        self.proper += 1
        return self._take(self.end + 1)

    def _names_directly(self) -> bool:
        """Whether a head in lower case may stand just before the proper part ("loi Hamon")."""
        return any(
            head.lower == "proper" and (head.type is EntityType.PLACE or head.subtype in _NAMING)
            for head in self.lexicon.heads[self.phrase]
        )

    def _take_number(self, word: Word) -> bool:
        titled = any(head.type in _TITLED for head in self.lexicon.heads[self.phrase])
        numbered = (
            self.capital
            and len(word.text) <= 4
            and not word.year
            and self.end == self.start + len(self.phrase)
        )
        if (titled and word.year) or (numbered and self.has_type(EntityType.PLACE)):
            self.proper += 1
            self.dated |= word.year
            return self._take(self.end + 1)
        return False

    def _take_quotation(self) -> bool:
        if not self.has_type(EntityType.POLICY_INSTRUMENT) or self.complements:
            return False
        for index in range(self.end + 2, min(self.end + _LONGEST_QUOTATION, len(self.words.items))):
            if self.words.items[index].text == '"':
                self.proper += 1
                self.complements += 1
                return self._take(index + 1)
        return False

    def _adjective(self, word: Word) -> bool:
        if not self._is_adjective(self.end):
            return False
        certain = word.pos == "ADJ" and self.lexicon.adjective.match(word.low) is not None
        if self.words.items[self.end - 1].proper and self.end - 1 > self.start and not certain:
            return False
        if self.complements == 0 and not self.capital and word.pos not in {"ADJ", ""}:
            return False
        self.complements += self.complements == 0 and self.capital
        return self._take(self.end + 1)

    def _is_adjective(self, index: int) -> bool:
        word = self._at(index)
        if word is None or word.kind != "l" or word.low in self._stops or word.pos in _CLOSED_POS - {"VERB"}:
            return False
        return word.pos == "ADJ" or (
            word.pos in {"", "NOUN", "VERB", "PROPN"}
            and (word.pos != "VERB" or word.low.endswith(("é", "ée", "és", "ées", "ante", "ant")))
            and self.lexicon.adjective.match(word.low) is not None
        )

    @property
    def _stops(self) -> frozenset[str]:
        return self.lexicon.words["stops"]

    def _is_noun(self, index: int) -> bool:
        word = self._at(index)
        if word is None or word.low in self._stops or self.lexicon.ordinal.match(word.low):
            return False
        if word.kind != "A" and word.low in self.lexicon.words["common"]:
            return False
        if word.kind == "l":
            return (
                word.pos not in _CLOSED_POS
                and word.low not in self.lexicon.function_words
                and len(word.low) > 2
            )
        return word.proper and not self.words.shouting

    def _after_article(self, index: int) -> int:
        word = self._at(index)
        if word is None or word.low not in self.lexicon.words["articles"]:
            return index
        return index + 1

    def _complement(self, word: Word) -> bool:
        if word.low in self.lexicon.words["of"]:
            return self._of(word)
        return word.low in self.lexicon.words["onto"] and self._onto(word)

    def _of(self, word: Word) -> bool:
        noun = self._after_article(self.end + 1)
        if not self._is_noun(noun) or not self._belongs(noun):
            return False
        taken = self.words.items[noun]
        self.complements += 1
        self.proper += taken.proper
        whole = self.lexicon.head_at(self.words.lows, noun) if taken.proper else None
        return self._take(noun + len(whole or (taken,)))

    def _belongs(self, noun: int) -> bool:
        """Whether the noun of an "of" complement is part of the name rather than another entity."""
        word = self.words.items[noun]
        if word.kind == "l":
            return self.complements < 4
        other = self.lexicon.head_at(self.words.lows, noun)
        common = word.low in self.lexicon.words["common"]
        organization = (word.kind == "A" and not common) or (other is not None and word.proper)
        if other in {("nations", "unies"), ("naciones", "unidas")}:
            return True
        if self.has_type(EntityType.EVENT):
            return not organization
        if not organization or self._has_subtype("Ministry"):
            return self.complements == 0 or not self.proper or self._is_place_at(noun)
        return self.complements == 0 and self.proper == 0 and self.capital

    def _is_place_at(self, index: int) -> bool:
        """Whether the name of a known place begins there: "Québec", "Grand Est"."""
        return any(self.is_place(self.text(index, index + size)) for size in (1, 2, 3))

    def _has_subtype(self, subtype: str) -> bool:
        return any(head.subtype == subtype for head in self.lexicon.heads[self.phrase])

    def _onto(self, word: Word) -> bool:
        bare = word.low in {"en", "in"}
        noun = self.end + 1 if bare else self._after_article(self.end + 1)
        follower = self._at(noun)
        policy = self.has_type(EntityType.POLICY_INSTRUMENT)
        if follower is None or not self._is_noun(noun) or not (self.capital or policy):
            return False
        if word.low in _TO:
            return self._to(noun)
        if not self.complements and not any(head.type in _ONTO for head in self.lexicon.heads[self.phrase]):
            return False
        if bare and (follower.proper or self.complements > 1):
            return False
        if self.proper > self.dated and not follower.proper and self.phrase[0] not in _LONG:
            return False
        self.complements += 1
        self.proper += policy and not bare and noun > self.end + 1
        return self._take(noun + 1)

    def _to(self, noun: int) -> bool:
        """ "d'appui au rayonnement": only some nouns go on so."""
        before = self.words.items[self.end - 1].low
        if before not in self.lexicon.words["relational"]:
            return False
        self.complements += 1
        return self._take(noun + 1)

    def _conjunct(self, word: Word) -> bool:
        """ "et solidaire", "et de la Solidarité sociale": a further adjective or noun after "and"."""
        if word.low not in self.lexicon.words["and"] or not (self.complements or self.proper):
            return False
        after = self.end + 1
        if self._is_adjective(after) and self._is_adjective(self.end - 1):
            return self._take(after + 1)
        repeated = self.words.low(after) in self.lexicon.words["of"]
        noun = self._after_article(after + repeated)
        articled = noun > after + repeated
        if not self._is_noun(noun):
            return False
        if self.words.items[noun].proper:
            return self._conjunct_proper(noun, repeated, articled)
        return self._goes_on_with(noun, repeated, articled) and self._take(noun + 1)

    def _goes_on_with(self, noun: int, repeated: bool, articled: bool) -> bool:
        """Whether a noun in lower case after "and" is part of the name: "et l'emploi", not "et les élus"."""
        if not self.capital or self.words.items[self.end - 1].proper:
            return False
        if articled and self.lexicon.head_at(self.words.lows, noun):
            return False
        plural = articled and self.words.low(noun - 1) in {"les", "los", "las"}
        return not plural or (repeated and self.has_type(EntityType.PUBLIC_BODY))

    def _conjunct_proper(self, noun: int, repeated: bool, articled: bool) -> bool:
        before = self.words.items[self.end - 1]
        other = self.lexicon.head_at(self.words.lows, noun)
        if not before.proper and not self._inside_capitals():
            return False
        if not self.complements and not self._has_subtype("Foundation") and self.words.low(self.end) != "&":
            return False
        apart = other is not None and not (repeated and self._has_subtype("Ministry"))
        if apart or (articled and not repeated) or self.is_place(self.words.items[noun].text):
            return False
        self.proper += 1
        return self._take(noun + 1)

    def _inside_capitals(self) -> bool:
        return self.proper > 0 and self._has_subtype("Ministry")

    def _comma(self) -> bool:
        """A list inside a name: "de l'Enseignement supérieur, de la Recherche", "économique, social et …"."""
        word = self._at(self.end)
        if word is None or word.text != ",":
            return False
        after = self.end + 1
        preposition = self._at(after)
        if preposition is not None and preposition.low in self.lexicon.words["of"]:
            return self._listed(self._after_article(after + 1))
        if preposition is not None and preposition.proper:
            return self._capitals_listed(after)
        adjectives = self._is_adjective(after) and self._is_adjective(self.end - 1)
        closes = self.words.low(after + 1) in self.lexicon.words["and"] and self._is_adjective(after + 2)
        return self._take(after + 3) if adjectives and closes else False

    def _capitals_listed(self, after: int) -> bool:
        """ "Recuperación, Transformación y Resiliencia": further capitalised nouns, the last after "and"."""
        last = self.words.items[self.end - 1]
        titled = self.has_type(EntityType.PUBLIC_BODY) or self.has_type(EntityType.POLICY_INSTRUMENT)
        closing = [self.words.low(index) for index in range(after + 1, after + 5)]
        closes = any(low in self.lexicon.words["and"] for low in closing)
        other = self.lexicon.head_at(self.words.lows, after)
        if not (titled and self.capital and self.complements and last.kind == "C" and closes) or other:
            return False
        return not self.is_place(last.text) and self._take(after + 1)

    def _listed(self, noun: int) -> bool:
        """ "…, du commerce et de l'artisanat": a further complement, if another follows it."""
        if not self._is_noun(noun):
            return False
        if self.words.items[noun].proper:
            return self._has_subtype("Ministry") and self._take(noun + 1)
        conjunction = next(
            (i for i in range(noun + 1, noun + 4) if self.words.low(i) in self.lexicon.words["and"]), None
        )
        goes_on = conjunction is not None and self.words.low(conjunction + 1) in self.lexicon.words["of"]
        return self.capital and self.complements > 0 and goes_on and self._take(noun + 1)

    def _relating(self) -> bool:
        """ "relative à l'économie sociale", "n° 2014-856", "du 31 juillet 2014" after a law."""
        if not self._has_subtype("Law") and not self._has_subtype("Resolution"):
            return False
        return self._number_sign() or self._enacted() or self._relative_clause()

    def _number_sign(self) -> bool:
        word, number = self._at(self.end), self._at(self.end + 1)
        if word is None or number is None or word.low.rstrip(".°º") not in {"n", "no"} or number.kind == "l":
            return False
        self.proper += 1
        return self._take(self.end + 2)

    def _enacted(self) -> bool:
        """ "du 31 juillet 2014" just after "loi" or its number: the date is what names it."""
        last, year = self.words.items[self.end - 1], self._at(self.end + 3)
        bare = self.end == self.start + len(self.phrase) or last.kind == "N"
        day = self.words.low(self.end + 1).removesuffix("er")
        if not bare or self.words.low(self.end) not in {"du", "de"} or not day.isdigit():
            return False
        if year is None or not year.year or self.words.low(self.end + 2) not in self.lexicon.words["common"]:
            return False
        self.proper += 1
        self.dated = True
        return self._take(self.end + 4)

    def _relative_clause(self) -> bool:
        """ "relative à l'économie sociale": what a text is about anchors it as a capital would."""
        for phrase in (split(words) for words in sorted(self.lexicon.words["relating"])):
            noun = self._after_article(self.end + len(phrase))
            lows = tuple(self.words.low(self.end + offset) for offset in range(len(phrase)))
            if lows == phrase and self._is_noun(noun):
                self.complements += 1
                self.proper += 1
                return self._take(noun + 1)
        return False
