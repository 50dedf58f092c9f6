from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "motcua.voice"
    label = "voice"
