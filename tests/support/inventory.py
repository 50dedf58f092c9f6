"""Every page that people see, once: checked by axe, the HTML checker, for weight, for zoom and by keyboard.

An address may hold places such as ``{filed}``, which the scene fills (``tests/support/scene.py``). A new
route that answers people must be named here, or stand in ``NO_PAGES`` with the reason why it is none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

CODE = "1.004873"
BOARD = "/bang-dieu-hanh/"
ASKED = f"/nop/{CODE}/dieu-kien/"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its name, its address, who opens it ("" for anybody), what is sent to get it (POST)."""

    name: str
    address: str
    who: str = ""
    data: Mapping[str, str] | None = field(default=None, hash=False)
    status: int = 200
    before: tuple[tuple[str, Mapping[str, str]], ...] = field(default=(), hash=False)  # sent first


ELIGIBLE = ((ASKED, {"wanted": "status"}), (ASKED, {"citizen": "yes"}))
PAGES = (
    Page("home", "/"),
    Page("search-all", "/thu-tuc/"),
    Page("search", "/thu-tuc/?q=giay+doc+than"),
    Page("search-nothing", "/thu-tuc/?q=zzzz"),
    Page("procedure", f"/thu-tuc/{CODE}/"),
    Page("procedure-residence", "/thu-tuc/1.004194/"),
    Page("procedure-revisions", f"/thu-tuc/{CODE}/phien-ban/"),
    Page("life-events", "/su-kien/"),
    Page("life-event", "/su-kien/ket-hon/"),
    Page("verify-code", "/verify/"),
    Page("track", "/tra-cuu/"),
    Page("track-error", "/tra-cuu/", data={"code": "x", "last4": ""}, status=422),
    Page("track-found", "/tra-cuu/", data={"code": "{filed}", "last4": "0001"}),
    Page("track-wrong", "/tra-cuu/", data={"code": "{filed}", "last4": "9999"}, status=404),
    Page("verify-valid", "/verify/{valid}"),
    Page("verify-expired", "/verify/{expired}"),
    Page("verify-revoked", "/verify/{revoked}"),
    Page("verify-unknown", "/verify/unknown", status=404),
    Page("help", "/tro-giup/"),
    Page("manual", "/huong-dan/nguoi-dan/"),
    Page("accessibility", "/tiep-can/"),
    Page("privacy", "/rieng-tu/"),
    Page("not-found", "/khong-co/", status=404),
    Page("start", f"/nop/{CODE}/"),
    Page("start-residence", "/nop/1.004194/"),
    Page("eligibility", ASKED),
    Page("eligibility-error", ASKED, data={}, status=422),
    Page("exit", ASKED, data={"wanted": "marriage_copy"}),
    Page("sign-in", "/tai-khoan/login/"),
    Page("sign-in-error", "/tai-khoan/login/", data={"login": "nobody", "password": "wrong"}),
    Page("sign-up", "/tai-khoan/signup/"),
    Page("inactive", "/tai-khoan/inactive/"),
    Page("begin", f"/nop/{CODE}/bat-dau/", "citizen", before=ELIGIBLE),
    Page("resume", "/tiep-tuc/", "citizen"),
    Page("resume-error", "/tiep-tuc/", "citizen", data={"code": "x"}, status=422),
    Page("tasks", "/ho-so-nhap/{draft}/", "citizen"),
    Page("delete-draft", "/ho-so-nhap/{draft}/xoa/", "citizen"),
    Page("agency", "/ho-so-nhap/{draft}/co-quan/", "citizen"),
    Page("form-page", "/ho-so-nhap/{draft}/purpose/", "citizen"),
    Page("form-page-error", "/ho-so-nhap/{draft}/applicant/", "citizen", data={}, status=422),
    Page("papers", "/ho-so-nhap/{residence_draft}/giay-to/", "citizen"),
    Page("check", "/ho-so-nhap/{draft}/kiem-tra/", "citizen"),
    Page("my-dossiers", "/ho-so/", "citizen"),
    Page("no-dossiers", "/ho-so/", "business"),
    Page("receipt", "/ho-so/{filed}/da-nop/", "citizen"),
    Page("timeline-new", "/ho-so/{filed}/", "citizen"),
    Page("timeline-returned", "/ho-so/{returned}/", "citizen"),
    Page("timeline-asked", "/ho-so/{asked}/", "citizen2"),
    Page("supplement", "/ho-so/{asked}/bo-sung/", "citizen2"),
    Page("draft-result", "/ho-so/{to_confirm}/du-thao/", "citizen2"),
    Page("add-paper", "/ho-so/{filed}/nop-them/", "citizen"),
    Page("contact", "/ho-so/{filed}/lien-lac/", "citizen"),
    Page("withdraw", "/ho-so/{filed}/rut/", "citizen"),
    Page("helped", "/ho-so/{helped}/", "helper"),
    Page("inbox", "/hop-thu/", "citizen"),
    Page("inbox-empty", "/hop-thu/", "business"),
    Page("account", "/tai-khoan/", "citizen"),
    Page("password", "/tai-khoan/password/change/", "citizen"),
    Page("sessions", "/tai-khoan/sessions/", "citizen"),
    Page("tokens", "/tai-khoan/tokens/", "citizen"),
    Page("tokens-error", "/tai-khoan/tokens/", "citizen", data={}, status=422),
    Page(
        "token-made",
        "/tai-khoan/tokens/",
        "business",
        data={"name": "Kế toán", "scopes": "read", "days": "7"},
    ),
    Page("recover", "/tai-khoan/recover/"),
    Page("recover-error", "/tai-khoan/recover/", data={}, status=422),
    Page("give-recovery", "/mot-cua/khoi-phuc/", "desk"),
    Page("sign-out", "/tai-khoan/logout/", "citizen"),
    Page("reauthenticate", "/tai-khoan/reauthenticate/", "citizen"),
    Page("two-factor", "/tai-khoan/2fa/", "citizen"),
    Page("two-factor-on", "/tai-khoan/2fa/", "operator"),
    Page("totp", "/tai-khoan/2fa/totp/activate/", "citizen"),
    Page("totp-off", "/tai-khoan/2fa/totp/deactivate/", "operator"),
    Page("codes", "/tai-khoan/2fa/recovery-codes/", "operator"),
    Page("codes-anew", "/tai-khoan/2fa/recovery-codes/generate/", "operator"),
    Page("second-factor", "/tai-khoan/2fa/authenticate/", "operator, half way"),
    Page("second-factor-again", "/tai-khoan/2fa/reauthenticate/", "operator"),
    Page("desk", "/mot-cua/", "desk"),
    Page("desk-late", "/mot-cua/?lane=overdue", "specialist"),
    Page("desk-empty", "/mot-cua/?lane=supplement_in", "desk"),
    Page("desk-whole", "/mot-cua/ca-co-quan/", "desk"),
    Page("desk-whole-late", "/mot-cua/ca-co-quan/?lane=late_step", "signatory"),
    Page("desk-find", "/mot-cua/tim/?q=dang+thi", "desk"),
    Page("desk-find-nothing", "/mot-cua/tim/?q=khong+co+ai", "desk"),
    Page("desk-new", "/mot-cua/{state1}/", "desk"),
    Page("desk-refused", "/mot-cua/{state1}/request_supplement/", "desk", data={}, status=422),
    Page("desk-check", "/mot-cua/{state2}/", "specialist"),
    Page("desk-process", "/mot-cua/{state4}/", "specialist"),
    Page("desk-asked", "/mot-cua/{state5}/", "desk"),
    Page("desk-to-return", "/mot-cua/{state9}/", "desk"),
    Page("desk-returned", "/mot-cua/{state10}/", "desk"),
    Page("replace-slip", "/mot-cua/{state10}/phieu/01/thay/", "desk"),
    Page("replace-slip-error", "/mot-cua/{state10}/phieu/01/thay/", "desk", data={}, status=422),
    Page("desk-sign", "/mot-cua/{state4}/", "signatory"),
    Page("desk-police", "/mot-cua/{police}/", "police"),
    Page("counter", "/mot-cua/quay/", "desk"),
    Page("counter-form", f"/mot-cua/quay/{CODE}/", "desk"),
    Page("counter-begun", f"/mot-cua/quay/{CODE}/", "desk", data={}),
    Page("counter-done", "/mot-cua/quay/xong/{state10}/", "desk"),
    Page("bulk-receive", "/mot-cua/nhieu/receive/?all=1", "desk"),
    Page("bulk-assign", "/mot-cua/nhieu/assign/?all=1", "specialist"),
    Page("hand-over", "/mot-cua/ban-giao/", "signatory"),
    Page("book", "/mot-cua/so-theo-doi/", "desk"),
    Page("desk-not-yours", "/mot-cua/", "citizen", status=403),
    Page("board", BOARD),
    Page("board-agencies", f"{BOARD}?by=agency"),
    Page("board-nothing", f"{BOARD}?from=2020-01-01&to=2020-01-31"),
    Page("board-error", f"{BOARD}?from=yesterday", status=400),
    Page("figure", f"{BOARD}online_766/"),
    Page("figure-procedures", f"{BOARD}on_time_766/?by=procedure"),
    Page("course", f"{BOARD}online_emc/xu-huong/"),
    Page("course-nothing", f"{BOARD}petitions_on_time_766/xu-huong/?from=2021-01-01&to=2021-12-31"),
    Page("meaning", f"{BOARD}online_766/cach-tinh/"),
    Page("detail", f"{BOARD}online_766/ho-so/", "leader"),
    Page("open-data", "/du-lieu-mo/"),
    Page("petitions", "/phan-anh/"),
    Page("petitions-own", "/phan-anh/", "citizen2"),
    Page("petition-send", "/phan-anh/gui/"),
    Page("petition-send-own", "/phan-anh/gui/?ho-so={returned}", "citizen"),
    Page("petition-send-error", "/phan-anh/gui/", data={}, status=422),
    Page(
        "petition-send-found",
        "/phan-anh/gui/",
        data={"agency_words": "phuong dong hai", "step": "find_agency"},
    ),
    Page("petition-send-agency", "/phan-anh/gui/?co-quan=H43.23"),
    Page("petition-published", "/phan-anh/{published}/"),
    Page("petition-waiting", "/phan-anh/{waiting}/", "citizen"),
    Page("petition-asked", "/phan-anh/{more_asked}/", "business"),
    Page("petition-link", "/phan-anh/theo-doi/{petition_link}/"),
    Page("proposals", "/de-xuat/"),
    Page("proposals-own", "/de-xuat/", "citizen2"),
    Page("proposals-error", "/de-xuat/gui/", "citizen2", data={}, status=422),
    Page("rating-link", "/danh-gia/{rating_link}/"),
    Page("rating-error", "/danh-gia/{rating_link}/", data={}, status=422),
    Page("rating-given", "/ho-so/{rated}/danh-gia/", "citizen"),
    Page("complain", "/ho-so/{returned}/khieu-nai/", "citizen"),
    Page("complain-error", "/ho-so/{returned}/khieu-nai/", "citizen", data={}, status=422),
    Page("complaint", "/khieu-nai/{complaint}/", "citizen2"),
    Page("desk-voices", "/mot-cua/y-kien/", "desk"),
    Page("desk-unhappy", "/mot-cua/y-kien/?loai=danh-gia", "police"),
    Page("desk-complaints", "/mot-cua/y-kien/?loai=khieu-nai", "signatory"),
    Page("desk-proposals", "/mot-cua/y-kien/?loai=de-xuat", "controller"),
    Page("desk-settled", "/mot-cua/y-kien/?loai=da-xong", "desk"),
    Page("desk-petition", "/mot-cua/y-kien/phan-anh/{waiting}/", "desk"),
    Page(
        "desk-petition-error",
        "/mot-cua/y-kien/phan-anh/{waiting}/",
        "desk",
        data={"act": "answer"},
        status=422,
    ),
    Page("desk-complaint", "/mot-cua/y-kien/khieu-nai/{complaint}/", "signatory"),
    Page("signals", f"{BOARD}tin-hieu/", "inspector"),
    Page("leaders", f"{BOARD}lanh-dao/", "leader"),
    Page("signals-none", f"{BOARD}tin-hieu/", "leader"),
    Page("reports", f"{BOARD}bao-cao/", "leader"),
    Page("report-overview", f"{BOARD}bao-cao/overview/", "leader"),
    Page("report-certificates", f"{BOARD}bao-cao/certificates/", "leader"),
    Page("report-residence", f"{BOARD}bao-cao/residence/", "leader"),
    Page("report-papi", f"{BOARD}bao-cao/papi/", "leader"),
    Page("index", f"{BOARD}chi-so-766/"),
    Page("index-of", f"{BOARD}chi-so-766/?scope=H43&neu-2.1=95"),
    Page("index-to-sign", f"{BOARD}chi-so-766/?scope=H43&from=2026-10-01&to=2026-10-31", "leader"),
    Page("reach", f"{BOARD}dich-vu/?scope=H43&state=without"),
    Page("reach-all", f"{BOARD}dich-vu/?definition=online_2022", "leader"),
    Page("assessments", f"{BOARD}danh-gia/"),
    Page("assessment", f"{BOARD}danh-gia/DG-H43-2025/"),
    Page("assessment-again", f"{BOARD}danh-gia/DG-H43-2026/", "leader"),
    Page("outside-figures", f"{BOARD}so-lieu-ngoai/", "inspector"),
    Page("outside-figures-error", f"{BOARD}so-lieu-ngoai/", "inspector", data={}, status=422),
    Page("drafts", f"{BOARD}soan-danh-gia/", "inspector"),
    Page("draft-new", f"{BOARD}soan-danh-gia/moi/", "inspector"),
    Page("draft-new-error", f"{BOARD}soan-danh-gia/moi/", "inspector", data={}, status=422),
    Page("draft-file", f"{BOARD}soan-danh-gia/tep/", "inspector"),
    Page("draft-file-error", f"{BOARD}soan-danh-gia/tep/", "inspector", data={}, status=422),
    Page("draft-assessment", f"{BOARD}soan-danh-gia/{{entry}}/", "inspector"),
    Page("draft-general", f"{BOARD}soan-danh-gia/{{entry}}/chung/", "inspector"),
    Page("draft-criterion", f"{BOARD}soan-danh-gia/{{entry}}/criteria/1/", "inspector"),
    Page("draft-finding", f"{BOARD}soan-danh-gia/{{entry}}/findings/them/", "inspector"),
    Page("draft-recommendation", f"{BOARD}soan-danh-gia/{{entry}}/recommendations/them/", "inspector"),
    Page("publishing", f"{BOARD}cong-bo/"),
    Page("publishing-late", f"{BOARD}cong-bo/?chi-cham=1&from=2026-01-01&to=2026-12-31"),
    Page("publishing-nothing", f"{BOARD}cong-bo/?from=2020-01-01&to=2020-12-31"),
    Page("papi", f"{BOARD}papi/"),
    Page("papi-province", f"{BOARD}papi/P38/?peer=P01&peer=P17"),
)

