from django.apps import AppConfig


class ReadsConfig(AppConfig):
    name = "motcua.reads"
    label = "reads"

    def ready(self) -> None:
        from motcua.reads import jobs

        jobs.register_all()
