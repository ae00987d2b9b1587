from .answers import Batch, Result, Submission, Voice
from .forms import Form, Kind, Recording, Wording
from .replies import Done, SaidAndDone

__all__ = [
    "Batch",
    "Done",
    "Form",
    "Kind",
    "Recording",
    "Result",
    "SaidAndDone",
    "Submission",
    "Voice",
    "Wording",
]
