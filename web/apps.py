import sqlite3

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


class WebConfig(AppConfig):
    name = "web"

    def ready(self) -> None:
        connection_created.connect(_as_many_as_it_takes, dispatch_uid="web")


def _as_many_as_it_takes(*, connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Django writes to SQLite by 999 values at a time, as SQLite could long ago; this one says itself how many."""
    if connection.vendor == "sqlite":
        most = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        connection.features.max_query_params = most
