"""What people say: satisfaction, petitions, complaints, proposals, outside indices."""

from motcua.voice.models.assessments import Assessment, AssessmentDraft, Recommendation
from motcua.voice.models.attachments import Attachment
from motcua.voice.models.indices import IndexScore
from motcua.voice.models.petitions import Petition, Reaction
from motcua.voice.models.saying import Complaint, Proposal, ProposalVote, Rating

__all__ = [
    "Assessment",
    "AssessmentDraft",
    "Attachment",
    "Complaint",
    "IndexScore",
    "Petition",
    "Proposal",
    "ProposalVote",
    "Rating",
    "Reaction",
    "Recommendation",
]
