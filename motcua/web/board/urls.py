"""Addresses of the board."""

from django.urls import URLPattern, path

from motcua.web.board import assessments as assessing
from motcua.web.board import (
    entering,
    exporting,
    index,
    indices,
    leaders,
    publishing,
    reaching,
    recording,
    reports,
    signals,
    trends,
    views,
)

app_name = "board"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("lanh-dao/", leaders.leaders, name="leaders"),
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/<slug:kind>/", reports.report, name="report"),
    path("bao-cao/<slug:kind>/tai-ve.<slug:form>", reports.report_file, name="report_file"),
    path("danh-gia/", assessing.assessment_list, name="assessments"),
    path("danh-gia/<str:record>/", assessing.assessment, name="assessment"),
    path("danh-gia/<str:record>/tai-ve.<slug:form>", assessing.assessment_file, name="assessment_file"),
    path("danh-gia/<str:record>/khuyen-nghi/<int:number>/", assessing.answer_advice, name="answer_advice"),
    path("soan-danh-gia/", recording.drafts, name="drafts"),
    path("soan-danh-gia/moi/", recording.start, name="draft_new"),
    path("soan-danh-gia/tep/", recording.upload, name="draft_file"),
    path("soan-danh-gia/<int:entry>/", recording.draft, name="draft"),
    path("soan-danh-gia/<int:entry>/chung/", recording.general, name="draft_general"),
    path("soan-danh-gia/<int:entry>/cong-bo/", recording.publish, name="draft_publish"),
    path("soan-danh-gia/<int:entry>/bo/", recording.drop, name="draft_drop"),
    path("soan-danh-gia/<int:entry>/<slug:part>/them/", recording.add, name="draft_add"),
    path("soan-danh-gia/<int:entry>/<slug:part>/<int:place>/", recording.change, name="draft_entry"),
    path("soan-danh-gia/<int:entry>/<slug:part>/<int:place>/xoa/", recording.remove, name="draft_remove"),
    path("dich-vu/", reaching.reach, name="reach"),
    path("dich-vu/tai-ve.<slug:form>", reaching.reach_file, name="reach_file"),
    path("tin-hieu/", signals.signals, name="signals"),
    path("tin-hieu/<int:signal_id>/tra-loi/", signals.answer, name="answer_signal"),
    path("so-lieu-ngoai/", entering.figures, name="outside_figures"),
    path("chi-so-766/", index.index, name="index"),
    path("chi-so-766/<str:agency>/ky/", index.sign, name="sign_index"),
    path("cong-bo/", publishing.publishing, name="publishing"),
    path("papi/", indices.ranking, name="papi"),
    path("papi/<str:subject>/", indices.province, name="papi_province"),
    path("<str:definition>/", views.figure, name="figure"),
    path("<str:definition>/tai-ve.<slug:form>", exporting.export, name="export"),
    path("<str:definition>/xu-huong/", trends.course, name="course"),
    path("<str:definition>/cach-tinh/", views.meaning, name="meaning"),
    path("<str:definition>/ho-so/", views.detail, name="detail"),
]
