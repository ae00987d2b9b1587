import pytest

from web.lines import hides_signs


@pytest.mark.parametrize("text", ["a\nb", "a\r\nBcc: x", "a\x00", "a\u2028b", "\u202eesreveR", "a\u2066b"])
def test_what_breaks_or_turns_a_line_is_seen(text):
    assert hides_signs(text)


@pytest.mark.parametrize(
    "text", ["", "Ana María", "Nguyễn", "محمد علي", "陳大文", "O’Neil-Smith", "a\u200fb"]
)
def test_names_of_the_world_stand_in_a_line(text):
    assert not hides_signs(text)
