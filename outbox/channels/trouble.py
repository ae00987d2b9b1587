"""What a channel can say went wrong. The text is kept with the message and shown to leads."""


class NotNow(Exception):
    """This message was put off. Another try may work."""


class LineLost(NotNow):
    """The line broke while this message was on it, so it may have arrived; the next one needs a new line."""


class NoLine(Exception):
    """Nobody took the call, which is no message's fault."""


class Never(Exception):
    """This message was refused for good."""


class BadAddress(Never):
    """And so will be every other one to this address."""
