from importlib import import_module

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "motcua.agencies"
    label = "agencies"

    def ready(self) -> None:
        import_module("motcua.agencies.access")
