"""Writing what people say."""

from motcua.voice.operations.indices import IndexFileRefused, import_papi

__all__ = ["IndexFileRefused", "import_papi"]
