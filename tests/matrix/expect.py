"""Writes expected.txt anew, from what the site does now: for a person to read before it is kept."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def main() -> None:
    import django

    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        _write()
    finally:
        teardown_databases(made, verbosity=0)


def _write() -> None:
    from collections import defaultdict

    from tests.matrix.test_every_pair import ACTORS, EXPECTED, as_lines, tried
    from tests.matrix.world import a_world

    world, found = a_world(), defaultdict(list)
    for who in ACTORS:
        for way, shown, inside, leaked, changed in tried(world, who):
            found[way, shown] += [who] if inside else []
            if leaked or changed:
                print(f"{who} {way} {shown} leaked {leaked} changed {changed}")
    EXPECTED.write_text("".join(as_lines(found)), encoding="utf-8")


if __name__ == "__main__":
    main()
