"""``motcua verify-code``."""

import json
from pathlib import Path

import click


@click.command("verify-code")
@click.argument("text")
@click.option(
    "--keys",
    "keys_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Keys of the issuing site, as it publishes them at /verify/keys.json; else this site's own.",
)
def verify_code(text: str, keys_file: Path | None) -> None:
    """Check TEXT, all that the QR code of a document holds; asks neither network nor database.

    Prints what the document must say. Exit code 1 when the code is not genuine. Whether a genuine
    document has been revoked since, only its address tells.
    """
    from motcua.cli import fail
    from motcua.documents.queries import read_code

    read = read_code(text, keys=_keys(keys_file) if keys_file else None)
    if read.state == "other_key":
        fail(f"the code is signed with key {read.key}, which is not at hand.", "Get the keys of its site.")
    if read.state == "changed":
        fail("the code has been changed, or was never issued.", "Do not rely on the document.")
    if read.lines is None:
        fail("this text holds no signed code.", "Give the whole text of the QR code, in quotes.")
    lines = read.lines
    click.echo("genuine" + (" (TRIAL, OF NO LEGAL VALUE)" if lines.trial else ""))
    click.echo(f"  number:      {lines.number}\n  document:    {lines.title}\n  issued by:   {lines.agency}")
    click.echo(f"  issued on:   {lines.issued_on}\n  valid until: {lines.valid_until_on or 'no end'}")
    click.echo(f"  revoked?     ask {text.partition('#')[0]}")


def _keys(file: Path) -> dict[str, str]:
    """The published keys by name. Raises click.BadParameter for any other file."""
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))["keys"]
        return {str(row["id"]): str(row["public_key"]) for row in rows}
    except (ValueError, KeyError, TypeError) as error:
        raise click.BadParameter(f"{file} is not what a site publishes at /verify/keys.json") from error
