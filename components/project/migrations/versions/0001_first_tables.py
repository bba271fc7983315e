"""Records and their history, projects, people and who is where, long work."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    def project() -> sa.ForeignKey:
        return sa.ForeignKey("project.id", ondelete="CASCADE")

    op.create_table(
        "project",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("created_by", sa.String(64), nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("unlisted", sa.Boolean, nullable=False),
        sa.Column("expires_at", sa.DateTime),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.Column("deleted", sa.Boolean, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
    )
    op.create_table(
        "record",
        sa.Column("project_id", sa.String(64), project(), primary_key=True),
        sa.Column("kind", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(128), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("updated_by", sa.String(64), nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
    )
    op.create_table(
        "history",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("project_id", sa.String(64), project(), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("record_id", sa.String(128), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("before", sa.JSON),
        sa.Column("after", sa.JSON),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_index("history_of_project", "history", ["project_id", "seq"])
    op.create_index("history_of_record", "history", ["project_id", "kind", "record_id"])
    op.create_table("person", sa.Column("id", sa.String(64), primary_key=True), sa.Column("name", sa.Text, nullable=False))
    op.create_table(
        "presence",
        sa.Column("project_id", sa.String(64), project(), primary_key=True),
        sa.Column("person_id", sa.String(64), primary_key=True),
        sa.Column("screen", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("project_id", sa.String(64), project(), nullable=False),
        sa.Column("task", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("params", sa.JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("share", sa.Float, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("submitted_by", sa.String(64), nullable=False),
        sa.Column("submitted_at", sa.DateTime, nullable=False),
        sa.Column("started_at", sa.DateTime),
        sa.Column("finished_at", sa.DateTime),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("result", sa.JSON, nullable=False),
        sa.Column("server", sa.String(64), nullable=False),
    )
    op.create_index("jobs_of_project", "job", ["project_id", "submitted_at"])


def downgrade() -> None:
    raise NotImplementedError("Groundwork's tables can't be taken back to an older form: restore a backup made before the upgrade.")
