"""Everything that can be done to a dossier. Each verb is one transaction that ends with its event."""

from motcua.dossiers.operations.cloning import clone
from motcua.dossiers.operations.consulting import answer_consultation, consult, pass_by_silence, remind
from motcua.dossiers.operations.contact import change_contact
from motcua.dossiers.operations.correcting import correct_slip
from motcua.dossiers.operations.counter import CounterOutcome, file_at_counter, meet
from motcua.dossiers.operations.deciding import (
    apologise,
    decline,
    return_result,
    revoke_result,
    sign,
    stop,
    withdraw,
)
from motcua.dossiers.operations.dispatch import act, act_as_seen
from motcua.dossiers.operations.drafts import (
    attach_paper,
    choose_agency,
    delete_draft,
    detach_paper,
    save_page,
    start_draft,
    submit_draft,
)
from motcua.dossiers.operations.fees import take_fee
from motcua.dossiers.operations.handed_in import AnswersRefused
from motcua.dossiers.operations.handing_over import hand_over
from motcua.dossiers.operations.handling import (
    agree_by_silence,
    assign,
    complete_step,
    confirm_draft,
    deliver_draft,
    reject_draft,
)
from motcua.dossiers.operations.intake import add_paper, receive, refuse, request_supplement, supplement
from motcua.dossiers.operations.many import OneDone, act_on_many
from motcua.dossiers.operations.papers import add_paper_files, supplement_with_files, upload_paper
from motcua.dossiers.operations.recording import Line, RecordCounts, import_dossiers, keep_records
from motcua.dossiers.operations.routing import transfer
from motcua.dossiers.operations.slip_files import filed_pdf, slip_pdf
from motcua.dossiers.operations.submitting import Receipt, submit

__all__ = [
    "AnswersRefused",
    "CounterOutcome",
    "Line",
    "OneDone",
    "Receipt",
    "RecordCounts",
    "act",
    "act_as_seen",
    "act_on_many",
    "add_paper",
    "add_paper_files",
    "agree_by_silence",
    "answer_consultation",
    "apologise",
    "assign",
    "attach_paper",
    "change_contact",
    "choose_agency",
    "clone",
    "complete_step",
    "confirm_draft",
    "consult",
    "correct_slip",
    "decline",
    "delete_draft",
    "deliver_draft",
    "detach_paper",
    "file_at_counter",
    "filed_pdf",
    "hand_over",
    "import_dossiers",
    "keep_records",
    "meet",
    "pass_by_silence",
    "receive",
    "refuse",
    "reject_draft",
    "remind",
    "request_supplement",
    "return_result",
    "revoke_result",
    "save_page",
    "sign",
    "slip_pdf",
    "start_draft",
    "stop",
    "submit",
    "submit_draft",
    "supplement",
    "supplement_with_files",
    "take_fee",
    "transfer",
    "upload_paper",
    "withdraw",
]
