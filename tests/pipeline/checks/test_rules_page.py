"""The page of rules is generated; a stale one fails."""

from pipeline.checks.registry import CHECKS
from pipeline.checks.rules_page import PAGE, page


def test_page_is_what_the_rules_generate() -> None:
    """Whoever changes a rule writes the page anew: python -m pipeline.checks.rules_page."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_page_lists_every_rule_with_its_examples() -> None:
    """Each rule has a section with its name and the text of its examples."""
    text = page()
    for rule in CHECKS:
        assert f"## {rule.rule}\n**{rule.name}**" in text
        assert rule.disagrees[0].split("；")[0] in text
