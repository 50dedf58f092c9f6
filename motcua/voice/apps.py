from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "motcua.voice"
    label = "voice"

    def ready(self) -> None:
        from motcua.voice import jobs

        jobs.register_all()
