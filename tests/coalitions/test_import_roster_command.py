import pytest
from django.core.management import CommandError, call_command

from coalitions.models import Coalition, Seat

GOOD = "name,email,group\nRosa,rosa@a.org,parent\n"


@pytest.fixture
def roster(tmp_path):
    def write(text: str):
        path = tmp_path / "people.csv"
        path.write_text(text)
        return str(path)

    return write


def test_it_seats_everyone(coalition, roster, capsys):
    call_command("import_roster", "care-forward", roster(GOOD))
    assert capsys.readouterr().out == "Brought in: 1. Already here: 0.\n"
    assert Seat.objects.get().coalition == coalition


def test_it_says_which_line_and_why(coalition, roster, capsys):
    with pytest.raises(CommandError, match="Nobody was brought in") as caught:
        call_command("import_roster", "care-forward", roster(GOOD + "Jo,jo,parent\n"))
    assert caught.value.returncode == 1
    assert "line 3: “jo” is not an email" in capsys.readouterr().err
    assert not Seat.objects.exists()


def test_it_makes_the_coalition_when_told(db, roster):
    with pytest.raises(CommandError, match="--create"):
        call_command("import_roster", "bluegrass", roster(GOOD))
    call_command("import_roster", "bluegrass", roster(GOOD), create="Bluegrass Table", state="ky")
    assert Coalition.objects.get(slug="bluegrass").state.name == "Kentucky"


@pytest.mark.parametrize(("slug", "state", "said"), [("a b", "KY", "hyphens"), ("ab", "ZZ", "No state")])
def test_it_makes_no_coalition_that_has_no_address(db, roster, slug, state, said):
    with pytest.raises(CommandError, match=said):
        call_command("import_roster", slug, roster(GOOD), create="Bluegrass Table", state=state)
    assert not Coalition.objects.exists()


def test_a_refused_list_makes_no_coalition(db, roster):
    with pytest.raises(CommandError):
        call_command("import_roster", "bluegrass", roster("no"), create="Bluegrass Table", state="KY")
    assert not Coalition.objects.exists()


def test_a_file_that_is_not_there(db, tmp_path):
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("import_roster", "bluegrass", str(tmp_path / "gone.csv"))
