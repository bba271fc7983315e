"""The tables: records and their history, votes, projects, people with their roles, long work and the servers that run it."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

REVISION = "0004"
"""The newest migration; a database that is there already needs no look at the scripts."""


class Moment(sa.TypeDecorator[datetime]):
    """A point in time, kept in UTC and read with its zone on every database."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Store the time in UTC."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Read the time with its zone."""
        return None if value is None else value.replace(tzinfo=UTC)


metadata = sa.MetaData()

project = sa.Table(
    "project",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("created_by", sa.String(64), nullable=False),
    sa.Column("changed_at", Moment, nullable=False),
    sa.Column("unlisted", sa.Boolean, nullable=False, default=False),
    sa.Column("expires_at", Moment),
    sa.Column("demo", sa.Boolean, nullable=False, default=False),
    sa.Column("deleted", sa.Boolean, nullable=False, default=False),
    sa.Column("seq", sa.Integer, nullable=False, default=0),
    sa.Column("everyone", sa.String(16), nullable=False, server_default="editor"),
)
record = sa.Table(
    "record",
    metadata,
    sa.Column("project_id", sa.String(64), sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("kind", sa.String(64), primary_key=True),
    sa.Column("id", sa.String(128), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("updated_by", sa.String(64), nullable=False),
    sa.Column("updated_at", Moment, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
)
history = sa.Table(
    "history",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("project_id", sa.String(64), sa.ForeignKey("project.id", ondelete="CASCADE"), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(64), nullable=False),
    sa.Column("record_id", sa.String(128), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("before", sa.JSON(none_as_null=True)),
    sa.Column("after", sa.JSON(none_as_null=True)),
    sa.Column("person", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Index("history_of_project", "project_id", "seq"),
    sa.Index("history_of_record", "project_id", "kind", "record_id"),
)
ballot = sa.Table(
    "ballot",
    metadata,
    sa.Column("project_id", sa.String(64), sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("round_id", sa.String(128), primary_key=True),
    sa.Column("voter", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False, default=""),
    sa.Column("done", sa.Boolean, nullable=False, default=False),
    sa.Column("entered_by", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False),
)
vote = sa.Table(
    "vote",
    metadata,
    sa.Column("project_id", sa.String(64), sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("round_id", sa.String(128), primary_key=True),
    sa.Column("voter", sa.String(64), primary_key=True),
    sa.Column("card", sa.String(128), primary_key=True),
    sa.Column("answers", sa.JSON, nullable=False),
    sa.Column("note", sa.Text, nullable=False, default=""),
    sa.Column("at", Moment, nullable=False),
)
person = sa.Table(
    "person",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
)
presence = sa.Table(
    "presence",
    metadata,
    sa.Column("project_id", sa.String(64), sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("person_id", sa.String(64), primary_key=True),
    sa.Column("screen", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
)
job = sa.Table(
    "job",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("project_id", sa.String(64), sa.ForeignKey("project.id", ondelete="CASCADE"), nullable=False),
    sa.Column("task", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("params", sa.JSON, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("share", sa.Float, nullable=False, default=0.0),
    sa.Column("message", sa.Text, nullable=False, default=""),
    sa.Column("submitted_by", sa.String(64), nullable=False),
    sa.Column("submitted_at", Moment, nullable=False),
    sa.Column("started_at", Moment),
    sa.Column("finished_at", Moment),
    sa.Column("error", sa.Text, nullable=False, default=""),
    sa.Column("result", sa.JSON, nullable=False),
    sa.Column("server", sa.String(64), nullable=False),
    sa.Index("jobs_of_project", "project_id", "submitted_at"),
    sa.Index("jobs_by_state", "state"),
)
server = sa.Table(
    "server",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("seen_at", Moment, nullable=False),
)
member = sa.Table(
    "member",
    metadata,
    sa.Column("project_id", sa.String(64), sa.ForeignKey("project.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("person_id", sa.String(64), primary_key=True),
    sa.Column("round_id", sa.String(128), primary_key=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("given_by", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False),
)
invitation = sa.Table(
    "invitation",
    metadata,
    sa.Column("token", sa.String(64), primary_key=True),
    sa.Column("project_id", sa.String(64), sa.ForeignKey("project.id", ondelete="CASCADE"), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("round_id", sa.String(128), nullable=False),
    sa.Column("created_by", sa.String(64), nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
)
ended_session = sa.Table(
    "ended_session",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("at", Moment, nullable=False),
)
