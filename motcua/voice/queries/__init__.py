"""Reads of what people say."""

from motcua.voice.queries.addressees import Addressee, Addressees, addressees, find_addressees
from motcua.voice.queries.assessing import written_assessment
from motcua.voice.queries.assessment_drafts import (
    DraftEntry,
    DraftLine,
    DraftView,
    draft_for,
    drafts_for,
    may_record,
    recordable_agencies,
    repeatable,
)
from motcua.voice.queries.assessments import (
    AdviceView,
    AssessmentItem,
    AssessmentView,
    assessment,
    assessments,
)
from motcua.voice.queries.attachments import (
    AttachmentView,
    HeldAttachment,
    attachment_seen,
    held_attachments,
)
from motcua.voice.queries.complaints import ComplaintView, complaint_for, complaints_at, complaints_of
from motcua.voice.queries.counting import PetitionFacts, petition_facts
from motcua.voice.queries.indices import (
    PapiPoint,
    PapiSubject,
    PapiYear,
    papi,
    papi_provinces,
    papi_subject,
    papi_years,
)
from motcua.voice.queries.petitions import (
    PetitionItem,
    PetitionView,
    petition_for,
    petitions_at,
    petitions_of,
    published_petitions,
)
from motcua.voice.queries.proposals import ProposalItem, proposals
from motcua.voice.queries.ratings import (
    Asked,
    RatingView,
    asked_by_link,
    asked_of,
    rating_of,
    unhappy_at,
    unhappy_codes,
)
from motcua.voice.queries.waiting import Waiting, WaitingAt, waiting_below

__all__ = [
    "Addressee",
    "Addressees",
    "AdviceView",
    "Asked",
    "AssessmentItem",
    "AssessmentView",
    "AttachmentView",
    "ComplaintView",
    "DraftEntry",
    "DraftLine",
    "DraftView",
    "HeldAttachment",
    "PapiPoint",
    "PapiSubject",
    "PapiYear",
    "PetitionFacts",
    "PetitionItem",
    "PetitionView",
    "ProposalItem",
    "RatingView",
    "Waiting",
    "WaitingAt",
    "addressees",
    "asked_by_link",
    "asked_of",
    "assessment",
    "assessments",
    "attachment_seen",
    "complaint_for",
    "complaints_at",
    "complaints_of",
    "draft_for",
    "drafts_for",
    "find_addressees",
    "held_attachments",
    "may_record",
    "papi",
    "papi_provinces",
    "papi_subject",
    "papi_years",
    "petition_facts",
    "petition_for",
    "petitions_at",
    "petitions_of",
    "proposals",
    "published_petitions",
    "rating_of",
    "recordable_agencies",
    "repeatable",
    "unhappy_at",
    "unhappy_codes",
    "waiting_below",
    "written_assessment",
]
