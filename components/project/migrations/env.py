"""Alembic's way in: migrations run in the transaction that the store has opened."""

from alembic import context

from components.project.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
