import pytest
from django.conf import settings

from web import messages


@pytest.fixture(scope="module")
def texts():
    return messages.gather(settings.BASE_DIR)


@pytest.mark.parametrize(
    "language", [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
)
def test_a_language_is_complete(language, texts):
    path = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"
    assert messages.problems(messages.read(path, language), texts) == []