# routes that answer machines, send a file, or only take a form and lead on: why they are no page
NO_PAGES = {
    "verify_keys": "for machines",
    "mfa_*_webauthn": "needs an authenticator: tests/journeys/test_passkeys.py",
    "favicon": "for machines",
    "robots": "for machines",
    "livez": "for machines",
    "readyz": "for machines",
    "metrics": "for machines",
    "api-v1:*": "for machines",
    "citizen:blank_form": "a PDF",
    "citizen:result_pdf": "a PDF",
    "citizen:draft_pdf": "a PDF",
    "citizen:slip_pdf": "a PDF",
    "desk:book_pdf": "a PDF",
    "citizen:filed_pdf": "a PDF",
    "citizen:paper": "a file",
    "citizen:complaint_file": "a file",
    "petition_file": "a file",
    "petition_file_by_link": "a file",
    "mfa_download_recovery_codes": "a text file",
    "citizen:begin_upload": "parts of a file, sent by the page's script",
    "citizen:upload": "parts of a file, sent by the page's script",
    "citizen:act": "takes a form and leads on",
    "citizen:again": "takes a form and leads on",
    "citizen:read_all": "takes a form and leads on",
    "citizen:read": "takes a form and leads on",
    "open_catalogue": "for machines",
    "open_services": "for machines",
    "open_month": "a file",
    "board:export": "a file",
    "board:report_file": "a file",
    "board:assessment_file": "a file",
    "board:reach_file": "a file",
    "board:answer_advice": "takes a form and leads on",
    "board:draft_publish": "takes a form and leads on",
    "board:draft_drop": "takes a form and leads on",
    "board:draft_remove": "takes a form and leads on",
    "board:answer_signal": "takes a form and leads on",
    "board:sign_index": "takes a form and leads on",
    "petition_act": "takes a form and leads on",
    "proposal_unvote": "takes a form and leads on",
    "proposal_vote": "takes a form and leads on",
    "citizen:withdraw_complaint": "takes a form and leads on",
    "desk:answer_rating": "takes a form and leads on",
    "desk:answer_proposal": "takes a form and leads on",
    "account_acting": "takes a form and leads on",
    "account_session_end": "takes a form and leads on",
    "account_token_end": "takes a form and leads on",
    "account_provider": "takes a form and leads to the identity provider",
    "account_provider_callback": "the identity provider's answer; leads on",
    "account_provider_first": "only on the way back from the provider: tests/journeys/test_provider.py",
    "account_provider_make": "takes a form and leads on",
    "account_provider_link": "takes a form and leads on",
    "account_provider_unlink": "takes a form and leads on",
    "account_set_password": "leads on: every account has a password",
}
# pages that cannot be had from a healthy site: rendered from their templates
MADE = {"400": 400, "403": 403, "500": 500, "csrf": 403, "refusal": 409, "429": 429}


class _Samples(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return str(UUID(int=7)) if key.endswith("draft") else "1" if key == "entry" else "x"


def routes_of(pages: tuple[Page, ...] = PAGES) -> set[str]:
    """Names of the routes that the pages stand for."""
    from django.urls import Resolver404, resolve

    found = set()
    for page in pages:
        try:
            found.add(resolve(page.address.format_map(_Samples()).partition("?")[0]).view_name)
        except Resolver404:
            assert page.status == 404, page
    return found


def pages(scene: Mapping[str, Any]) -> Iterator[Page]:
    """Every page with its places filled, each page of each service's form beside them."""
    drafts = scene["drafts"]
    places = {k: v for k, v in scene.items() if isinstance(v, str)}
    places |= {"draft": drafts[CODE]["id"], "residence_draft": drafts["1.004194"]["id"]}
    for page in PAGES:
        data = page.data and {k: v.format_map(places) for k, v in page.data.items()}
        yield Page(page.name, page.address.format_map(places), page.who, data, page.status, page.before)
    for code, draft in drafts.items():
        for key in draft["pages"]:
            yield Page(f"form-{code}-{key}", f"/ho-so-nhap/{draft['id']}/{key}/", "citizen")
