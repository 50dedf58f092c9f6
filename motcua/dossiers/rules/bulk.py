"""What may be done to many dossiers at once."""

MOST_AT_ONCE = 500
LEAST = "*"  # in place of a user name: whoever has least open work
# the kinds of step that each action takes
KINDS: dict[str, tuple[str, ...]] = {
    "receive": ("intake",),
    "assign": ("handle", "sign"),
    "sign": ("sign",),
    "transfer": ("intake", "handle"),
}
