"""Words as they are compared: without case, accents and punctuation, in any of three scripts."""

import re
import unicodedata

from desk import markup

# Chinese is written without spaces: what stands in it is found as a piece, not as a word
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_WORD = re.compile(r"[^\W_]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# endings that a Russian word changes by case and number
_ENDING = re.compile(r"(?:[аеиоуыэюяйь]|ого|его|ому|ему|ами|ями|ах|ях|ом|ем|ов|ев|ей)+$")
STEM = 4


def fold(words: str) -> str:
    """Return words in small letters without accents; ё is е, wide letters are narrow."""
    spread = unicodedata.normalize("NFKD", markup.seen(words).casefold())
    bare = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare)


def is_chinese(word: str) -> bool:
    """Return whether a word is written in Chinese characters."""
    return _CHINESE.match(word) is not None


def split(folded: str) -> list[str]:
    """Return the words of a folded text; a run of Chinese is one."""
    found = []
    for word in _WORD.findall(folded):
        parts = re.split(rf"({_CHINESE.pattern})", word)
        found += [part for part in parts if part]
    return found


def stem(word: str) -> str:
    """Return a folded word without its ending, so that its other forms begin alike."""
    if _CYRILLIC.search(word):
        bare = _ENDING.sub("", word)
        return bare if len(bare) >= STEM else word
    return word[:-1] if word.endswith("s") and len(word) > STEM else word
