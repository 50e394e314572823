"""What stops one document: one exception type, each instance saying the remedy."""

from functools import partial


class DocumentRefused(Exception):  # noqa: N818 - a refusal is an answer, not a programming error
    """A file that is not read: by its nature (`refused`) or because reading broke down (`failed`).

    code: stable, kebab-case, for the ledger and for programs.
    message: Chinese, one sentence: what is wrong and what the reader can do about it.
    """

    def __init__(self, code: str, message: str, *, failed: bool = False) -> None:
        super().__init__(code, message, failed)
        self.code = code
        self.message = message
        self.failed = failed

    def __reduce__(self) -> tuple[object, ...]:
        # Crosses from worker to parent; by default it would be built again with `failed` as a third position.
        return partial(type(self), failed=self.failed), (self.code, self.message)

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
