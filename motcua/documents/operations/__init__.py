"""What changes papers and documents. The noun that asks (dossiers) tells the log: see README.md."""

from motcua.documents.operations.issuing import (
    AlreadyRevoked,
    Issued,
    issue,
    render_draft,
    render_form,
    replace,
    revoke,
)
from motcua.documents.operations.scanning import ScanCounts, scan_due
from motcua.documents.operations.slips import close_slip, issue_slip, make_slips_due, set_slip, slip_file
from motcua.documents.operations.storing import forget_papers, store_paper
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
    "close_slip",
    "drop_upload",
    "forget_papers",
    "forget_stale_uploads",
    "issue",
    "issue_slip",
    "make_slips_due",
    "render_draft",
    "render_form",
    "replace",
    "revoke",
    "scan_due",
    "set_slip",
    "slip_file",
    "store_paper",
]
