"""Addresses of the public pages."""

from django.urls import URLPattern, path

from motcua.web.public import (
    health,
    home,
    life,
    petitions,
    procedures,
    proposals,
    rating,
    texts,
    track,
    verify,
)

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("thu-tuc/", procedures.search, name="search"),
    path("thu-tuc/<str:code>/", procedures.procedure, name="procedure"),
    path("thu-tuc/<str:code>/phien-ban/", procedures.revisions, name="revisions"),
    path("su-kien/", life.events, name="life_events"),
    path("su-kien/<slug:slug>/", life.event, name="life_event"),
    path("danh-gia/<str:rating_link>/", rating.by_link, name="rating_by_link"),
    path("phan-anh/", petitions.petitions, name="petitions"),
    path("phan-anh/gui/", petitions.send, name="petition_send"),
    path("phan-anh/theo-doi/<str:petition_link>/", petitions.by_link, name="petition_by_link"),
    path("phan-anh/<str:petition>/", petitions.petition, name="petition"),
    path("phan-anh/<str:petition>/viec/", petitions.act, name="petition_act"),
    path("de-xuat/", proposals.proposals, name="proposals"),
    path("de-xuat/gui/", proposals.propose, name="propose"),
    path("de-xuat/<str:proposal>/ung-ho/", proposals.vote, name="proposal_vote"),
    path("tra-cuu/", track.track, name="track"),
    path("verify/", verify.verify_code, name="verify_code"),
    path("verify/keys.json", verify.keys, name="verify_keys"),
    path("verify/<str:token>", verify.verify, name="verify"),
    path("tro-giup/", texts.help_page, name="help"),
    path("tiep-can/", texts.accessibility, name="accessibility"),
    path("rieng-tu/", texts.privacy, name="privacy"),
    path("robots.txt", texts.robots, name="robots"),
    path("livez", health.live, name="livez"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
