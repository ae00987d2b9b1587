"""Whether own words seem to say who somebody is. Pure, and only ever a gentle question back: it is wrong both ways.

It looks for how people tell a name, a number, a place or a child's age in the six languages of the forms, and for two
names in a row. A word for a child alone, or a sum of money, says nothing.
"""

import re

NAME = r"[A-ZÁÉÍÓÚÑÀÈÒĐ][\w’'-]+"
STREET = r"(?:st|street|ave|avenue|rd|road|dr|drive|ln|lane|blvd|boulevard|way|ct|court|pl|place|pkwy|hwy|apt|unit)\b"
NUMBERS = re.compile(
    rf"""
    [\w.+-]{{1,64}}@[\w-]{{1,64}}\.\w                       # a mail address
    | (?<![\d$€])(?:\+?\d[\s().\-]{{0,2}}){{7,15}}(?!\d)    # a phone number, in any script's digits
    | \b\d{{1,5}}\s+(?:[NSEW]\.?\s+)?(?:\w+\s+){{1,2}}{STREET}
    | \b(?:calle|avenida|avda|carretera)\s+(?:\w+\s+){{0,3}}(?:\#|n[.º°o]+\s*)?\d
    | \b\d{{1,5}}\s+(?:calle|avenida|ri)\s+\w
    | \bđường\s+\w | \bsố\s+nhà\s+\d | [一-鿿]{{1,8}}(?:路|街|大道)\s*\d+\s*号? | \d+\s*号\s*\d*\s*(?:楼|室)
    | شارع\s+\w
    | \b\d{{3}}-\d{{2}}-\d{{4}}\b | \b(?:1[0-2]|0?[1-9])/\d{{1,2}}/(?:19|20)?\d\d\b
    """,
    re.I | re.X,
)
INTRODUCED = re.compile(
    r"""
    \b(?:my\ name\ is|i\ am\ called|me\ llamo|mi\ nombre\ es|mwen\ rele|non\ mwen\ se|non\ m\ se|tôi\ tên\ là|tên\ tôi\ là)\b
    | 我叫 | 我的名字 | 他叫 | 她叫 | 名叫 | اسمي | \bاسم(?:ه|ها)\b
    | \b(?:named|called|se\ llama|llamad[oa]|ki\ rele|tên\ là)\s+(?-i:[A-ZÁÉÍÓÚÑÀÈÒĐ])
    """,
    re.I | re.X,
)
TITLES = re.compile(
    rf"\b(?:[Mm]rs?|[Mm]s|[Mm]iss|[Dd]ra?|[Ss]ra?|[Ss]rta|[Ss]eñora?|[Dd]oña|[Dd]on|[Mm]adanm|[Mm]esye)\b\.?\s+{NAME}"
    r"|[\u4e00-\u9fff]{1,2}(?:先生|女士|太太|小姐)"
)
CHILDREN = re.compile(
    r"""
    \b(?:my|our|her|his|their)\s+(?:\w+\s+)?(?:son|daughter|child|baby|kid|boy|girl|toddler|grandson|granddaughter)\b
        [^.!?\n]{0,30}?(?:\b(?:is|turns|turned|was|age|aged)\s+(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\b
        (?!\s*(?:%|dollars|hours|minutes|miles|weeks|days|months|th\b|st\b|on\b))|\bhas\s+(?:autism|adhd|asthma|down|epilepsy|seizures))
    | \b(?:my|our)\s+\d{1,2}[\s-](?:year|month)s?[\s-]old\b
    | \b(?:mi|nuestr[oa])\s+(?:hij[oa]|niñ[oa]|bebé|niet[oa])\b[^.!?\n]{0,30}?
        (?:\btiene\s+(?:\d{1,2}|un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez)\s+(?:años?|meses)
        |\btiene\s+(?:autismo|asma|epilepsia))
    | \b(?:pitit|timoun)\s+(?:mwen|m|fi\ mwen|gason\ mwen)\b[^.!?\n]{0,30}?\bgen\s+\w+\s+(?:an|mwa)\b
    | \bcon\s+(?:trai\s+|gái\s+)?(?:tôi|của\s+tôi)\b[^.!?\n]{0,30}?\d{1,2}\s+(?:tuổi|tháng)
    | 我(?:的)?(?:儿子|女儿|孩子|宝宝)[^。！？\n]{0,15}?[\d一二三四五六七八九十]{1,2}\s*(?:岁|个月)
    | (?:ابني|ابنتي|طفلي|طفلتي|بنتي)[^.!؟\n]{0,30}?عمر(?:ه|ها)
    """,
    re.I | re.X,
)
# Two words in a row that begin large, where no sentence begins: a name, unless it is one of a place or an office.
PAIRS = re.compile(rf"(?<![.!?:\n] )(?<![.!?:\n¿¡“\"'])(?<!^)\b({NAME})\s+({NAME})\b")
PLAIN = frozenset(
    [
        "Head",
        "Start",
        "Early",
        "Child",
        "Children",
        "Care",
        "Kids",
        "Street",
        "School",
        "Elementary",
        "Middle",
        "High",
        "Public",
        "Department",
        "Center",
        "Centre",
        "County",
        "City",
        "State",
        "United",
        "States",
        "New",
        "North",
        "South",
        "East",
        "West",
        "San",
        "Los",
        "Las",
        "Santa",
        "Saint",
        "Fort",
        "Kentucky",
        "Tennessee",
        "Virginia",
        "Carolina",
        "Dakota",
        "Hampshire",
        "Jersey",
        "Mexico",
        "York",
        "Washington",
        "Oregon",
        "Ohio",
        "Kansas",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Spanish",
        "English",
        "Haitian",
        "Creole",
        "Community",
        "Church",
        "Library",
        "Family",
        "Families",
        "Services",
        "Service",
        "Bank",
        "Market",
        "Day",
        "Year",
        "Eve",
        "Years",
        "Thanksgiving",
        "Christmas",
        "Memorial",
        "Labor",
        "Independence",
        "Google",
        "Facebook",
        "Medicaid",
        "Medicare",
        "Social",
        "Security",
        "Covid",
        "Title",
        "Section",
        "Board",
        "House",
        "Senate",
        "Governor",
        "Mayor",
        "Human",
        "Health",
        "Subsidy",
        "Assistance",
        "Program",
        "Works",
        "First",
        "Quality",
        "Stars",
        "Rising",
        "YMCA",
        "WIC",
        "SNAP",
        "TANF",
        "CCDF",
        "DHS",
    ]
)


def looks_personal(text: str) -> bool:
    patterns = (NUMBERS, INTRODUCED, TITLES, CHILDREN)
    return any(pattern.search(text) for pattern in patterns) or any(map(_is_name, PAIRS.finditer(text)))


def _is_name(pair: re.Match[str]) -> bool:
    first, last = pair.groups()
    shouted = first.isupper() or last.isupper()
    return not shouted and first not in PLAIN and last not in PLAIN and first != "I"
