"""Reads of what people say."""

from motcua.voice.queries.indices import (
    PapiPoint,
    PapiSubject,
    PapiYear,
    papi,
    papi_subject,
    papi_years,
)

__all__ = ["PapiPoint", "PapiSubject", "PapiYear", "papi", "papi_subject", "papi_years"]
