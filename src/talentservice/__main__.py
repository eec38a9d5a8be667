"""``python -m talentservice``: the command line."""

import sys

from talentservice.errors import MissingExtra


def main() -> None:
    """Run the command line; without its packages say which extra brings them."""
    try:
        import rich
        import typer

        del rich, typer
    except ImportError as error:
        missing = MissingExtra(str(error.name), "cli")
        print(f"{missing.en}\n{missing.zh}", file=sys.stderr)  # noqa: T201  # no console without its packages
        sys.exit(2)
    from talentservice.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
