"""The drawings of `web.charts`, for templates."""

from django import template

from web import charts

register = template.Library()

for name in (
    "bars",
    "board",
    "code_to_scan",
    "counted",
    "dumbbells",
    "gap_dumbbell",
    "heat",
    "icon",
    "key",
    "lines",
    "mark",
    "marks",
    "multiple",
    "scale",
    "seat_map",
    "steps",
    "strip",
):
    register.simple_tag(getattr(charts, name), name=name)
