from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from web import messages


class Command(BaseCommand):
    help = "Gathers the texts to translate into locale/; or compiles, or checks what is there."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--compile", action="store_true", help="write the .mo files that Django reads")
        parser.add_argument("--check", action="store_true", help="fail if a translation is missing or wrong")
        parser.add_argument("--root", type=Path, default=settings.BASE_DIR, help="where the sources are")
        parser.add_argument(
            "--locale", type=Path, default=settings.LOCALE_PATHS[0], help="where the .po files are"
        )

    def handle(self, *, root, locale, **options):
        texts = None if options["compile"] and not options["check"] else messages.gather(root)
        faults = []
        for language, _ in settings.LANGUAGES:
            if language == settings.LANGUAGE_CODE:
                continue
            path = locale / language / "LC_MESSAGES" / "django.po"
            translations = messages.read(path, language)
            if options["check"]:
                faults += [f"{language}: {line}" for line in messages.problems(translations, texts)]
            if options["compile"]:
                messages.compile_to(translations, path.with_suffix(".mo"))
            if not (options["check"] or options["compile"]):
                messages.write(messages.renew(translations, texts), path)
        if faults:
            raise CommandError("\n".join([*faults, f"{len(faults)} texts need a translator: make messages"]))
