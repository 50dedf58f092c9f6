"""Names of static files: hashed and compressed once ``collectstatic`` has run, plain before that."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class AssetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """A file that is not in the manifest keeps its plain name; WhiteNoise finds it in the source tree."""

    manifest_strict = False

    def hashed_name(self, name: str, content: object = None, filename: str | None = None) -> str:
        """The hashed name, or the plain one while nothing has been collected."""
        try:
            return str(super().hashed_name(name, content, filename))
        except ValueError:
            return name
