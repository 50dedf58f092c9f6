"""Changes to what people say, and to outside indices."""

from motcua.voice.operations.assessment_drafts import (
    drop_draft,
    publish_draft,
    remove_entry,
    save_entry,
    save_general,
    start_assessment,
)
from motcua.voice.operations.assessments import (
    Brought,
    answer_recommendation,
    bring_assessment,
    import_assessment,
)
from motcua.voice.operations.attachments import drop_attachment, forget_loose_attachments, hold_attachment
from motcua.voice.operations.complaints import (
    ComplaintFiled,
    file_complaint,
    handle_complaint,
    withdraw_complaint,
)
from motcua.voice.operations.handling import handle_petition
from motcua.voice.operations.indices import IndexCounts, IndexFileRefused, import_papi
from motcua.voice.operations.petitions import (
    PetitionForm,
    PetitionSent,
    answer_question,
    react,
    send_petition,
    withdraw_petition,
)
from motcua.voice.operations.proposals import answer_proposal, propose, vote, withdraw_vote
from motcua.voice.operations.ratings import answer_rating, rate, rate_by_link
from motcua.voice.operations.retention import strip_old_complaints, strip_old_petitions, strip_old_ratings

__all__ = [
    "Brought",
    "ComplaintFiled",
    "IndexCounts",
    "IndexFileRefused",
    "PetitionForm",
    "PetitionSent",
    "answer_proposal",
    "answer_question",
    "answer_rating",
    "answer_recommendation",
    "bring_assessment",
    "drop_attachment",
    "drop_draft",
    "file_complaint",
    "forget_loose_attachments",
    "handle_complaint",
    "handle_petition",
    "hold_attachment",
    "import_assessment",
    "import_papi",
    "propose",
    "publish_draft",
    "rate",
    "rate_by_link",
    "react",
    "remove_entry",
    "save_entry",
    "save_general",
    "send_petition",
    "start_assessment",
    "strip_old_complaints",
    "strip_old_petitions",
    "strip_old_ratings",
    "vote",
    "withdraw_complaint",
    "withdraw_petition",
    "withdraw_vote",
]
