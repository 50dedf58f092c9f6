"""Addresses of the citizen's pages."""

from django.urls import URLPattern, path

from motcua.web.citizen import adding, complaints, dossiers, drafts, files, inbox, starting, uploads
from motcua.web.citizen import contact as contacting
from motcua.web.public import rating

app_name = "citizen"
urlpatterns: list[URLPattern] = [
    path("nop/<str:code>/", starting.start, name="start"),
    path("nop/<str:code>/to-khai.pdf", starting.blank_form, name="blank_form"),
    path("nop/<str:code>/dieu-kien/", starting.eligibility, name="eligibility"),
    path("nop/<str:code>/bat-dau/", starting.begin, name="begin"),
    path("tiep-tuc/", drafts.resume, name="resume"),
    path("ho-so-nhap/<uuid:draft_id>/", drafts.tasks, name="tasks"),
    path("ho-so-nhap/<uuid:draft_id>/co-quan/", drafts.agency, name="agency"),
    path("ho-so-nhap/<uuid:draft_id>/giay-to/", uploads.papers, name="papers"),
    path("ho-so-nhap/<uuid:draft_id>/kiem-tra/", drafts.check, name="check"),
    path("ho-so-nhap/<uuid:draft_id>/xoa/", drafts.delete, name="delete_draft"),
    path("ho-so-nhap/<uuid:draft_id>/<str:page_key>/", drafts.page, name="page"),
    path("ho-so/", dossiers.mine, name="mine"),
    path("ho-so/<str:code>/", dossiers.dossier, name="dossier"),
    path("ho-so/<str:code>/da-nop/", dossiers.receipt, name="receipt"),
    path("ho-so/<str:code>/bo-sung/", dossiers.supplement, name="supplement"),
    path("ho-so/<str:code>/lam-lai/", starting.again, name="again"),
    path("ho-so/<str:code>/nop-them/", adding.add_paper, name="add_paper"),
    path("ho-so/<str:code>/du-thao/", dossiers.draft, name="draft"),
    path("ho-so/<str:code>/lien-lac/", contacting.contact, name="contact"),
    path("ho-so/<str:code>/rut/", dossiers.withdraw, name="withdraw"),
    path("ho-so/<str:code>/ket-qua.pdf", files.result_pdf, name="result_pdf"),
    path("ho-so/<str:code>/du-thao.pdf", files.draft_pdf, name="draft_pdf"),
    path("ho-so/<str:code>/phieu/<str:key>.pdf", files.slip_pdf, name="slip_pdf"),
    path("ho-so/<str:code>/da-nop.pdf", files.filed_pdf, name="filed_pdf"),
    path("ho-so/<str:code>/viec/<str:action>/", dossiers.act, name="act"),
    path("ho-so/<str:code>/danh-gia/", rating.of_dossier, name="rating"),
    path("ho-so/<str:code>/khieu-nai/", complaints.complain, name="complain"),
    path("khieu-nai/<str:complaint>/", complaints.complaint, name="complaint"),
    path("khieu-nai/<str:complaint>/tep/<uuid:evidence>/", complaints.file, name="complaint_file"),
    path("khieu-nai/<str:complaint>/rut/", complaints.withdraw, name="withdraw_complaint"),
    path("tai-tep/", uploads.begin_upload, name="begin_upload"),
    path("tai-tep/<uuid:upload_id>/", uploads.upload, name="upload"),
    path("giay-to/<uuid:paper_id>/", files.paper, name="paper"),
    path("hop-thu/", inbox.inbox, name="inbox"),
    path("hop-thu/da-doc/", inbox.read_all, name="read_all"),
    path("hop-thu/<int:message_id>/da-doc/", inbox.read, name="read"),
]
