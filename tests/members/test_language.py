import pytest

HERE = "/language/"


def test_a_visitor_chooses_and_stays_where_they_were(visitor):
    answer = visitor.post(HERE, {"language": "es", "next": "/privacy/"})
    assert (answer.status_code, answer.url) == (303, "/privacy/")
    assert '<html lang="es"' in visitor.get("/privacy/").content.decode()


def test_a_member_keeps_it_on_every_device(client_of, provider):
    client_of(provider).post(HERE, {"language": "es", "next": "/"})
    assert '<html lang="es"' in client_of(provider).get("/").content.decode()


def test_a_members_language_comes_before_the_devices(client_of, parent):
    answer = client_of(parent).get("/", headers={"accept-language": "en"})
    assert '<html lang="es"' in answer.content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_it_never_leads_elsewhere(visitor, target):
    assert visitor.post(HERE, {"language": "es", "next": target}).url == "/"


def test_a_language_we_do_not_speak_changes_nothing(client_of, provider):
    client = client_of(provider)
    client.post(HERE, {"language": "xx", "next": "/"})
    provider.member.refresh_from_db()
    assert provider.member.language == "en"
    assert client.get(HERE).status_code == 405
