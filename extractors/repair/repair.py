"""Placeholder until the repair engine lands: nothing is repaired."""

from extractors.pages import Document
from extractors.repair.plan import TextRepair


def repair(document: Document) -> tuple[Document, tuple[TextRepair, ...]]:
    """No line is repaired yet."""
    return document, ()
