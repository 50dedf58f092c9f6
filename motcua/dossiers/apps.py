from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "motcua.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        from motcua.dossiers import access, jobs, readers

        access.register()
        readers.register_all()
        jobs.register_all()
