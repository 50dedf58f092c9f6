"""The noun's own data files, and the files that it writes."""

from motcua.monitoring.gateways.data import layouts, schemes, thresholds
from motcua.monitoring.gateways.parquet import FolderTaken, NoAnalytics, write_parquet

__all__ = ["FolderTaken", "NoAnalytics", "layouts", "schemes", "thresholds", "write_parquet"]
