"""Every address of the site, by audience."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("motcua.web.api.v1.urls")),
    path("", include("motcua.web.public.urls")),
    path("", include("motcua.web.citizen.urls")),
    path("mot-cua/", include("motcua.web.desk.urls")),
    path("tai-khoan/", include("motcua.web.account.urls")),
    path("bang-dieu-hanh/", include("motcua.web.board.urls")),
]
handler400 = "motcua.web.public.errors.bad_request"
handler403 = "motcua.web.public.errors.forbidden"
handler404 = "motcua.web.public.errors.not_found"
handler500 = "motcua.web.public.errors.server_error"
