"""Every page there is to see: for whom, at which stage, each kind once."""

from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlsplit

WHO = ("lead", "member", "evaluator", "admin", "visitor")
AT_THE_TABLE = ("lead", "member")
VOID = {"meta", "link", "input", "br", "img", "hr", "circle", "path", "rect", "line", "use"}


class Skeleton(HTMLParser):
    """Which elements a page has inside which, without its words: pages alike in this need one look."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside, self.parts = [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        kind = f"{tag}.{dict(attrs).get('class') or ''}[{' '.join(sorted(name for name, _ in attrs))}]"
        self.parts.add((self.inside[-1] if self.inside else "", kind))
        if tag not in VOID:
            self.inside.append(kind)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.inside.pop()

    def handle_endtag(self, tag):
        while self.inside:
            if self.inside.pop().startswith(f"{tag}."):
                break


def every_page(address: str, there: dict) -> list[tuple[str, str]]:
    """(who, address) of every page that answers, unless it has no element that others of its name lack."""
    found, seen, names = [], set(), set()
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    for who in WHO:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies(who, "en", there).items())
        }
        for name, path in there["pages"]:
            if path.startswith("/c/") and who not in AT_THE_TABLE:
                continue  # the sign-in page, which is in the list
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            html = response.read().decode()
            is_page = response.headers["Content-Type"].startswith("text/html")
            if is_page and response.status in (200, 404, 410):
                looks = Skeleton(html).parts
                if name not in names or not looks <= seen:
                    found.append((who, path))
                names.add(name)
                seen |= looks
    connection.close()
    return found


def cookies(who: str, language: str, there: dict) -> dict[str, str]:
    spoken = {"django_language": language}
    return spoken if who == "visitor" else spoken | {"sessionid": there["sessions"][f"{who} {language}"]}


def looking(browser, address: str, who: str, language: str, there: dict, **options):
    """A browser context in which this person has signed in."""
    # A public page knows no cookie: it speaks as the browser does.
    context = browser.new_context(base_url=address, locale=language, **options)
    context.add_cookies(
        [
            {"name": name, "value": value, "url": address}
            for name, value in cookies(who, language, there).items()
        ]
    )
    return context
