"""Expected refusals: the business says no, says why, and says what to do next."""

from motcua.core.texts import Text


class Refusal(Exception):
    """Base of every expected refusal.

    A subclass lives beside the function that raises it and sets ``code`` (stable, snake_case),
    ``cause`` (what happened and why) and ``next_step`` (what the reader can do).
    ``status`` is the HTTP status that the web answers with; business code never reads it.
    """

    code: str = "refused"
    cause: Text = Text("Yêu cầu bị từ chối.", "The request was refused.")
    next_step: Text = Text("", "")
    status: int = 409

    def __init__(self, **values: object) -> None:
        self.values = values
        if values:
            self.cause = self.cause.fill(**values)
            self.next_step = self.next_step.fill(**values)
        super().__init__(f"{self.code}: {self.cause.en}")


class NotFound(Refusal):
    """The thing does not exist, or the actor may not know that it does (answered as 404)."""

    code = "not_found"
    cause = Text("Không tìm thấy.", "Not found.")
    next_step = Text("Kiểm tra lại địa chỉ hoặc mã số.", "Check the address or the code.")
    status = 404
