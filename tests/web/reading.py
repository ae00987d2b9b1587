"""How hard a text is to read: Flesch-Kincaid grades for English, Fernández-Huerta ease for Spanish.

Both need syllables. These counters follow the spelling; they are right for nearly every word a page here uses,
and where they are not, they rather count one too many.
"""

import re
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SENTENCE_END = re.compile(r"(?<=[.!?…])[”\")]*\s+")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
TAG = re.compile(r"<[^>]+>")

# The e inside these is silent: some|one, state|ment.
JOINED = re.compile(
    r"(?<=[^aeiouy])e(?=(?:body|one|thing|times?|where|ment|ments|ly|ful|less|place|work|room|stones?)$)"
)
SILENT_E = re.compile(r"(?<=[aeiouy])([^aeiouy]+)e$|(?<=[aeiouy])e$")
SILENT_ED = re.compile(r"(?<=[^aeioutdy])ed$|(?<=[aeiouy])ed$")
SILENT_ES = re.compile(r"(?<=[^aeiouysxzcg])(?<!ch)(?<!sh)es$")
# Two vowels that are two syllables: ex|pe|ri|ence, i|de|a, e|val|u|ate, do|ing, cre|ate.
APART = re.compile(
    r"(?<![tscg])i(?=[aou])|(?<=[tsc])i(?=a(?!l|n))|(?<=r)i(?=e(?:n|ty))|e(?=o(?!p))|(?<![gq])u(?=a(?!l?ity))|[aeouy](?=ing)|(?<=cr)e(?=a)|(?<=id)e(?=a)|o(?=ali)"
)
BY_EAR = {"every": 2, "everyone": 3, "everything": 3, "area": 3, "science": 2, "quiet": 2, "being": 2}

STRONG = re.compile(r"[aeoáéíóú]")
VOWELS = re.compile(r"[aeiouáéíóúüy]+")
# The u is not heard in que, qui, gue, gui; y is a consonant before a vowel.
UNHEARD = re.compile(r"(?<=q)u|(?<=g)u(?=[eiéí])")
CONSONANT_Y = re.compile(r"y(?=[aeiouáéíóú])")


def english_syllables(word: str) -> int:
    word = word.lower().replace("’", "'")
    if word in BY_EAR:
        return BY_EAR[word]
    heard = 1 if re.search(r"[dsz]n't$", word) else 0
    word = word.replace("'", "")
    word = JOINED.sub("", word)
    if len(word) > 3:
        word = SILENT_ED.sub("d", word) if word.endswith("ed") else word
        word = SILENT_ES.sub("s", word) if word.endswith("es") else word
    le_alone = re.search(r"[^aeiouyl]le$", word)
    if len(word) > 2 and not le_alone:
        word = SILENT_E.sub(lambda found: found[1] or "", word)
    return max(1, len(re.findall(r"[aeiouy]+", word)) + len(APART.findall(word)) + heard)


def spanish_syllables(word: str) -> int:
    word = CONSONANT_Y.sub("j", UNHEARD.sub("", word.lower()))
    return max(1, sum(max(1, len(STRONG.findall(vowels))) for vowels in VOWELS.findall(word)))


def plain(message: str) -> str:
    """The message as it is read: without tags, and with a short word for what the page fills in."""
    return PLACEHOLDER.sub("this", TAG.sub("", message)).replace("%%", "%")


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence. A colon or a semicolon does not end one."""
    parts = (WORD.findall(part) for part in SENTENCE_END.split(text))
    return [words for words in parts if words]


def _rates(texts: Iterable[str], syllables) -> tuple[float, float]:
    """Words in a sentence, and syllables in a word."""
    read = [words for text in texts for words in sentences(plain(text))]
    words = [word for sentence in read for word in sentence]
    return len(words) / len(read), sum(map(syllables, words)) / len(words)


def flesch_kincaid(*texts: str) -> float:
    """The grade of a school in the United States that reads this."""
    words_each, syllables_each = _rates(texts, english_syllables)
    return 0.39 * words_each + 11.8 * syllables_each - 15.59


def fernandez_huerta(*texts: str) -> float:
    """0 to 100: 70 and more is easy Spanish."""
    words_each, syllables_each = _rates(texts, spanish_syllables)
    return 206.84 - 60 * syllables_each - 1.02 * words_each
