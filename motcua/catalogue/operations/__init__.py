"""Changes of the catalogue: import of national records, publishing and closing of packs, services, stubs."""

from motcua.catalogue.operations.alerting import alert_publications
from motcua.catalogue.operations.closing import close_service
from motcua.catalogue.operations.declaring import declare_levels, import_levels
from motcua.catalogue.operations.importing import ImportCounts, import_procedures
from motcua.catalogue.operations.publishing import PackRefused, publish_pack
from motcua.catalogue.operations.services import ensure_stub, offer
from motcua.catalogue.operations.tracking import import_laws, import_publications

__all__ = [
    "ImportCounts",
    "PackRefused",
    "alert_publications",
    "close_service",
    "declare_levels",
    "ensure_stub",
    "import_laws",
    "import_levels",
    "import_procedures",
    "import_publications",
    "offer",
    "publish_pack",
]
