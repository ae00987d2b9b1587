from .making import DatesForm as DatesForm
from .making import NewForm as NewForm
from .making import language_name as language_name
from .making import tongues as tongues
from .paper import PaperForm as PaperForm
from .questions import QuestionForm as QuestionForm
from .recording import RecordingForm as RecordingForm
