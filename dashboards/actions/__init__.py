from .archive import Loaded as Loaded
from .archive import load_archive as load_archive
from .closing import close_account as close_account
from .closing import erase_listing as erase_listing
