"""What a letter costs on top of its text: its HTML, once for each of 100,000 people in one sweep."""

from time import process_time

from outbox.dress import html_of
from outbox.links import absolute
from tests.bench.score_page import a_row
from tests.bench.table import Row

LETTERS, MOST = 20_000, 30
STOP = absolute("/stop/abcdefghijklmnopqrstuvwx/")
TEXT = f"""Hola, Paz Peña:

La ronda de Care Forward Kentucky sigue abierta. Cuéntenos cómo están las cosas de verdad.
Tiene hasta el viernes 5 de marzo, 5:00 p.m.
Toma unos 10 minutos. Puede parar y seguir después.
Nadie allí puede ver cuáles respuestas son suyas.

Abra este enlace y oprima el botón. No necesita contraseña.

    {absolute("/l/")}{"x" * 43}/

El enlace sirve una vez, hasta que cierre la ronda. No lo comparta: abre su cuenta.

Escribimos cuatro veces como máximo en una ronda. Esta es la última vez.
Para parar los recordatorios o hacer una pausa: {STOP}
"""


def rows() -> list[Row]:
    html_of(TEXT, "es", subject="Care Forward Kentucky", stop=STOP)
    began = process_time()
    for _letter in range(LETTERS):
        html_of(TEXT, "es", subject="Care Forward Kentucky", stop=STOP)
    each = (process_time() - began) / LETTERS * 1_000_000
    return [a_row("the HTML of one reminder", each, "microseconds", MOST)]
