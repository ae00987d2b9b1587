"""Every address of the site, filled in with everybody's ids: generated, so that a new page cannot be left out."""

import re
from collections.abc import Iterator

from django.urls import get_resolver

from coalitions.checks import addresses

from .world import FORM, HERE, THERE, World

HOLE = re.compile(r"<(?:\w+:)?(\w+)>")
ROUNDS = (1, 2)  # released, open


def every_address(world: World) -> Iterator[tuple[str, str, str]]:
    """(address with names for ids, address, name) of each page, for each person that it could be about."""
    for pattern in addresses(get_resolver()):
        yield from _filled(world, f"/{pattern.pattern}", str(pattern.name))


def _filled(world: World, path: str, name: str) -> Iterator[tuple[str, str, str]]:
    holes = HOLE.findall(path)
    one = next((each for each in ("word", "voice") if f"/{each}s/" in path), "dissent")
    for slug in (HERE, THERE) if "slug" in holes else ("",):
        for number in ROUNDS if "number" in holes else (0,):
            for shown, value in _ids(world, path, holes):
                said = {"slug": slug, "number": number, "position": 1, "release": 1, "code": "M1"}
                said |= {"language": "en", "question": "direction_asked", "file": "figures.csv"}
                if path.startswith("/go/"):
                    said["code"] = FORM
                named = {**said, "pk": shown, "token": shown, "id": f"{{{one}}}"}
                real = {**said, "pk": value, "token": value, "id": world.ids[one]}
                yield _filling(path, named), _filling(path, real), name


def _filling(path: str, said: dict[str, object]) -> str:
    return HOLE.sub(lambda hole: str(said[hole[1]]), path)


def _ids(world: World, path: str, holes: list[str]) -> list[tuple[str, object]]:
    if "token" in holes:
        return [("{stop}", world.ids["stop"]) if path.startswith("/stop") else ("{wrong}", "wrong")]
    if "pk" not in holes:
        return [("", "")]
    if "/import/" in path:
        return [("{import}", world.ids["import"])]
    if "/wanted/" in path:
        return [("{wanted}", world.ids["wanted"])]
    if "/voices/forms/" in path:
        return [("{form}", world.ids["form"])]
    if "/voices/" in path:
        return [("{result}", world.ids["result"])]
    if "/said-and-done/" in path:
        return [("{said}", world.ids["said"])]
    if path.startswith("/c/"):
        return [(f"{{{who}}}", seat.pk) for who, seat in world.seats.items()]
    return [("{1}", 1)]
