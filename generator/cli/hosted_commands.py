"""The commands of many workspaces on many machines: `seuranta hosted …`, `seuranta worker`, `seuranta ring`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from generator.cli.options import LangOption
from generator.domain.base.language import Language
from generator.domain.base.rule import N_
from generator.errors import UsageError

hosted_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Many workspaces in one PostgreSQL database (docs/hosted.md)."
)

KeyArgument = Annotated[str, typer.Argument(metavar="KEY", help="The workspace's key, such as koivulahti.")]
FolderArgument = Annotated[Path, typer.Argument(metavar="DIR", help="The workspace's folder.")]

_QUEUE = "saves, rounds or pdfs; may be repeated (default: all three)."
_PROCESSES = "How many rounds and PDFs at once (default: 1)."
_HEALTH_PORT = "Port of a health page on this machine, which answers 200 while all processes live."


@hosted_app.command("init")
def hosted_init(lang: LangOption = None) -> None:
    """Create or upgrade the tables, queues and roles in the database; run it as the database's owner."""
    from generator.hosted.registry import open_registry
    from generator.i18n.words import Words

    with open_registry() as registry:
        steps = registry.prepare()
    words = Words(lang or Language.FINNISH)
    typer.echo(words(N_("The database is ready.")) if steps else words(N_("The database was ready already.")))


@hosted_app.command("add")
def hosted_add(key: KeyArgument, folder: FolderArgument, lang: LangOption = None) -> None:
    """Add a workspace: its state goes into the database, and its settings name the database from then on."""
    from generator.hosted.exchange import add_workspace
    from generator.hosted.registry import HostedWorkspace
    from generator.i18n.words import Words

    workspace = HostedWorkspace(key, Path(os.path.normpath(folder.absolute())))  # it is compared with others
    count = add_workspace(workspace)
    words = Words(lang or Language.FINNISH)
    typer.echo(words(_ADDED, key=key, folder=workspace.root))
    typer.echo(words(_LINES, count=count))


@hosted_app.command("list")
def hosted_list(lang: LangOption = None) -> None:
    """List the workspaces: key, folder, jobs that wait, and jobs that failed in the last week."""
    from generator.hosted.registry import open_registry
    from generator.i18n.words import Words

    words = Words(lang or Language.FINNISH)
    with open_registry() as registry:
        for workspace, jobs in registry.with_jobs():
            told = words(_JOBS, waiting=jobs.waiting, failed=jobs.failed)
            typer.echo(f"{workspace.key}\t{workspace.root}\t{told}")


@hosted_app.command("import")
def hosted_import(
    key: KeyArgument,
    state: Annotated[Path, typer.Argument(metavar="STATE", help="The state folder to copy, such as DIR/.seuranta.")],
    lang: LangOption = None,
) -> None:
    """Copy a state folder into the database, where the workspace has no state yet or an older one of the same."""
    from generator.hosted.exchange import import_state
    from generator.hosted.registry import open_registry
    from generator.i18n.words import Words

    with open_registry() as registry:
        workspace = registry.find(key)
    count = import_state(workspace.root, state.absolute(), key)
    typer.echo(Words(lang or Language.FINNISH)(_LINES, count=count))


@hosted_app.command("export")
def hosted_export(
    key: KeyArgument,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="STATE", help="Only copy the state, to this new folder; the settings do not change."
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Copy a workspace's state from the database to its folder .seuranta, and change its settings to name it."""
    from generator.hosted.exchange import copy_to_folder, move_to_folder
    from generator.hosted.registry import open_registry
    from generator.i18n.words import Words

    with open_registry() as registry:
        workspace = registry.find(key)
    count = copy_to_folder(key, out.absolute()) if out else move_to_folder(workspace.root, key)
    typer.echo(Words(lang or Language.FINNISH)(_LINES, count=count))


def worker(
    queue: Annotated[
        list[str] | None, typer.Option("--queue", envvar="SEURANTA_QUEUE", metavar="NAME", help=_QUEUE)
    ] = None,
    processes: Annotated[
        int | None,
        typer.Option("--processes", envvar="SEURANTA_PROCESSES", metavar="NUMBER", min=1, help=_PROCESSES),
    ] = None,
    health_port: Annotated[
        int | None,
        typer.Option(
            "--health-port", envvar="SEURANTA_HEALTH_PORT", metavar="PORT", min=1, max=65535, help=_HEALTH_PORT
        ),
    ] = None,
) -> None:
    """Do the jobs of all workspaces until it is stopped. Options override the machine's settings file."""
    from generator.hosted.jobs import QUEUES
    from generator.hosted.logs import start_log
    from generator.hosted.worker import WorkerSettings, work
    from generator.store.postgres.machine_settings import machine_settings

    usual = machine_settings().worker
    queues = tuple(queue or usual.queues or QUEUES)
    unknown = sorted({*queues} - {*QUEUES})
    if unknown:
        raise UsageError(_NO_QUEUE, _THESE, name=unknown[0], known=", ".join(QUEUES))
    start_log()
    work(WorkerSettings(queues, processes or usual.processes, health_port or usual.health_port))


def ring() -> None:
    """Watch the folders of all workspaces, and add jobs to the queues where something changes, until it is stopped."""
    from queue import SimpleQueue

    from generator.hosted.logs import start_log
    from generator.hosted.rings import watch_and_ring

    start_log()
    watch_and_ring(SimpleQueue())


_ADDED = N_("The state of {key} is in the database from now on: {folder}")
_LINES = N_("Lines of the journal copied: {count}")
_JOBS = N_("jobs waiting: {waiting}, failed: {failed}")
_NO_QUEUE = N_("There is no queue {name}.")
_THESE = N_("The queues are: {known}")
