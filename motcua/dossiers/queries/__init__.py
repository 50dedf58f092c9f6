"""Reads of dossiers; each takes an actor and returns frozen values."""

from motcua.dossiers.queries.book import (
    BookFilter,
    BookLine,
    FollowUpBook,
    book_pdf,
    books_of,
    follow_up_book,
)
from motcua.dossiers.queries.confirming import DraftRule, draft_rule, draft_rule_of
from motcua.dossiers.queries.contact import contact_of
from motcua.dossiers.queries.correcting import correctable_values, draft_values
from motcua.dossiers.queries.counter import CounterForm, CounterService, counter_form, counter_service
from motcua.dossiers.queries.drafting import DraftView, PageState, PaperState, draft, draft_by_resume_code
from motcua.dossiers.queries.expecting import Expected, expected
from motcua.dossiers.queries.facts import (
    DossierFacts,
    all_facts,
    dossier_facts_of,
    facts_of_many,
    handled_here,
)
from motcua.dossiers.queries.files import draft_pdf, paper_seen, result_pdf
from motcua.dossiers.queries.lines import DossierLine, StepNow
from motcua.dossiers.queries.lists import dossiers_of, drafts_of, open_of, track, waiting_for
from motcua.dossiers.queries.matters import Matter, matter_of, own_matter
from motcua.dossiers.queries.noticing import intake_notices
from motcua.dossiers.queries.reading import dossier_for
from motcua.dossiers.queries.records import (
    RecordFacts,
    all_record_facts,
    batch_facts,
    record_sources,
    records_of_procedures,
)
from motcua.dossiers.queries.slip_forms import supplement_reasons
from motcua.dossiers.queries.slip_views import SlipView
from motcua.dossiers.queries.suspects import decided_before_filed, filed_from, origin_days, self_filed
from motcua.dossiers.queries.views import (
    ActionOffer,
    DossierItem,
    DossierView,
    TrackView,
)
from motcua.dossiers.queries.whole import (
    WHOLE_LANES,
    Found,
    Whole,
    find_dossiers,
    named,
    place_of,
    whole_agency,
    whole_beside,
)
from motcua.dossiers.queries.work_views import Worklist, WorklistItem
from motcua.dossiers.queries.working import (
    Narrowing,
    beside_work,
    chosen_work,
    next_work,
    whose_work,
    work_place,
    worklist,
)

__all__ = [
    "WHOLE_LANES",
    "ActionOffer",
    "BookFilter",
    "BookLine",
    "CounterForm",
    "CounterService",
    "DossierFacts",
    "DossierItem",
    "DossierLine",
    "DossierView",
    "DraftRule",
    "DraftView",
    "Expected",
    "FollowUpBook",
    "Found",
    "Matter",
    "Narrowing",
    "PageState",
    "PaperState",
    "RecordFacts",
    "SlipView",
    "StepNow",
    "TrackView",
    "Whole",
    "Worklist",
    "WorklistItem",
    "all_facts",
    "all_record_facts",
    "batch_facts",
    "beside_work",
    "book_pdf",
    "books_of",
    "chosen_work",
    "contact_of",
    "correctable_values",
    "counter_form",
    "counter_service",
    "decided_before_filed",
    "dossier_facts_of",
    "dossier_for",
    "dossiers_of",
    "draft",
    "draft_by_resume_code",
    "draft_pdf",
    "draft_rule",
    "draft_rule_of",
    "draft_values",
    "drafts_of",
    "expected",
    "facts_of_many",
    "filed_from",
    "find_dossiers",
    "follow_up_book",
    "handled_here",
    "intake_notices",
    "matter_of",
    "named",
    "next_work",
    "open_of",
    "origin_days",
    "own_matter",
    "paper_seen",
    "place_of",
    "record_sources",
    "records_of_procedures",
    "result_pdf",
    "self_filed",
    "supplement_reasons",
    "track",
    "waiting_for",
    "whole_agency",
    "whole_beside",
    "whose_work",
    "work_place",
    "worklist",
]
