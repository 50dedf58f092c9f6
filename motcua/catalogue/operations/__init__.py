"""Changes of the catalogue: import of national records, publishing and closing of packs, services, stubs."""

<<<<<<< HEAD
from motcua.catalogue.operations.closing import close_service
=======
from motcua.catalogue.operations.declaring import import_levels
>>>>>>> 1353e79 (Import declared levels and targets, and count full and partial shares)
from motcua.catalogue.operations.importing import ImportCounts, import_procedures
from motcua.catalogue.operations.publishing import PackRefused, publish_pack
from motcua.catalogue.operations.services import ensure_stub, offer

__all__ = [
    "ImportCounts",
    "PackRefused",
<<<<<<< HEAD
    "close_service",
    "ensure_stub",
=======
    "ensure_stub",
    "import_levels",
>>>>>>> 1353e79 (Import declared levels and targets, and count full and partial shares)
    "import_procedures",
    "offer",
    "publish_pack",
]
