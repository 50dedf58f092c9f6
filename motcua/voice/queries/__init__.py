"""Reads of what people say."""

from motcua.voice.queries.indices import PapiYear, papi, papi_years

__all__ = ["PapiYear", "papi", "papi_years"]
