"""A pack that asks everything: every type of question with every need, made from the list of types itself."""

from motcua.catalogue.rules.form_reading import CHOSEN, TYPES

CODE = "9.000777"
NEEDS = ("required", "soft", "optional", "unknown")
LISTS = {"lookup": "ethnicities"}
FOOD = """
title_vi = "Món"
title_en = "Dishes"
source = "bịa cho việc thử"
[entries]
pho = ["Phở", "Pho", "phở bò"]
banh_canh = ["Bánh canh", "Banh canh"]
banh_can = ["Bánh căn", "Banh can"]
"""
OPTIONS = "".join(
    f'[[pages.questions.options]]\nkey = "{key}"\nlabel_vi = "Ô {key}"\nlabel_en = "Box {key}"\n'
    for key in ("a", "b", "c")
)
PARTS = [t for t in TYPES if t not in {"group", "note", "file"}]


def _question(kind: str, need: str, level: str = "pages.questions", key: str = "") -> str:
    key = key or f"{kind}_{need}"
    lines = [
        f"[[{level}]]", f'key = "{key}"', f'type = "{kind}"', f'label_vi = "Mục {key}"',
        f'label_en = "Item {key}"',
        f'need = "{"required" if need == "unknown" else need}"',
    ]  # fmt: skip
    if need == "unknown" and kind != "statement":
        lines.append("unknown = true")
    if kind in LISTS:
        lines.append(f'list = "{LISTS[kind] if need == "required" else "food"}"')
    if kind == "file":
        lines.append('paper = "photo"')
    if kind in CHOSEN:
        lines.append(f"other = {'true' if need == 'soft' else 'false'}")
        lines.append(OPTIONS.replace("pages.questions", level))
    return "\n".join(lines) + "\n"


def _page(kind: str) -> str:
    head = f'[[pages]]\nkey = "{kind}"\ntitle_vi = "Trang {kind}"\ntitle_en = "Page {kind}"\n'
    questions = []
    for need in NEEDS[:1] if kind in {"note", "file"} else NEEDS:
        made = _question(kind, need)
        if kind == "group":
            inner = [_question(t, "optional", "pages.questions.questions", f"in_{t}") for t in PARTS]
            made += "most = 3\n" + "".join(inner)
        questions.append(made)
    return head + "".join(questions)


FILES = {
    "procedure.toml": f"""
code = "{CODE}"
name_vi = "Thủ tục hỏi đủ mọi thứ"
name_en = "A procedure that asks everything"
agency_code = "G15"
agency_level = "commune"
field = "Thử nghiệm"
legal = ["Luật thử"]
[[limits]]
key = "usual"
limit = {{ amount = 3, unit = "working_days" }}
[[papers]]
key = "photo"
name_vi = "Ảnh chụp"
name_en = "A photograph"
later_allowed = true
[[fees]]
key = "none_known"
unknown = true
""",
    "form.toml": "".join(_page(kind) for kind in TYPES),
    "process.toml": """
[[steps]]
key = "intake"
name_vi = "Tiếp nhận"
name_en = "Intake"
kind = "intake"
role = "desk"
at = "receiving"
[[steps.next]]
to = "handle"
[[steps]]
key = "handle"
name_vi = "Giải quyết"
name_en = "Handle"
kind = "handle"
role = "specialist"
[[steps.next]]
to = "return"
[[steps]]
key = "return"
name_vi = "Trả kết quả"
name_en = "Return"
kind = "return"
role = "desk"
at = "receiving"
""",
    "lists/food.toml": FOOD,
}  # fmt: skip


def write(folder) -> None:
    """The pack as files in a folder, as a designer would keep it."""
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
