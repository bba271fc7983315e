"""Who may do what: a role for everybody with the address, members, links that invite, and sessions that were ended.

Projects that are there stay open to whoever has their address; who created one owns it, but nobody owns the example.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    def project() -> sa.ForeignKey:
        return sa.ForeignKey("project.id", ondelete="CASCADE")

    op.add_column("project", sa.Column("everyone", sa.String(16), nullable=False, server_default="editor"))
    op.create_table(
        "member",
        sa.Column("project_id", sa.String(64), project(), primary_key=True),
        sa.Column("person_id", sa.String(64), primary_key=True),
        sa.Column("round_id", sa.String(128), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("given_by", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "invitation",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("project_id", sa.String(64), project(), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("round_id", sa.String(128), nullable=False),
        sa.Column("created_by", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "ended_session",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.execute(
        sa.text(
            "INSERT INTO member (project_id, person_id, round_id, role, given_by, at) "
            "SELECT id, created_by, '', 'owner', created_by, created_at FROM project WHERE NOT demo"
        )
    )


def downgrade() -> None:
    raise NotImplementedError("Groundwork's tables can't be taken back to an older form: restore a backup made before the upgrade.")
