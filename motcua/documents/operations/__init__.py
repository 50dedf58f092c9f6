"""What changes papers and documents. The noun that asks (dossiers) tells the log: see README.md."""

from motcua.documents.operations.issuing import (
    AlreadyRevoked,
    Issued,
    issue,
    render_draft,
    render_form,
    revoke,
)
from motcua.documents.operations.scanning import ScanCounts, scan_due
from motcua.documents.operations.storing import store_paper
from motcua.documents.operations.uploading import (
    UploadMismatch,
    add_part,
    begin_upload,
    drop_upload,
    forget_stale_uploads,
)

__all__ = [
    "AlreadyRevoked",
    "Issued",
    "ScanCounts",
    "UploadMismatch",
    "add_part",
    "begin_upload",
    "drop_upload",
    "forget_stale_uploads",
    "issue",
    "render_draft",
    "render_form",
    "revoke",
    "scan_due",
    "store_paper",
]
