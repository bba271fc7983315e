"""Which servers run long work, so that nobody takes the work of a living one for lost."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table("server", sa.Column("id", sa.String(64), primary_key=True), sa.Column("seen_at", sa.DateTime, nullable=False))
    op.create_index("jobs_by_state", "job", ["state"])


def downgrade() -> None:
    raise NotImplementedError("Groundwork's tables can't be taken back to an older form: restore a backup made before the upgrade.")
