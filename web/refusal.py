"""A rule said no. The sentence is for the person, in their language, and says what to do."""


class Refused(Exception):
    def __init__(self, sentence: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class Conflict(Refused):
    """Somebody else was first; `winner` is what they wrote."""

    def __init__(self, sentence: object, winner: object) -> None:
        super().__init__(sentence)
        self.winner = winner
