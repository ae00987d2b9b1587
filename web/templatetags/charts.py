"""The drawings of `web.charts`, for templates."""

from inspect import isfunction

from django import template

from web import charts

register = template.Library()

for name in charts.__all__:
    drawing = getattr(charts, name)
    if isfunction(drawing):
        register.simple_tag(drawing, name=name)
