"""``motcua calendar``: the working calendar."""

from datetime import date, datetime

import click

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def calendar() -> None:
    """Fix years of the working calendar; set single days."""


@calendar.command()
@click.argument("years", nargs=-1, required=True, type=click.IntRange(2000, 2100))
def freeze(years: tuple[int, ...]) -> None:
    """Fix the national calendar of YEARS as rows; a year that is fixed stays as it is."""
    from motcua.agencies.operations import freeze_year
    from motcua.cli import now
    from motcua.core.actor import SYSTEM

    for year in years:
        new = freeze_year(year=year, actor=SYSTEM, now=now())
        click.echo(f"{year}: {'fixed' if new else 'was fixed already, unchanged'}")


@calendar.command("set")
@click.argument("day", type=DAY)
@click.argument("hours")
@click.option("--reason", required=True, help="Why this day differs; shown to people.")
@click.option("--agency", default=None, help="Identifier; without it the day is set for all agencies.")
def set_hours(day: datetime, hours: str, reason: str, agency: str | None) -> None:
    """Set the HOURS of one DAY, such as "07:30-11:30 13:30-17:30"; "closed" closes it."""
    from motcua.agencies.operations import set_day
    from motcua.cli import now
    from motcua.core.actor import SYSTEM

    on: date = day.date()
    text = "" if hours == "closed" else hours
    set_day(on=on, open_hours=text, reason=reason, agency=agency, actor=SYSTEM, now=now())
    click.echo(f"{on}: {text or 'closed'} ({agency or 'all agencies'})")


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@calendar.command("weekly")
@click.argument("weekday", type=click.Choice(WEEKDAYS))
@click.argument("hours")
@click.argument("years", nargs=-1, required=True, type=click.IntRange(2000, 2100))
@click.option("--agency", required=True, help="Identifier; agencies below it are open then as well.")
@click.option("--reason", required=True, help="Why these days differ; shown to people.")
def set_weekly(weekday: str, hours: str, years: tuple[int, ...], agency: str, reason: str) -> None:
    """Set the HOURS of one WEEKDAY all through YEARS, such as saturday "07:30-11:30" 2026.

    Holidays and days that were set before stay as they are.
    """
    from motcua.agencies.operations import set_weekday
    from motcua.cli import now
    from motcua.core.actor import SYSTEM

    number, text = WEEKDAYS.index(weekday), "" if hours == "closed" else hours
    for year in years:
        count = set_weekday(
            year=year, weekday=number, open_hours=text, reason=reason, agency=agency, actor=SYSTEM, now=now()
        )
        click.echo(f"{year}: {count} days set ({agency})")
