from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "motcua.events"
    label = "events"
