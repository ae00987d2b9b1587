import pytest

WORDS = {"name": "New", "slug": "new", "state": "KY", "main_language": "en", "backup_days": "14"}


@pytest.mark.parametrize(("zone", "status"), [("Mars/Olympus", 200), ("America/New_York", 302)])
def test_a_site_admin_makes_a_coalition_with_a_zone_that_exists(client_of, site_admin, zone, status):
    answer = client_of(site_admin).post("/manage/coalitions/coalition/add/", {**WORDS, "time_zone": zone})
    assert answer.status_code == status


def test_no_page_lists_what_a_table_keeps_private_before_deleting_it(client_of, site_admin, coalition):
    browser = client_of(site_admin)
    assert browser.get(f"/manage/coalitions/coalition/{coalition.pk}/delete/").status_code == 403
    assert "delete_selected" not in browser.get("/manage/coalitions/coalition/").content.decode()


def test_a_lead_is_no_site_admin(client_of, lead):
    assert client_of(lead).get("/manage/coalitions/coalition/").status_code == 302
