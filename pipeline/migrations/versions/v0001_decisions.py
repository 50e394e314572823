"""Runs, findings seen in them, and what auditors decided (首个版本)."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables and their indexes."""
    op.create_table(
        "runs",
        sa.Column("run", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.Column("findings", sa.Integer, nullable=False),
    )
    op.create_table(
        "finding_history",
        sa.Column("finding_id", sa.Text, primary_key=True),
        sa.Column("finding_key", sa.Text, nullable=False),
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("reported", sa.Text),
        sa.Column("expected", sa.Text),
        sa.Column("first_run", sa.Integer, nullable=False),
        sa.Column("last_run", sa.Integer, nullable=False),
    )
    op.create_table(
        "decisions",
        sa.Column("decision_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("finding_id", sa.Text, nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False, server_default=""),
        sa.Column("decided_by", sa.Text, nullable=False, server_default=""),
        sa.Column("decided_on", sa.Text, nullable=False, server_default=""),
        sa.Column("carried_from", sa.Text),
    )
    op.create_index("ix_finding_history_key", "finding_history", ["finding_key"])
    op.create_index("ix_finding_history_last_run", "finding_history", ["last_run"])
    op.create_index("ix_decisions_finding_id", "decisions", ["finding_id"])


def downgrade() -> None:
    """Remove them, decisions included."""
    for table in ("decisions", "finding_history", "runs"):
        op.drop_table(table)
