"""Files with what people say: how many, and why one is not taken along; kinds and sizes are papers'."""

from motcua.core.refusals import Refusal
from motcua.core.texts import Text

MOST_FILES = 5  # at a time: with a petition or complaint, and again with each answer to a question


class TooManyFiles(Refusal):
    """More files than go with one sending."""

    code = "too_many_files"
    cause = Text("Chỉ gửi kèm được {most} tệp.", "At most {most} files can go with it.")
    next_step = Text("Bỏ bớt một tệp rồi thêm tệp khác.", "Take one out before you add another.")
    status = 422

    def __init__(self) -> None:
        super().__init__(most=MOST_FILES)


class AttachmentGone(Refusal):
    """The file was sent with something else already, is somebody else's, or waited for too long."""

    code = "attachment_gone"
    cause = Text("Một tệp gửi kèm không còn nữa.", "One of the files is no longer there.")
    next_step = Text("Chọn lại tệp đó.", "Choose that file again.")
    status = 422
