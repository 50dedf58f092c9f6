"""An assessment as its assessor sends it, for tests."""

RECORD = """
code = "DG-1"
subject = "H43.01"
title_vi = "Đánh giá thử"
title_en = "Trial assessment"
assessor = "Học viện Thử"
independence_vi = "Không thuộc tỉnh."
independence_en = "Outside the province."
method_vi = "Thử nộp."
method_en = "Trial filings."
sample_vi = "Ngẫu nhiên."
sample_en = "At random."
size = 1200
from = 2026-06-01
to = 2026-06-20
source = "Báo cáo thử"

[[criteria]]
key = "find"
name_vi = "Tìm thấy"
name_en = "Found"
most = 5
[[criteria]]
key = "finish"
name_vi = "Nộp được"
name_en = "Filed"
most = 10

[[findings]]
criterion = "find"
score = "3"
words_vi = "Khó tìm."
words_en = "Hard to find."
evidence_vi = "Phiếu 2"
evidence_en = "Form 2"
figure = { definition = "online_2022", from = 2026-06-01, to = 2026-06-30 }
[[findings]]
criterion = "finish"
words_vi = "Chưa đủ để cho điểm."
words_en = "Not enough for a score."
evidence_vi = "Nhật ký"
evidence_en = "Diary"

[[recommendations]]
number = 1
criterion = "find"
agency = "H43.01"
words_vi = "Dán mã QR."
words_en = "Put up QR codes."
[[recommendations]]
number = 2
agency = "H43.01"
words_vi = "Mở cửa buổi tối."
words_en = "Open in the evening."
"""
AGAIN = (
    RECORD.replace('code = "DG-1"', 'code = "DG-2"\nrepeats = "DG-1"')
    .replace('score = "3"', 'score = "4.5"')
    .replace("2026-06-01\nto = 2026-06-20", "2026-09-01\nto = 2026-09-20")
    .replace('key = "finish"', 'key = "told"')
    .replace('criterion = "finish"', 'criterion = "told"\nscore = "7"')
)
