"""The door of the command line: which command, and what becomes of mistakes."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

import click

from cytostorm._version import __version__
from cytostorm.cli.console import complain
from cytostorm.errors import CytostormError, did_you_mean

OK, FAULT, BAD_INPUT, IN_PART, INTERRUPTED = 0, 1, 2, 4, 130
"""Exit codes; IN_PART when some patients failed."""
NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC))
DEBUG = "CYTOSTORM_DEBUG"
MADE = 10_000
"""Objects made before Python looks for rubbish among them. Those of a model stay; to look after every 700, as
Python does by itself, takes a tenth of the time of a command."""

COMMANDS = {
    "demo": (
        "cytostorm.cli.demo:demo",
        "Show two cytokine storms, each untreated, treated in time and too late.",
    ),
    "run": ("cytostorm.cli.run:run", "Simulate a scenario and write its report."),
    "screen": (
        "cytostorm.cli.screen:screen",
        "Simulate very many patients and keep summaries only, to be interrupted and resumed.",
    ),
    "timing": (
        "cytostorm.cli.timing:timing",
        "Start a drug earlier and later, and tell who dies.",
    ),
    "atlas": (
        "cytostorm.cli.atlas:atlas",
        "Give every drug after every trigger, to be interrupted and resumed.",
    ),
    "credibility": (
        "cytostorm.cli.credibility:credibility",
        "Hold the models against published results, row by row.",
    ),
    "calibrate": (
        "cytostorm.cli.calibrate:calibrate",
        "Fit numbers of a model to published results, and say what those tell of them.",
    ),
    "grade": (
        "cytostorm.cli.grade:grade",
        "Grade real patients of a hospital's table by published scores.",
    ),
    "list": ("cytostorm.cli.listing:listing", "List mechanisms, what can be run, and what can be read off."),
    "explain": (
        "cytostorm.cli.explain:explain",
        "Explain a mechanism or a number: equations, values, sources.",
    ),
    "why": ("cytostorm.cli.why:why", "Say what made a quantity rise or fall at a time."),
    "wiring": ("cytostorm.cli.why:wiring", "Show who raises and who lowers whom, also as a picture."),
    "score": ("cytostorm.cli.score:score", "Grade one patient by a published score or criterion."),
    "differential": (
        "cytostorm.cli.differential:differential",
        "Say which syndrome findings are consistent with, by cause, and what stays open.",
    ),
    "export": ("cytostorm.cli.export:export", "Write a scenario's model as SBML, for other simulators."),
    "new": ("cytostorm.cli.files:new", "Write a commented scenario to start from."),
    "schema": ("cytostorm.cli.files:schema", "Print the JSON Schema of scenario files, for editors."),
    "doctor": ("cytostorm.cli.doctor:doctor", "Say what is installed and where things are kept."),
}
"""Name of each command, where it lives, and what it does."""
EXAMPLE = """\
\b
Examples:
  cytostorm demo
  cytostorm run endotoxin
  cytostorm explain il6
  cytostorm new my-scenario.toml

For research and education only, never for the care of a patient.
"""


class LazyGroup(click.Group):
    """Commands that are loaded when they are run, not when they are listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names, in the order people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        """Return a command, loaded now."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; name the nearest if there is none."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(
                f"there is no command {args[0]!r}; {did_you_mean(args[0], list(COMMANDS))}", ctx
            )
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    epilog=EXAMPLE,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="cytostorm")
@click.pass_context
def root(ctx: click.Context) -> None:
    """Simulate cytokine storms and their treatment in virtual patients."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(args: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code; mistakes are told, never thrown."""
    gc.set_threshold(MADE)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError, OSError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        code = root.main(
            list(args) if args is not None else None, prog_name="cytostorm", standalone_mode=False
        )
        sys.stdout.flush()
    except click.UsageError as error:
        return _usage(error)
    except (click.Abort, KeyboardInterrupt):
        complain("stopped; nothing more was written")
        return INTERRUPTED
    except click.ClickException as error:
        complain(f"error: {error.format_message()}")
        return BAD_INPUT
    except CytostormError as error:
        text = str(error)
        complain(text if text.startswith("error:") else f"error: {text}")
        return BAD_INPUT
    except BrokenPipeError:
        return _no_reader()
    except OSError as error:
        return _no_room(error) if error.errno in NO_ROOM else _fault(error)
    except Exception as error:  # noqa: BLE001 - the last net: whatever falls here is a fault of ours
        return _fault(error)
    return code if isinstance(code, int) else OK


def _usage(error: click.UsageError) -> int:
    path = error.ctx.command_path if error.ctx is not None else "cytostorm"
    complain(f"error: {error.format_message()}\n  remedy: {path} --help")
    return BAD_INPUT


def _no_reader() -> int:
    """End quietly when whoever read our output has gone."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAULT


def _no_room(error: OSError) -> int:
    """Say that nothing more can be written; what is still in the buffer is given up."""
    _no_reader()
    with suppress(OSError):
        complain(
            f"error: the output cannot be written: {error.strerror}\n"
            "  expected: room for what is printed\n  remedy: free some, or send it elsewhere"
        )
    return BAD_INPUT


def _fault(error: Exception) -> int:
    if os.environ.get(DEBUG):
        import traceback

        complain("".join(traceback.format_exception(error)))
    said = " ".join(str(error).split())[:200]
    complain(
        f"error: cytostorm itself failed: {type(error).__name__}: {said} - please report this, "
        f"with what {DEBUG}=1 in front of the command prints"
    )
    return FAULT
