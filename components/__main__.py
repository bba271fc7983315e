"""The same functions from a shell: `python -m components check data.csv`."""

import logging
import os
import sys

import typer

from components.errors import BadInput
from components.shell import data, deployment, modelling, operation, project

app = typer.Typer(
    name="groundwork",
    help="Plan a machine-learning project, and measure every step of the plan.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
COMMANDS = (*data.COMMANDS, *modelling.COMMANDS, *deployment.COMMANDS, *project.COMMANDS, *operation.COMMANDS)
for command in COMMANDS:
    app.command(command.__name__.rstrip("_").replace("_", "-"))(command)


def main() -> None:
    """Run the command line; bad input is one line on standard error and exit code 2."""
    logging.getLogger().addHandler(logging.NullHandler())  # causes are for a server's log: here they would be more than one line
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that spin while they wait make fits many times slower beside other work
    try:
        code = app(sys.argv[1:] or ["--help"], standalone_mode=False)
    except BadInput as error:
        typer.echo(f"groundwork: {' '.join(str(error).split())}", err=True)
        sys.exit(2)
    except typer.TyperException as error:
        typer.echo(f"groundwork: {' '.join(error.format_message().split())}", err=True)
        sys.exit(2)
    sys.exit(code or 0)


if __name__ == "__main__":
    main()
