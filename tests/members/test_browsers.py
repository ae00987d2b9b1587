import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.browsers import UNKNOWN, named, parts

MOZILLA = "Mozilla/5.0"
SAID = {
    f"{MOZILLA} (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0": "Firefox on Android",
    f"{MOZILLA} (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36": "Chrome on Android",
    f"{MOZILLA} (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36": "Samsung Internet on Android",
    f"{MOZILLA} (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1": "Safari on iPhone",
    f"{MOZILLA} (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0 Mobile/15E148 Safari/604.1": "Chrome on iPhone",
    f"{MOZILLA} (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/128.0 Mobile/15E148 Safari/605.1.15": "Firefox on iPad",
    f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15": "Safari on Mac",
    f"{MOZILLA} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0": "Edge on Windows",
    f"{MOZILLA} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 OPR/111.0.0.0": "Opera on Windows",
    f"{MOZILLA} (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36": "Chrome on ChromeOS",
    f"{MOZILLA} (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0": "Firefox on Linux",
    "Firefox/1.0": "Firefox",
    f"{MOZILLA} (Linux; Android 10)": UNKNOWN,
    "curl/8.5.0": UNKNOWN,
    "": UNKNOWN,
}


@pytest.mark.parametrize(("said", "name"), SAID.items())
def test_a_browser_is_known_by_coarse_words(said, name):
    assert named(said) == name


def test_its_parts_can_be_spoken_in_another_language():
    assert parts("Firefox on Android") == ("Firefox", "Android")
    assert parts("Firefox") == ("Firefox", "")
    assert parts(UNKNOWN) == ("", "")


@given(st.text(max_size=3000))
def test_whatever_it_says_the_name_is_one_of_ours(said):
    """No version and no model gets through, however long the text; and it fits its column."""
    browser, system = parts(named(said))
    names = {parts(name) for name in SAID.values()}
    assert browser in {name[0] for name in names}
    assert system in {name[1] for name in names}
    assert len(named(said)) <= 60
