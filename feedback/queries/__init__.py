from .heard import Heard as Heard
from .heard import heard as heard
from .published import Published as Published
from .published import published as published
from .published import readers as readers
