"""Who takes part in a round, and what they voted: apart from the records, because nobody may read it before the round is revealed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    def project() -> sa.ForeignKey:
        return sa.ForeignKey("project.id", ondelete="CASCADE")

    op.create_table(
        "ballot",
        sa.Column("project_id", sa.String(64), project(), primary_key=True),
        sa.Column("round_id", sa.String(128), primary_key=True),
        sa.Column("voter", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.Column("entered_by", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "vote",
        sa.Column("project_id", sa.String(64), project(), primary_key=True),
        sa.Column("round_id", sa.String(128), primary_key=True),
        sa.Column("voter", sa.String(64), primary_key=True),
        sa.Column("card", sa.String(128), primary_key=True),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("Groundwork's tables can't be taken back to an older form: restore a backup made before the upgrade.")
