"""Commands of users: `run.py user` in the shell of the hub's machine, for an owner who is locked out."""

import click

from hub.process.command_line import admin_key_of, refuse, settings_of
from hub.process.user_cli import ShellError, UserShell


@click.group()
@click.option("--url", default="http://127.0.0.1:8888", show_default=True, help="The hub, which must be running.")
@click.option("--admin-key", help="Its administrator's key; by default the one in <data>/admin-key.")
@click.option("--data", help="The hub's data folder.  [default: data]")
@click.pass_context
def user(ctx: click.Context, url: str, admin_key: str | None, data: str | None) -> None:
    """List, add and mend users: for the shell of the hub's machine, and an owner who is locked out."""
    key = admin_key_of(settings_of({"admin_key": admin_key, "data": data}))
    try:
        ctx.obj = UserShell(url, key)
    except ShellError as error:
        refuse(error, code=2)


@user.command("list")
@click.pass_obj
def list_users(shell: UserShell) -> None:
    """List the users with their roles, for which events, and what else is set for them."""
    try:
        for line in shell.lines():
            click.echo(line)
    except ShellError as error:
        refuse(error, code=1)


@user.command("add")
@click.argument("username")
@click.option("--role", type=click.Choice(["owner", "organiser", "viewer", "staff"]), required=True)
@click.option(
    "--event",
    "events",
    multiple=True,
    metavar="EVENT=ROLE",
    help="Of staff: an event, by its id or name, and the role for it (organiser, box_office, door_lead, viewer).",
)
@click.option("--email", help="Their mail address.")
@click.option("--must-change", is_flag=True, help="They choose a password of their own at the first login.")
@click.pass_obj
def add_user(
    shell: UserShell, username: str, role: str, events: tuple[str, ...], email: str | None, must_change: bool
) -> None:
    """Add a user; the password is asked for."""
    try:
        roles = shell.event_roles(events)
        shell.add(username, _ask_for_password(), role, roles, email, must_change=must_change)
    except ShellError as error:
        refuse(error, code=1)


@user.command("password")
@click.argument("username")
@click.option("--must-change", is_flag=True, help="They choose a password of their own at the next login.")
@click.pass_obj
def set_password(shell: UserShell, username: str, must_change: bool) -> None:
    """Give a user another password, which ends their logins; a disabled one is let in again."""
    try:
        shell.set_password(username, _ask_for_password(), must_change=must_change)
    except ShellError as error:
        refuse(error, code=1)


@user.command("email")
@click.argument("username")
@click.argument("address")
@click.pass_obj
def set_email(shell: UserShell, username: str, address: str) -> None:
    """Give a user a mail address, which they then confirm ("" removes it); their logins end."""
    try:
        shell.set_email(username, address)
    except ShellError as error:
        refuse(error, code=1)


@user.command("reset-second-factor")
@click.argument("username")
@click.pass_obj
def reset_second_factor(shell: UserShell, username: str) -> None:
    """Turn a user's second factor off, who lost phone and recovery codes; their logins end."""
    try:
        shell.reset_second_factor(username)
    except ShellError as error:
        refuse(error, code=1)


def _ask_for_password() -> str:
    """Prompt twice for a new password: as an option, everybody on the machine would see it."""
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password
