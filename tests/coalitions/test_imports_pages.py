"""The way from a file to seats, page by page."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from coalitions import actions
from coalitions.actions import cancel_import, confirm_import
from coalitions.imports.tables import MOST_BYTES
from coalitions.models import Event, Import, Organization, Seat
from coalitions.roster import COLUMNS
from coalitions.tasks import clear_imports
from members.models import Member
from tests.coalitions.test_imports_books import HEADER, book
from web.refusal import Refused

HERE = "/c/care-forward/people/import/"
GOOD = "name,email,group\nJo,jo@a.org,provider\nRosa,rosa@a.org,parent\n"
MESSY = (
    "Care Forward,,\n\nPersona;Correo;Soy;Zapatos\nDíaz, Rosa;rosa@a.org;Mamá;38\nJo;jo@a.org;Proveedora;40\n"
)


def send(client, content=GOOD, form=None):
    raw = content if isinstance(content, bytes) else content.encode()
    return client.post(HERE, {"form": form or uuid.uuid4(), "roster": SimpleUploadedFile("people.csv", raw)})


def seen_on(html: str) -> str:
    return re.search(r'name="seen" value="(\w+)"', html)[1]


def confirm(client, url, **more):
    seen = seen_on(client.get(url).content.decode())
    return client.post(url, {"seen": seen, **more})


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_first_page_says_what_the_columns_are(client_of, lead):
    html = client_of(lead).get(HERE).content.decode()
    assert "roster-example.csv" in html
    for column in COLUMNS:
        assert f'<th scope="row">{column}</th>' in html


def test_a_plain_list_goes_straight_to_the_look(client_of, lead):
    client = client_of(lead)
    sent = send(client)
    assert sent.status_code == 303
    assert sent.url.endswith("/check/")
    look = client.get(sent.url)
    assert "2 people get a seat." in text(look)
    assert text(look).index("Rosa") < text(look).index("Jo ")  # parents first
    assert Seat.objects.count() == 1
    done = confirm(client, sent.url)
    assert done.status_code == 303
    assert "2 people have a seat now." in text(client.get(done.url))
    assert Seat.objects.exclude(pk=lead.pk).count() == 2
    assert Event.objects.get().about.startswith("2:")


def test_a_messy_list_is_asked_about_step_by_step(client_of, lead):
    client = client_of(lead)
    columns = send(client, MESSY.encode("cp1252")).url
    assert columns.endswith("/columns/")
    page = client.get(columns)
    assert "Line 3 names the columns." in text(page)
    assert "Zapatos" in text(page)
    words = client.post(
        columns, {"column_0": "name", "column_1": "email", "column_2": "group", "column_3": ""}
    ).url
    assert words.endswith("/words/")
    assert "Mamá" in text(client.get(words))
    look = client.post(words, {"word_0": "parent"}).url
    assert look.endswith("/check/")
    confirm(client, look)
    rosa = Seat.objects.get(member__email="rosa@a.org")
    assert (rosa.name, rosa.group) == ("Rosa Díaz", "parent")


def test_an_excel_book_comes_in(client_of, lead):
    client = client_of(lead)
    url = send(client, book(["Our people"], HEADER, ["Rosa", "rosa@a.org", "Madre"])).url
    confirm(client, url)
    assert Seat.objects.filter(member__email="rosa@a.org").exists()


def test_what_was_picked_is_kept_when_something_is_missing(client_of, lead):
    client = client_of(lead)
    columns = send(client, MESSY).url
    answer = client.post(
        columns, {"column_0": "name", "column_1": "title", "column_2": "name", "column_3": ""}
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "data-focus" in html
    assert "“Name” is taken by another column" in html
    assert "Which column is “Email”?" in html
    assert '<option value="title" selected>' in html


def test_everyone_may_be_of_one_group(client_of, lead):
    client = client_of(lead)
    columns = send(client, "Name,Email\nRosa,rosa@a.org\n").url
    assert columns.endswith("/columns/")
    look = client.post(columns, {"column_0": "name", "column_1": "email", "everyone": "parent"}).url
    confirm(client, look)
    assert Seat.objects.get(member__email="rosa@a.org").group == "parent"


def test_a_column_of_many_words_is_no_group(client_of, lead):
    client = client_of(lead)
    rows = "".join(f"P{n},p{n}@a.org,street {n}\n" for n in range(50))
    columns = send(client, "Name,Email,Address\n" + rows).url
    answer = client.post(columns, {"column_0": "name", "column_1": "email", "column_2": "group"})
    assert answer.status_code == 422
    assert "50 different words" in text(answer)


def test_a_word_has_to_be_told_and_may_be_left_out(client_of, lead):
    client = client_of(lead)
    words = send(client, GOOD + "Vi,vi@a.org,Vecina\n").url
    assert words.endswith("/words/")
    answer = client.post(words, {"word_0": ""})
    assert answer.status_code == 422
    assert "Say what this word means." in text(answer)
    look = client.post(words, {"word_0": "-"}).url
    assert "1 line has something wrong." in text(client.get(look))


def test_lines_with_something_wrong_stay_out_only_when_told(client_of, lead):
    client = client_of(lead)
    url = send(client, GOOD + "Ana,<b>ana</b>,parent\n").url
    html = client.get(url).content.decode()
    assert "“&lt;b&gt;ana&lt;/b&gt;” is not an email" in html
    refused = confirm(client, url)
    assert refused.status_code == 422
    assert Seat.objects.count() == 1
    done = confirm(client, url, leave_out="on")
    assert "1 line stayed out." in text(client.get(done.url))
    assert Seat.objects.count() == 3


def test_the_same_file_twice_changes_nothing(client_of, lead):
    client = client_of(lead)
    confirm(client, send(client).url)
    before = list(Seat.objects.values()), list(Member.objects.values("email", "name", "language"))
    look = client.get(send(client).url)
    assert "Nobody new is in this list." in text(look)
    assert "2 people are already here" in text(look)
    assert 'name="seen"' not in look.content.decode()
    assert (list(Seat.objects.values()), list(Member.objects.values("email", "name", "language"))) == before
    assert Event.objects.count() == 1


def test_confirming_twice_has_one_effect(client_of, lead):
    client = client_of(lead)
    url = send(client).url
    seen = seen_on(client.get(url).content.decode())
    assert [client.post(url, {"seen": seen}).status_code for _ in range(2)] == [303, 303]
    assert Seat.objects.count() == 3
    assert Event.objects.count() == 1


def test_the_same_upload_form_is_the_same_import(client_of, lead, outsider):
    client, form = client_of(lead), uuid.uuid4()
    assert send(client, form=form).url == send(client, form=form).url
    other = client_of(outsider).post(
        "/c/kansas-cares/people/import/", {"form": form, "roster": SimpleUploadedFile("x.csv", GOOD.encode())}
    )
    assert other.status_code == 422
    assert Import.objects.count() == 1


def test_what_was_not_seen_is_not_written(client_of, lead, parent):
    client = client_of(lead)
    url = send(client).url
    seen = seen_on(client.get(url).content.decode())
    Seat.objects.filter(pk=parent.pk).update(member=Member.objects.create_user("jo@a.org", name="Jo"))
    answer = client.post(url, {"seen": seen})
    assert answer.status_code == 422
    assert "Something has changed since you looked." in text(answer)
    assert not Seat.objects.filter(member__email="rosa@a.org").exists()


@pytest.mark.parametrize("meanwhile", ["stopped", "an account of that address"])
def test_what_happens_at_the_same_moment_is_seen(client_of, lead, monkeypatch, meanwhile):
    client = client_of(lead)
    url = send(client).url
    check = actions.imports.check_import

    def and_then(started, *, today):
        found = check(started, today=today)
        Member.objects.create_user("rosa@a.org")
        return found

    if meanwhile == "stopped":
        started = Import.objects.get()
        cancel_import(started=Import.objects.get())
        with pytest.raises(Refused, match="Something has changed"):
            confirm_import(started=started, seen="", leave_out=False, now=timezone.now())
    else:
        seen = seen_on(client.get(url).content.decode())
        monkeypatch.setattr(actions.imports, "check_import", and_then)
        assert "Something has changed since you looked." in text(client.post(url, {"seen": seen}))
    assert Seat.objects.count() == 1


def test_all_or_nothing(client_of, lead, monkeypatch):
    client = client_of(lead)
    url = send(client).url

    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("coalitions.actions.imports._record", fails)
    with pytest.raises(RuntimeError):
        confirm(client, url)
    assert Seat.objects.count() == 1
    assert not Member.objects.filter(email="rosa@a.org").exists()
    assert not Organization.objects.exists()


def test_nothing_that_the_list_said_is_kept_afterwards(client_of, lead):
    client = client_of(lead)
    confirm(client, send(client).url)
    started = Import.objects.get()
    assert (started.sheet, started.reading) == ({}, {})
    send(client)
    Import.objects.update(created=timezone.now() - timedelta(hours=25))
    clear_imports()
    assert not Import.objects.exists()


def test_stopping_deletes_the_list(client_of, lead):
    client = client_of(lead)
    url = send(client).url
    assert client.get(url.replace("check", "cancel")).status_code == 303
    assert Import.objects.exists()
    assert client.post(url.replace("check", "cancel")).status_code == 303
    assert not Import.objects.exists()
    assert client.get(url).status_code == 404


def test_an_unfinished_list_can_be_gone_on_with_and_makes_way_for_the_next(client_of, lead):
    client = client_of(lead)
    url = send(client).url
    assert url in client.get(HERE).content.decode()
    send(client)
    assert Import.objects.count() == 1
    assert client.get(url).status_code == 404


def test_what_is_already_here_twice_or_known_is_said(client_of, lead, parent, outsider):
    client = client_of(lead)
    lines = [
        f"{parent.member.name},new@a.org,parent",
        f"Otto,{outsider.member.email},parent",
        "Ana,ana@a.org; ana@b.org,parent",
        "Ana,ana@a.org; ana@b.org,parent",
        f"Paz,paz@x.org; {parent.member.email},parent",
        "Lea,lea@a.org,other",
    ]
    url = send(client, "name,email,group\n" + "\n".join(lines)).url
    said = text(client.get(url))
    assert "Somebody of this name is already here with another email." in said
    assert "We leave out: ana@b.org" in said
    assert "Says the same as line 4." in text(client.get(url + "?show=repeated"))
    assert "Stays as they are." in text(client.get(url + "?show=here"))


def test_somebody_who_becomes_a_lead_is_pointed_out(client_of, lead):
    url = send(client_of(lead), "name,email,group,lead\nRosa,rosa@a.org,parent,yes\n").url
    assert "1 of them becomes a lead" in text(client_of(lead).get(url))


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe\0", b"PK\x03\x04\0\0", b"\xef\xbb\xbf", b"x" * (MOST_BYTES + 1), b"\x89PNG\r\n"]
)
def test_a_file_that_is_no_list_is_refused_in_words(client_of, lead, raw):
    answer = send(client_of(lead), raw)
    assert answer.status_code == 422
    assert 'id="id_roster_error"' in answer.content.decode()
    assert not Import.objects.exists()


def test_a_file_that_is_too_big_is_said_so_and_never_held(client_of, lead):
    answer = send(client_of(lead), b"name,email\n" + b"x" * MOST_BYTES)
    assert "The file is over 5 MB." in text(answer)


def test_no_file_is_an_error_beside_the_field(client_of, lead):
    answer = client_of(lead).post(HERE, {"form": uuid.uuid4()})
    assert answer.status_code == 422
    assert "Pick the file first." in text(answer)


def test_a_long_list_is_shown_in_pages(client_of, lead):
    client = client_of(lead)
    url = send(client, "name,email,group\n" + "".join(f"P{n},p{n}@a.org,parent\n" for n in range(150))).url
    assert "1 to 100 of 150" in text(client.get(url))
    assert "101 to 150 of 150" in text(client.get(url + "?show=new&page=2"))
    assert client.get(url + "?show=nothing&page=x").status_code == 200


def test_progress_is_seen_while_the_list_is_written(client_of, lead):
    from django.core.cache import caches

    client = client_of(lead)
    url = send(client).url
    result = url.replace("check", "result")
    assert client.get(result).url == url
    key = str(Import.objects.get().form)
    caches["progress"].set(key, 500)
    assert "500 people have a seat so far." in text(client.get(result))
    part = client.get(result, headers={"HX-Request": "true", "HX-Target": "progress"})
    assert part.content.decode().startswith('<div id="progress"')
    assert 'hx-trigger="every 1s"' in part.content.decode()
    confirm(client, url)
    assert "every 1s" not in client.get(result).content.decode()
    assert caches["progress"].get(key) is None


def test_where_every_word_is_known_there_is_nothing_to_ask(client_of, lead):
    url = send(client_of(lead)).url
    assert client_of(lead).get(url.replace("check", "words")).url == url


def test_who_is_done_is_led_to_the_result(client_of, lead):
    client = client_of(lead)
    url = send(client).url
    confirm(client, url)
    for page in ("columns", "words", "check"):
        assert client.get(url.replace("check", page)).url == url.replace("check", "result")


@pytest.mark.parametrize(
    "page", ["", "{pk}/columns/", "{pk}/words/", "{pk}/check/", "{pk}/result/", "{pk}/cancel/"]
)
def test_only_who_keeps_the_list_comes_in(client_of, lead, parent, facilitator, outsider, coalition, page):
    from tests.factories.tables import a_seat

    send(client_of(lead))
    pk = Import.objects.get().pk
    url = HERE + page.format(pk=pk)
    assert client_of(parent).get(url).status_code == 403
    assert client_of(facilitator).post(url).status_code == 403
    assert client_of(outsider).get(url).status_code == 404
    other = a_seat(coalition, "Ola Other", "agency", lead=True)
    if page:
        assert client_of(outsider).post(url.replace("care-forward", "kansas-cares")).status_code == 404
        assert client_of(other).post(url).status_code == 404
    assert Import.objects.filter(pk=pk).exists()
