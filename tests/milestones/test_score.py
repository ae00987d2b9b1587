import pytest

from milestones.models import Draft, Evidence, Part

HTMX = {"HX-Request": "true", "HX-Target": "saved"}


@pytest.fixture
def phone(client_of, parent, open_round, at):
    """The parent's browser, past the page that says who will see what."""
    browser = client_of(parent)
    browser.post(at("confirm_group", 1), {"group": "parent"})
    return browser


def test_before_the_first_answer_the_promise_is_read_and_the_group_confirmed(
    client_of, parent, open_round, at
):
    browser = client_of(parent)
    assert browser.get(at("score", 1, 1)).url == at("confirm_group", 1)
    page = browser.get(at("confirm_group", 1)).content.decode()
    assert "No one at the table sees your answer" in page or "Nadie en la mesa ve su respuesta" in page
    browser.post(at("confirm_group", 1), {"group": "provider"})
    assert Part.objects.get(seat=parent).group == "provider"
    parent.refresh_from_db()
    assert parent.group == "parent", (
        "what they are at the table stays the lead's to change, from the next round"
    )


def test_a_group_that_is_none_of_ours_is_refused(client_of, parent, open_round, at):
    assert client_of(parent).post(at("confirm_group", 1), {"group": "king"}).status_code == 422


def test_the_group_is_theirs_until_the_first_save(phone, parent, at):
    phone.post(at("score", 1, 1), {"level": "2"})
    assert phone.post(at("confirm_group", 1), {"group": "agency"}).status_code == 422
    assert Part.objects.get(seat=parent).group == "parent"


def test_saving_goes_on_to_the_next_milestone(phone, at):
    answer = phone.post(at("score", 1, 1), {"level": "2", "why": ""})
    assert (answer.status_code, answer.url) == (303, at("score", 1, 2))


def test_after_the_last_one_comes_the_round(phone, at):
    assert phone.post(at("score", 1, 7), {"level": "0"}).url == at("round", 1)
    assert phone.get(at("next_milestone", 1)).url == at("score", 1, 1)


def test_no_level_is_refused_with_the_words_kept(phone, at):
    answer = phone.post(at("score", 1, 1), {"why": "we are still new"})
    assert answer.status_code == 422
    assert "we are still new" in answer.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("level", ["6", "-1", "99999999999999999999", "two", "1.0"])
def test_a_level_that_is_none_is_refused(phone, at, level):
    assert phone.post(at("score", 1, 1), {"level": level}).status_code == 422


def test_typing_saves_without_a_level_and_says_when(phone, parent, at):
    answer = phone.post(at("answer", 1, 1), {"why": "half a thought"}, headers=HTMX)
    assert answer.status_code == 200
    assert 'id="saved"' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    draft = Draft.objects.get(seat=parent)
    assert (draft.pick, draft.words) == (None, "half a thought")


def test_evidence_and_last_time_come_only_after_the_pick(phone, coalition, at):
    Evidence.objects.create(coalition=coalition, item_code="M1", title="A list on the wall")
    assert "A list on the wall" not in phone.get(at("score", 1, 1)).content.decode()
    answer = phone.post(at("answer", 1, 1), {"level": "2", "why": ""}, headers=HTMX)
    assert "A list on the wall" in answer.content.decode()
    assert 'hx-swap-oob="true"' in answer.content.decode()


def test_without_javascript_a_button_shows_the_evidence(phone, coalition, at):
    Evidence.objects.create(coalition=coalition, item_code="M1", title="A list on the wall")
    answer = phone.post(at("score", 1, 1), {"level": "2", "stay": "1"})
    assert answer.status_code == 200
    assert "A list on the wall" in answer.content.decode()


def test_ticks_are_kept_and_only_for_evidence_one_may_see(phone, parent, coalition, other_coalition, at):
    ours = Evidence.objects.create(coalition=coalition, item_code="M1", title="ours")
    theirs = Evidence.objects.create(coalition=other_coalition, item_code="M1", title="theirs")
    ticks = {"level": "2", "has_evidence": "1", "evidence": [ours.pk, theirs.pk, "x", "9" * 40]}
    phone.post(at("score", 1, 1), ticks)
    draft = Draft.objects.get(seat=parent)
    assert [tick.evidence_id for tick in draft.ticks.all()] == [ours.pk]
    phone.post(at("score", 1, 1), {"level": "2", "has_evidence": "1"})
    assert not draft.ticks.exists()


def test_evidence_added_while_scoring_is_private(phone, client_of, provider, at):
    form = {"form_id": "8a1f6f0e-3f1f-4a53-9d0e-6f6d3a2a7b10", "kind": "record", "title": "My own notes"}
    for _ in range(2):
        assert phone.post(at("evidence", 1, 1), form).status_code == 303
    assert Evidence.objects.count() == 1, "the same form twice has one effect"
    phone.post(at("score", 1, 1), {"level": "2"})
    assert "My own notes" in phone.get(at("score", 1, 1)).content.decode()
    other = client_of(provider)
    other.post(at("confirm_group", 1), {"group": "provider"})
    other.post(at("score", 1, 1), {"level": "2"})
    assert "My own notes" not in other.get(at("score", 1, 1)).content.decode()


