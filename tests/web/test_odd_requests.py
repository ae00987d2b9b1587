"""What cannot be stored or read is refused at the door, in the same way on every database."""

import pytest
from django.test import RequestFactory

from web.pages import seen_other

pytestmark = pytest.mark.django_db


def test_a_nul_byte_is_refused_wherever_it_stands(visitor):
    assert visitor.get("/?a=%00").status_code == 400
    assert visitor.get("/%00/").status_code == 400
    assert visitor.post("/language/", {"next": "/\x00"}).status_code == 400


def test_half_a_letter_is_refused(visitor):
    assert visitor.get("/?a=%ED%A0%80").status_code in (200, 400)
    assert (
        visitor.post(
            "/language/", "next=%ED%A0%80", content_type="application/x-www-form-urlencoded"
        ).status_code
        < 500
    )


def test_more_fields_than_any_form_has_is_refused(visitor):
    assert visitor.post("/language/", {f"f{n}": "x" for n in range(400)}).status_code == 400


def test_a_body_that_breaks_off_is_refused_or_read_as_empty(visitor):
    broken = visitor.post(
        "/language/", b"--x\r\nContent-Dispo", content_type="multipart/form-data; boundary=x"
    )
    assert broken.status_code < 500


@pytest.mark.parametrize("method", ["head", "put", "delete", "options", "patch"])
def test_a_method_we_do_not_speak_is_no_500(visitor, method):
    for address in ("/", "/language/", "/sign-in/"):
        assert getattr(visitor, method)(address).status_code < 500


def test_pages_say_what_they_may_load_and_that_they_vary(visitor):
    answer = visitor.get("/")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert {"HX-Request", "HX-Target", "Cookie"} <= {part.strip() for part in answer["Vary"].split(",")}


def test_signed_in_pages_are_kept_nowhere(client_of, lead):
    assert client_of(lead).get("/tables/")["Cache-Control"] == "private, no-store"


def test_after_a_write_htmx_goes_on_too():
    request = RequestFactory().post("/")
    request.htmx = True
    assert seen_other(request, "/there/")["HX-Redirect"] == "/there/"
    request.htmx = False
    assert (seen_other(request, "/there/").status_code, seen_other(request, "/there/").url) == (
        303,
        "/there/",
    )
