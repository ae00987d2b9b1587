"""Whether own words seem to say who somebody is. Pure, and only ever a gentle question back: it is wrong both ways."""

import re

SIGNS = re.compile(
    r"""
    [\w.+-]+@[\w-]+\.\w+                                   # a mail address
    | (?:\d[\s().-]?){7,}                                  # a phone number
    | \b\d{1,5}\s+(?:[NSEW]\.?\s+)?\w+\s+(?:st|street|ave|avenue|rd|road|dr|drive|ln|lane|blvd|way|ct|apt)\b
    | \b(?:calle|avenida)\s+\w+
    | \b(?:my\ name\ is|i\ am\ called|me\ llamo|mi\ nombre\ es)\b
    | \b(?:mr|mrs|ms|miss|dr|señora|señor|sra|sr)\b\.?\s+\w+
    | \b(?:my|our)\s+(?:son|daughter|child|baby|kid)\b[^.!?\n]{0,40}\b(?:\d+|named|called)\b
    | \b(?:mi|nuestro|nuestra)\s+(?:hijo|hija|niño|niña|bebé)\b[^.!?\n]{0,40}\b(?:\d+|llama)
    """,
    re.I | re.X,
)
NAMES = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+\s+[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{2,}\b")


def looks_personal(text: str) -> bool:
    return bool(SIGNS.search(text) or NAMES.search(text))