def test_words_are_shared_only_beneath_their_preview(phone, parent, at):
    answer = phone.post(at("score", 1, 1), {"level": "2", "why": "Nos preguntan mucho."})
    assert answer.url == at("share", 1, 1)
    assert Draft.objects.get().shared is None
    assert "Nos preguntan mucho." in phone.get(at("share", 1, 1)).content.decode()
    assert phone.post(at("share", 1, 1), {"show": "original", "share": "1", "quotable": "on"}).url == at(
        "score", 1, 2
    )
    draft = Draft.objects.get()
    assert (draft.shared, draft.quotable) == (True, True)
    phone.post(at("score", 1, 1), {"level": "2", "why": "Nos preguntan mucho, y ya."})
    assert Draft.objects.get().shared is None, "words that changed are private again"
    phone.post(at("share", 1, 1), {"show": "original", "keep": "1", "quotable": "on"})
    draft = Draft.objects.get()
    assert (draft.shared, draft.quotable) == (False, False)
    assert phone.post(at("score", 1, 1), {"level": "2", "why": draft.words}).url == at("score", 1, 2)


def test_only_in_the_main_language_needs_a_translation(phone, at):
    phone.post(at("score", 1, 1), {"level": "2", "why": "Nos preguntan mucho."})
    assert phone.post(at("share", 1, 1), {"show": "main", "share": "1"}).status_code == 422
    sent = {"show": "main", "translation": "They ask us a lot.", "share": "1"}
    assert phone.post(at("share", 1, 1), sent).status_code == 303


def test_no_words_means_no_share_page(phone, at):
    assert phone.get(at("share", 1, 1)).url == at("score", 1, 1)


def test_a_writer_is_warned_of_names_and_known_words(phone, director, coalition, at):
    Evidence.objects.create(coalition=coalition, item_code="M1", title="the budget is already done before us")
    phone.post(
        at("score", 1, 1), {"level": "2", "why": "Dee says the budget is already done, call 555-123-4567"}
    )
    page = phone.get(at("share", 1, 1)).content.decode()
    assert "Dee Director" in page
    assert "555-123-4567" in page
    assert "the budget is already done before us" in page


def test_words_too_long_are_refused_where_they_are_typed(phone, at):
    answer = phone.post(at("answer", 1, 1), {"why": "x" * 2001}, headers=HTMX)
    assert answer.status_code == 422
    assert "2,000" in answer.content.decode()
    assert not Draft.objects.exists()


def test_typing_past_closing_says_so_in_place(phone, open_round, at, time_machine):
    time_machine.move_to(open_round.closes_at)
    answer = phone.post(at("answer", 1, 1), {"why": "late"}, headers=HTMX)
    assert answer.status_code == 409
    assert "<html" not in answer.content.decode()
    assert 'id="saved"' in answer.content.decode()


def test_past_closing_it_is_refused_with_the_words_on_screen(phone, open_round, at, time_machine):
    time_machine.move_to(open_round.closes_at)
    for name in ("score", "answer"):
        answer = phone.post(at(name, 1, 1), {"level": "2", "why": "I was almost there"})
        assert answer.status_code == 409
        assert "I was almost there" in answer.content.decode()
    assert not Draft.objects.exists()
    assert phone.get(at("score", 1, 1)).url == at("round", 1)
    assert phone.get(at("my_answers", 1)).url == at("round", 1)
    assert phone.post(at("confirm_group", 1), {"group": "parent"}).status_code == 422
    assert phone.get(at("confirm_group", 1)).url == at("round", 1)


def test_people_read_their_own_answers_until_closing(phone, at):
    phone.post(at("score", 1, 1), {"level": "0", "why": "My own words"})
    page = phone.get(at("my_answers", 1)).content.decode()
    assert "My own words" in page


@pytest.mark.parametrize("who", ["observer", "facilitator"])
def test_who_holds_no_member_seat_cannot_answer(request, client_of, open_round, at, who):
    browser = client_of(request.getfixturevalue(who))
    assert browser.get(at("score", 1, 1)).status_code == 403
    assert browser.post(at("answer", 1, 1), {"level": "1"}).status_code == 403


def test_another_table_is_not_there(client_of, outsider, open_round, at):
    assert client_of(outsider).get(at("score", 1, 1)).status_code == 404


def test_a_milestone_or_round_that_is_not_there(phone, at):
    for address in (
        at("score", 1, 8),
        at("score", 1, 0),
        at("score", 2, 1),
        "/c/care-forward/round/99999999999/1/",
    ):
        assert phone.get(address).status_code == 404


def test_signed_out_goes_to_sign_in_and_back(visitor, open_round, at):
    address = at("score", 1, 1)
    assert visitor.get(address).url.endswith(f"?next={address}")
    assert visitor.get(address, headers=HTMX)["HX-Redirect"].endswith(f"?next={address}")


def test_a_nul_byte_is_refused(phone, at):
    assert phone.post(at("score", 1, 1), {"level": "1", "why": "a\x00b"}).status_code == 400
    assert phone.get(at("score", 1, 1) + "?a=%00").status_code == 400


def test_it_costs_the_same_for_any_table(phone, at, coalition, django_assert_max_num_queries):
    phone.post(at("score", 1, 1), {"level": "2"})
    with django_assert_max_num_queries(12):
        phone.get(at("score", 1, 1))


def test_words_keep_the_language_they_were_typed_in(phone, at):
    spanish, english = {"django_language": "es"}, {"django_language": "en"}
    phone.cookies.load(spanish)
    phone.post(at("score", 1, 1), {"level": "2", "why": "Nos preguntan mucho."})
    phone.post(at("share", 1, 1), {"show": "original", "share": "1"})
    phone.cookies.load(english)
    phone.post(at("score", 1, 1), {"level": "3", "why": "Nos preguntan mucho."})
    draft = Draft.objects.get()
    assert (draft.pick, draft.language, draft.shared) == (3, "es", True)
