"""A passkey in a real browser: added after a code from the mail, then signing in with it and with nothing else."""

import re
import time

import pytest
from playwright.sync_api import expect

from .test_axe import AXE, LOOK

pytestmark = pytest.mark.needs_chromium

PIA = "pia@mail.example"
CODE = re.compile(r"^ +(\d{4}-\d{4})$", re.MULTILINE)
# A phone's own: it keeps its passkeys, and always finds that it is its owner.
PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def door(tables):
    """The site by the name that a browser trusts with passkeys; its number is not one."""
    site, _there = tables
    site.django(
        "from members.models import Member",
        f"Member.objects.filter(email={PIA!r}).delete()",
        f"Member.objects.create_user({PIA!r}, name='Pia Passkey')",
    )
    return site, site.address.replace("127.0.0.1", "localhost")


def code_of(site, seconds: int = 20) -> str:
    for _ in range(seconds * 10):
        mails = [path.read_text() for path in (site.folder / "mail").glob("*")]
        found = [CODE.search(mail) for mail in mails if f"To: {PIA}" in mail]
        if any(found):
            return next(each for each in found if each)[1]
        time.sleep(0.1)
    raise AssertionError("no code came")


def violations(tab) -> list[str]:
    tab.evaluate(AXE)
    found = []
    for theme in ("light", "dark"):
        tab.emulate_media(color_scheme=theme)
        found += [f"{tab.url} {theme}: {fault}" for fault in tab.evaluate(LOOK)]
    return found


def test_a_passkey_is_added_and_signs_in(browser, door):
    site, address = door
    context = browser.new_context(base_url=address, locale="en-US", reduced_motion="reduce")
    tab = context.new_page()
    errors, faults = [], []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    phone = context.new_cdp_session(tab)
    phone.send("WebAuthn.enable")
    key = phone.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})["authenticatorId"]

    tab.goto("/sign-in/?next=/me/second-step/")
    tab.get_by_label("Your email").fill(PIA)
    tab.get_by_role("button", name="Mail me a code").click()
    tab.get_by_label("The code from your mail").fill(code_of(site))
    tab.get_by_role("button", name="Sign in").click()
    tab.get_by_role("link", name="Add an app").click()
    tab.get_by_role("button", name="Show me what the app needs").click()
    expect(tab.get_by_role("img", name="A square for the camera")).to_be_visible()
    faults += violations(tab)
    tab.goto("/me/second-step/passkey/")
    faults += violations(tab)
    tab.get_by_label("Name").fill("Pia's phone")
    tab.get_by_role("button", name="Add the passkey").click()
    tab.get_by_role("button", name="Make recovery codes").click()
    expect(tab.locator(".codes li")).to_have_count(10)
    faults += violations(tab)
    tab.get_by_role("link", name="I have them").click()
    expect(tab.get_by_text("Pia's phone")).to_be_visible()
    faults += violations(tab)
    (kept,) = phone.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    assert kept["isResidentCredential"]

    context.clear_cookies()
    tab.goto("/sign-in/?next=/me/devices/")
    tab.get_by_role("button", name="Use a passkey").click()
    expect(tab.get_by_role("heading", name="Where you are signed in")).to_be_visible()
    faults += violations(tab)
    assert not errors
    assert not faults, "\n".join(faults)
    context.close()


def test_somebody_who_waves_it_away_is_told_and_nothing_happened(browser, door):
    _site, address = door
    context = browser.new_context(base_url=address, locale="en-US")
    tab = context.new_page()
    phone = context.new_cdp_session(tab)
    phone.send("WebAuthn.enable")
    phone.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})  # it holds no passkey of this site
    tab.goto("/sign-in/")
    button = tab.get_by_role("button", name="Use a passkey")
    button.click()
    expect(tab.get_by_role("alert").filter(has_text="Nothing has happened yet.")).to_be_visible()
    expect(button).to_be_enabled()
    context.close()


def test_without_scripts_there_is_no_dead_button(browser, door):
    _site, address = door
    context = browser.new_context(base_url=address, java_script_enabled=False, locale="en-US")
    tab = context.new_page()
    tab.goto("/sign-in/")
    expect(tab.get_by_role("button", name="Mail me a code")).to_be_visible()
    expect(tab.get_by_text("Use a passkey")).to_be_hidden()
    context.close()
