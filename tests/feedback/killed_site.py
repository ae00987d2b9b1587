"""The site as it is served, with a moment between writing an answer and saying so, so that kills fall in between.

With UNTIED=1 a row is not tied to its visit, as where a form only writes what it is sent: that must double.
"""

import os
import time
import uuid

from config.wsgi import application as application
from feedback.actions import sending
from feedback.views import asking

MOMENT = 0.01  # seconds

_send, _receipt_of = asking.send, sending.receipt_of


def slowly(**all_of_it):
    receipt = _send(**all_of_it)
    time.sleep(MOMENT)
    return receipt


asking.send = slowly
if os.environ.get("UNTIED") == "1":
    sending.receipt_of = lambda _visit: _receipt_of(uuid.uuid4())
