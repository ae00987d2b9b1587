"""A mail server of our own, on the loopback only, that misbehaves when told to.

What it does follows from the local part of the recipient, for as many tries as the second word says:
`ok`, `450`, `550`, `421`, `data450`, `data550`, `stall`, `vanish` (before DATA), `drop` (after DATA), so
`450-2-rosa@example.org` is put off twice and then taken. Without a number it is for ever.
"""

import email
import json
import socketserver
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

AT_RCPT = {"450": "450 4.2.0 {to} is busy", "550": "550 5.1.1 {to} is unknown", "421": "421 closing"}
AT_DATA = {"data450": "450 4.3.0 later", "data550": "550 5.7.1 not this"}


class Server(socketserver.ThreadingTCPServer):
    """What it took is in `taken`, and as lines of JSON in `book`, which outlives its process."""

    allow_reuse_address = daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, *, book: Path | None = None, slow: float = 0, stall: float = 30) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.book, self.slow, self.stall = book, slow, stall
        self.taken: list[dict] = []
        self.tries: Counter[str] = Counter()
        self.lines = 0
        self.lock = threading.Lock()
        self.refuses_senders = False
        self.over = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *exc):
        self.over.set()
        self.shutdown()
        self.server_close()

    def mood(self, to: str) -> str:
        what, _dash, rest = to.partition("@")[0].partition("-")
        times = rest.partition("-")[0]
        with self.lock:
            self.tries[to] += 1
            return "ok" if times.isdigit() and self.tries[to] > int(times) else what

    def take(self, to: str, raw: bytes) -> None:
        mail = email.message_from_bytes(raw)
        seen = {"to": to, "id": mail["Message-ID"], "at": time.time()}
        with self.lock:
            self.taken.append(seen | {"mail": mail, "raw": raw})
            if self.book:
                with self.book.open("a") as book:
                    book.write(json.dumps(seen) + "\n")


class Session(socketserver.StreamRequestHandler):
    server: Server
    disable_nagle_algorithm = True

    def handle(self) -> None:
        with self.server.lock:
            self.server.lines += 1
        with suppress(OSError):
            self.say("220 double")
            while line := self.rfile.readline():
                if self.answer(line.decode("latin-1").strip()) is False:
                    return

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")

    def answer(self, line: str) -> bool | None:
        verb = line[:4].upper()
        if verb == "QUIT":
            self.say("221 bye")
            return False
        if verb == "RCPT":
            return self.recipient(line[line.index("<") + 1 : line.rindex(">")])
        if verb == "DATA":
            return self.body()
        if verb == "MAIL" and self.server.refuses_senders:
            self.say("553 5.7.1 we do not know you")
        else:
            self.say("250 ok")
        return None

    def recipient(self, to: str) -> bool | None:
        self.to, self.mood = to, self.server.mood(to)
        if self.mood == "vanish":
            return False
        if self.mood == "stall":
            self.server.over.wait(self.server.stall)
            return False
        self.say(AT_RCPT.get(self.mood, "250 ok").format(to=to))
        return None if self.mood != "421" else False

    def body(self) -> bool | None:
        self.say("354 go on")
        raw = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            raw += line.removeprefix(b".") if line.startswith(b"..") else line
        if not line:
            return False
        if self.mood in AT_DATA:
            self.say(AT_DATA[self.mood])
            return None
        time.sleep(self.server.slow)
        self.server.take(self.to, raw)
        if self.mood == "drop":
            return False
        self.say("250 taken")
        return None
