"""``python -m motcua.cli``: the command line without an installed script."""

from motcua.cli import main

main()
