"""What nobody would send: generated posts to every address of a form, some of them with a genuine visit inside."""

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

from django.test import Client

from feedback.models import Submission

VISIT = re.compile(r'name="visit" value="([^"]+)"')
PHONES = 8
TEXTS = (
    *(
        "",
        " ",
        "yes",
        "no",
        "parent",
        "\x00",
        "a\x00b",
        "\ud800",
        "\u202egnp.exe",
        "\ufeff",
        "\u2028",
        "e\u0301" * 400,
    ),
    *(
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "{% debug %}",
        "%s%n",
        "' OR 1=1 --",
        "=1+1",
        "../../etc/passwd",
    ),
    *(
        "🙂" * 30,
        "ع" * 999,
        "字" * 1001,
        "x" * 20_000,
        "\r\n" * 500,
        "-1",
        "1e999",
        "9" * 400,
        "null",
        "[]",
        "true",
    ),
)
FINE = ("yes", "no", "parent", "More evening hours")
DO = (
    *(
        "next",
        "next",
        "next",
        "next",
        "skip",
        "back",
        "stay",
        "send",
        "look",
        "to:most",
        "to:role",
        "to:",
        "to:\x00",
    ),
    *TEXTS,
)
LANGUAGES = ("en", "es", "ar", "vi", "xx", "en\x00", "..", "%2e")
KINDS = (
    *("application/x-www-form-urlencoded",) * 24,
    *("multipart/form-data; boundary=x", "multipart/form-data", "application/json", "text/plain", "", "\x7f"),
    "application/x-www-form-urlencoded; charset=utf-7",
)
METHODS = ("POST",) * 40 + ("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE")
LEGAL = {"changed": {"yes", "no", "dont_know"}, "most": None}


def payloads(many: int, seed: int, visits: list[str]) -> Iterator[tuple[str, str, bytes, str]]:
    """(method, path, body, kind)."""
    draw = random.Random(seed)
    for _ in range(many):
        path = draw.choice(
            ["/go/kentucky/{}/"] * 8
            + ["/go/kentucky/{}/answer/", "/go/kentucky/", "/go/\x00{}/", "/go/nobody/{}/"]
        ).format(draw.choice(LANGUAGES[: draw.choice((3, 8))]))
        yield draw.choice(METHODS), quote(path, safe="/%"), _body(draw, visits), draw.choice(KINDS)


def _body(draw: random.Random, visits: list[str]) -> bytes:
    kind = draw.random()
    if kind < 0.05:
        return draw.randbytes(draw.randrange(400))
    if kind < 0.08:
        return b'--x\r\nContent-Disposition: form-data; name="visit"\r\n\r\n' + draw.randbytes(40)
    fields = [("visit", _visit(draw, visits)), ("do", draw.choice(DO[: draw.choice((9, len(DO)))]))]
    names = ("answer", "code", "answer", "é") + ("website",) * (draw.random() < 0.2)
    fields += [(name, draw.choice(draw.choice((TEXTS, FINE)))) for name in names if draw.random() < 0.4]
    if draw.random() < 0.02:
        fields += [(f"f{n}", "x") for n in range(400)]
    draw.shuffle(fields)
    pairs = (f"{quote(name)}={quote(value, errors='surrogatepass')}" for name, value in fields)
    return "&".join(pairs).encode()


def _visit(draw: random.Random, visits: list[str]) -> str:
    visit = draw.choice(visits)
    change = draw.random()
    if change < 0.9:
        return visit
    at = draw.randrange(len(visit))
    return draw.choice((visit[:at], visit[:at] + "A" + visit[at + 1 :], visit * 2, draw.choice(TEXTS)))


def tried(many: int, seed: int = 1) -> Counter:
    """Sends them all; answers by status. What it came across is put back in play, so that it goes deep."""
    client = Client(raise_request_exception=False, REMOTE_ADDR="192.0.2.1")
    visits, found = [_begun(client, n) for n in range(PHONES)], Counter()
    for method, path, body, kind in payloads(many, seed, visits):
        answer = client.generic(method, path, body, kind)
        found[answer.status_code] += 1
        assert answer.status_code < 500, (method, path, body, kind)
        assert not answer.cookies
        page = answer.content.decode(errors="replace")
        seen, done = VISIT.search(page), 'class="code">' in page
        if seen and not done:
            visits[found.total() % PHONES] = seen[1]
        if done or found.total() % 20 == 0:
            visits[found.total() * 3 % PHONES] = _begun(client, found.total())
    return found


def _begun(client: Client, turn: int) -> str:
    """A genuine visit, with none, one or two answers in it."""
    page = client.get("/go/kentucky/en/").content.decode()
    for answer in ("yes", "More evening hours")[: turn % 3]:
        page = client.post(
            "/go/kentucky/en/", {"visit": VISIT.search(page)[1], "answer": answer}
        ).content.decode()
    return VISIT.search(page)[1]


def half_stored() -> list[str]:
    """Rows that no whole form could have left."""
    wrong = []
    for row in Submission.objects.select_related("wording"):
        fine = (
            row.answers
            and set(row.answers) <= set(LEGAL)
            and row.answers.get("changed", "yes") in LEGAL["changed"]
            and 0 <= len(row.answers.get("most", "x")) <= 1000
            and "\x00" not in json.dumps(row.answers)
            and row.role in ("", "parent", "provider", "other")
            and row.language in ("en", "es", "ar")
            and re.fullmatch(r"\d{4}-W\d\d", row.week)
            and re.fullmatch(r"[0-9a-f]{64}", row.receipt)
        )
        wrong += [] if fine else [f"{row.pk}: {row.answers} {row.role} {row.language}"]
    return wrong
