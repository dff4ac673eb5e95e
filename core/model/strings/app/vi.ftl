# Lời của ứng dụng trên điện thoại, tiếng Việt. Mã giữ nguyên trong mọi ngôn ngữ; $count là số, các biến khác là chữ đã viết sẵn.

# general

app-name = PAHT
app-tagline = Thấy là phản ánh, theo dõi đến khi xong
app-tab-report = Phản ánh
app-tab-mine = Của tôi
app-tab-queue = Đang gửi
app-tab-nearby = Quanh đây
app-tab-alerts = Cảnh báo
app-tab-service = Dịch vụ
app-tab-cases = Hồ sơ
app-tab-settings = Cài đặt
app-tab-more = Khác
app-button-ok = Đồng ý
app-button-cancel = Hủy
app-button-back = Quay lại
app-button-save = Lưu
app-button-send = Gửi
app-button-retry = Thử lại
app-button-undo = Hoàn tác
app-button-delete = Xóa
app-button-close = Đóng
app-button-more = Xem thêm
app-button-yes = Có
app-button-no = Không
app-button-done = Xong
app-button-open-settings = Mở cài đặt
app-loading = Đang tải…
app-nothing-here = Chưa có gì ở đây.
app-required = Bắt buộc
app-optional = Không bắt buộc
app-error-title = Chưa làm được
app-offline = Đang không có mạng. Bạn cứ dùng bình thường; mọi thứ được giữ trên điện thoại này.
app-online = Đã có mạng trở lại. Đang gửi tiếp.

# report

app-report-title = Phản ánh mới
app-report-danger = Nếu có người đang gặp nguy hiểm, hãy gọi điện trước. Phản ánh vẫn được lưu.
app-button-take-photo = Chụp ảnh
app-button-record-video = Quay video
app-button-from-gallery = Chọn từ thư viện
app-button-add-voice = Thêm ghi âm
app-button-record-voice = Bắt đầu ghi âm
app-button-stop-voice = Dừng ghi âm
app-report-voice-limit = Ghi âm tối đa { $seconds } giây.
app-report-voice-recording = Đang ghi âm, còn { $seconds } giây
app-report-voice-added = Ghi âm, { $seconds } giây
app-report-category = Phản ánh về việc gì?
app-report-category-choose = Chọn lĩnh vực
app-report-place = Ở đâu?
app-report-place-accuracy = Sai số khoảng { $metres } m
app-report-place-waiting = Đang chờ vị trí…
app-report-place-unknown = Chưa rõ vị trí
app-report-place-pinned = Đã ghim trên bản đồ
app-report-place-of-photo = Lấy vị trí từ ảnh
app-button-pin = Ghim bản đồ
app-button-my-position = Vị trí của tôi
app-button-no-place = Không kèm vị trí
app-report-words = Kể vài lời (không bắt buộc)
app-report-words-hint = Ví dụ: đất đá sạt xuống, xe máy không qua được.
app-report-sender = Tên và số điện thoại (không bắt buộc)
app-report-sender-name = Tên của bạn
app-report-sender-number = Số điện thoại của bạn
app-report-sender-why = Chỉ để cán bộ gọi lại khi cần hỏi thêm. Không bao giờ hiện công khai.
app-button-save-report = Lưu phản ánh
app-report-saved = Đã lưu trên điện thoại này
app-report-will-be-sent = Phản ánh sẽ tự gửi ngay khi có mạng. Bạn không cần làm gì thêm.
app-report-sending-now = Đang gửi về Trung tâm. Bạn có thể đóng ứng dụng.
app-report-draft-kept = Đã giữ bản nháp
app-report-draft-found = Bạn có một phản ánh đang viết dở.
app-button-resume-draft = Viết tiếp
app-button-discard-draft = Bỏ bản nháp
app-report-discard-confirm = Bỏ bản nháp này? Lời đã viết và ảnh chụp trong ứng dụng sẽ bị xóa.
app-permission-camera = Ứng dụng chưa được dùng máy ảnh. Hãy cho phép trong phần cài đặt, hoặc chọn ảnh từ thư viện.
app-permission-location = Ứng dụng chưa được xem vị trí. Hãy cho phép trong phần cài đặt, hoặc tự ghim trên bản đồ.
app-permission-microphone = Ứng dụng chưa được dùng micrô. Hãy cho phép trong phần cài đặt, hoặc viết vài lời.
app-permission-notifications = Ứng dụng chưa được gửi thông báo. Hãy cho phép trong phần cài đặt để biết khi có trả lời; không thì xem ở mục “Của tôi”.
app-report-no-camera = Điện thoại này không có máy ảnh dùng được. Hãy chọn ảnh từ thư viện.
app-report-storage-full = Điện thoại đã đầy. Hãy xóa bớt ảnh, video hoặc ứng dụng rồi lưu lại; các phản ánh đã lưu vẫn an toàn.

# queue

app-queue-title = Đang gửi
app-queue-empty = Không còn gì chờ gửi.
app-part-statement = Nội dung phản ánh
app-part-preview = Ảnh xem nhanh
app-part-rendition = Ảnh rõ
app-part-bundle = Mang giúp
app-part-voice-note = Ghi âm
app-part-original = Ảnh gốc
app-part-video = Video gốc
app-part-unknown = Phần khác
app-part-waiting = Chờ gửi
app-part-sending = Đang gửi { $percent } %
app-part-received = Trung tâm đã nhận, { $time }
app-part-needs-you = Cần bạn xem
app-part-held = Bạn đang giữ lại
app-part-file-lost = Tệp này không còn trên điện thoại hoặc đã bị sửa nên không gửi được. Các phần khác vẫn được gửi.
app-queue-all-sent = Đã gửi đủ. Trung tâm đã xác nhận từng phần.
app-queue-unconfirmed = Điện thoại đã gửi hết, đang chờ Trung tâm xác nhận.
app-queue-next-try = Thử lại sau { $time }
app-queue-last-failure = Lần gửi gần nhất chưa được: { $reason }
app-queue-bytes-left = Còn { $size }
app-queue-data-used = Đã dùng { $size } dữ liệu
app-queue-waits-for-wifi = Ảnh, video gốc chờ có Wi-Fi ({ $size }).
app-queue-ask-originals = Gửi { $size } ảnh, video gốc bằng dữ liệu di động?
app-button-send-now = Gửi ngay
app-button-hold = Giữ lại
app-button-release = Cho gửi
app-button-send-originals = Gửi bản gốc ngay
app-button-edit = Sửa
app-button-withdraw = Rút phản ánh
app-queue-withdraw-confirm = Rút phản ánh này? Trung tâm sẽ không xử lý nữa và trang công khai được gỡ. Việc này không hoàn tác được.

# without a network

app-way-unconfirmed = Đã gửi cách khác, chờ xác nhận
app-ways-title = Gửi khi không có mạng
app-ways-intro = Phản ánh đã lưu an toàn và tự gửi khi có mạng. Nếu gấp, hãy dùng một trong hai cách dưới đây; dùng cả hai cũng không thành hai phản ánh.
app-sms-title = Bằng tin nhắn SMS
app-sms-explain = Nội dung, lĩnh vực và vị trí được viết thành tin nhắn tới số { $number }. Ảnh, video gửi sau, khi có mạng. Nhà mạng tính tiền như tin nhắn thường.
app-button-write-text = Soạn tin nhắn
app-button-write-part = Soạn tin { $part }/{ $count }
app-sms-written = Tin đã soạn. Hãy bấm gửi trong ứng dụng nhắn tin, không sửa chữ nào.
app-sms-no-app = Điện thoại này không nhắn tin được. Hãy chép tin và gửi từ máy khác tới số { $number }.
app-button-copy = Chép
app-courier-title = Nhờ người sắp ra vùng có mạng
app-courier-explain = Phản ánh cùng ảnh được niêm phong thành tệp. Chuyển tệp cho người ấy qua Bluetooth hoặc chia sẻ gần; họ không đọc được, và mở bằng ứng dụng này thì máy họ gửi giúp.
app-button-give-bundle = Tạo tệp và chuyển
app-courier-making = Đang niêm phong…
app-courier-made = Đã niêm phong { $size }. Nếu người ấy không mở được, hãy chuyển lại.
app-carried-title = Mang giúp người khác
app-carried-intro = Mở tệp mà người khác chuyển cho bạn, hoặc chọn tệp ở đây. Máy này gửi phần của bạn trước.
app-carried-empty = Bạn chưa mang giúp ai.
app-button-choose-file = Chọn tệp
app-carried-taken = Đã nhận tệp. Máy này gửi giúp khi có mạng.
app-carried-answered = Trung tâm đã nhận. Gặp lại người ấy thì chuyển biên nhận.
app-button-give-receipts = Chuyển biên nhận
app-button-stop-carrying = Thôi mang giúp
app-carried-drop-confirm = Thôi mang tệp này? Nếu Trung tâm chưa nhận, người ấy phải gửi cách khác.
app-receipts-accepted = Biên nhận đúng: Trung tâm đã có thêm { $count } phần.

# mine

app-mine-title = Phản ánh của tôi
app-mine-empty = Bạn chưa gửi phản ánh nào. Hãy chụp điều cần được xử lý; không có mạng vẫn dùng được.
app-way-waiting = Trên điện thoại này
app-way-arriving = Đã tới { $done }/{ $all } phần
app-way-whole = Trung tâm đã nhận đủ
app-way-needs-you = Cần bạn xem
app-way-held = Bạn đang giữ lại
app-way-withdrawn = Đã rút
app-stage-received = Đã tiếp nhận
app-stage-refused = Không xử lý
app-stage-duplicate = Trùng lặp
app-stage-dispatched = Đã giao cơ quan
app-stage-in-progress = Đang xử lý
app-stage-returned = Cơ quan trả lại
app-stage-answered = Đã trả lời
app-stage-closed = Đã xong
app-stage-withdrawn = Đã rút
app-timeline-received = Trung tâm đã tiếp nhận. Mã hồ sơ của bạn là { $code }
app-timeline-classified = Xếp vào lĩnh vực { $category }
app-timeline-classified-area = Xếp vào lĩnh vực { $category }, { $area }
app-timeline-refused = Trung tâm không xử lý phản ánh này
app-timeline-duplicate = Việc này đã có ở hồ sơ { $code }
app-timeline-dispatched = Giao cho { $agency }, hạn trả lời { $due }
app-timeline-in-progress = { $agency } bắt đầu xử lý
app-timeline-returned = { $agency } trả lại; Trung tâm sẽ giao cho nơi khác
app-timeline-answered = { $agency } đã trả lời
app-timeline-closed = Việc của { $agency } đã xong
app-timeline-rated = Bạn đánh giá { $grade } trên 5
app-timeline-reopened = Bạn mở lại hồ sơ, hạn mới { $due }
app-timeline-time-asked = { $agency } xin gia hạn đến { $due }
app-timeline-time-given = Hạn mới cho { $agency }: { $due }
app-timeline-commented-citizen = Bạn bổ sung
app-timeline-commented-agency = Cơ quan xử lý viết cho bạn
app-timeline-commented-operator = Trung tâm viết cho bạn
app-timeline-commented = Có lời bổ sung
app-timeline-asked = Bạn được hỏi thêm
app-timeline-edited = Bạn đã sửa phản ánh
app-timeline-carried-sms = Phản ánh đến bằng tin nhắn SMS, chờ bản đầy đủ
app-timeline-carried-text = Phản ánh đến bằng tin nhắn thường, chưa được xác nhận
app-timeline-carried-http = Bản đầy đủ đã đến qua mạng
app-timeline-carried-courier = Phản ánh đến nhờ điện thoại của người khác
app-timeline-withdrawn = Bạn đã rút phản ánh
app-timeline-arrived = Ảnh, video gốc đã tới Trung tâm
app-timeline-arrived-small = Ảnh xem nhanh đã tới Trung tâm
app-timeline-arrived-clear = Ảnh xem rõ đã tới Trung tâm
app-timeline-arrived-voice = Ghi âm đã tới Trung tâm
app-timeline-published = Hồ sơ được công khai
app-timeline-held = Trung tâm sẽ xem trước khi công khai
app-timeline-taken-down = Hồ sơ không còn công khai
app-timeline-unknown = Có cập nhật mới; hãy cập nhật ứng dụng để xem
app-mine-before = Trước
app-mine-after = Sau
app-mine-due = Hạn trả lời { $time }
app-mine-overdue = Quá hạn
app-mine-code = Mã hồ sơ { $code }
app-button-share = Chia sẻ
app-mine-share-text = Phản ánh { $code }, xem tiến độ tại { $link }

# nearby

app-nearby-title = Phản ánh quanh đây
app-nearby-empty = Quanh đây chưa có phản ánh công khai nào.
app-nearby-needs-network = Mục này cần có mạng. Phản ánh của bạn nằm ở “Của tôi”, có mạng hay không đều xem được.
app-nearby-no-position = Chưa rõ vị trí của bạn, nên đang hiện các phản ánh mới nhất.
app-nearby-around-you = Quanh vị trí của bạn
app-nearby-around-pin = Quanh nơi bạn chọn
app-nearby-around = Quanh { $place }
app-nearby-within = Trong vòng { $distance }
app-nearby-radius = Tìm trong phạm vi
app-button-list = Danh sách
app-button-map = Bản đồ
app-nearby-metres = { $metres } m
app-nearby-kilometres = { $km } km

# feedback

app-rate-title = Đánh giá kết quả
app-rate-prompt = Việc đã được giải quyết chưa?
app-grade-1 = Chưa được gì
app-grade-2 = Chưa đạt
app-grade-3 = Tạm được
app-grade-4 = Tốt
app-grade-5 = Rất tốt
app-rate-why = Vì sao bạn chọn mức này? (không bắt buộc)
app-button-rate = Đánh giá
app-comment-prompt = Bạn muốn bổ sung điều gì?
app-button-comment = Bổ sung
app-question-title = Có câu hỏi cho bạn
app-button-reply = Trả lời
app-reopen-title = Việc chưa xong?
app-reopen-prompt = Mở lại thì cơ quan phải trả lời lần nữa, với hạn mới. Hạn cũ vẫn được ghi công khai.
app-reopen-reason = Còn gì chưa xong?
app-button-reopen = Mở lại
app-feedback-thanks = Cảm ơn bạn. Ý kiến đã lưu trên điện thoại và sẽ gửi khi có mạng.

# alerts

app-alerts-title = Cảnh báo
app-alerts-empty = Hiện không có cảnh báo nào cho khu vực này.
app-alerts-valid-until = Hiệu lực đến { $time }
app-alerts-old = Cảnh báo cũ, đã hết hiệu lực
app-alerts-as-of = Cập nhật lúc { $time }. Cần có mạng để xem tin mới hơn.
app-alerts-never = Máy này chưa nhận được tin cảnh báo nào. Tin sẽ tự đến khi có mạng.
app-alerts-here = Áp dụng cho nơi bạn đang ở
app-alerts-elsewhere = Nơi khác trên địa bàn
app-emergency-title = Số khẩn cấp
app-emergency-disaster = Thiên tai, lũ, sạt lở
app-emergency-police = Công an
app-emergency-fire = Cứu hỏa, cứu nạn
app-emergency-ambulance = Cấp cứu y tế
app-emergency-which = Thiên tai, lũ, sạt lở: gọi 112. Trộm cướp, gây rối: 113. Cháy, người mắc kẹt: 114. Bị thương, đau ốm nặng: 115.
app-button-call = Gọi { $number }

# service

app-service-title = Đánh giá dịch vụ
app-service-intro = Dành cho người dân và du khách. Không cần tài khoản.
app-service-choose = Bạn muốn đánh giá nơi nào?
app-service-name = Tên nơi phục vụ hoặc biển số xe
app-service-stars = Bạn thấy thế nào?
app-service-phrases = Chạm vào những ý đúng
app-phrase-clean = Sạch sẽ
app-phrase-dirty = Bẩn
app-phrase-friendly = Thân thiện
app-phrase-rude = Thái độ kém
app-phrase-fair-price = Giá hợp lý
app-phrase-overcharged = Bị tính quá giá
app-phrase-good-food = Món ăn ngon
app-phrase-unsafe = Không an toàn
app-phrase-long-wait = Chờ lâu
app-phrase-broken = Hỏng hóc
app-phrase-helpful = Giúp đỡ tận tình
app-phrase-recommend = Nên đến
app-service-words = Kể theo lời của bạn (không bắt buộc)
app-service-thanks = Cảm ơn bạn. Cơ quan quản lý dịch vụ sẽ đọc ý kiến này.

# officer

app-officer-title = Hồ sơ của tôi
app-officer-sign-in = Đăng nhập bằng mã
app-officer-code = Mã do Trung tâm cấp cho bạn
app-officer-code-wrong = Mã không đúng hoặc đã hết hạn. Hãy xem lại từng chữ, hoặc xin Trung tâm mã mới.
app-officer-empty = Không có hồ sơ nào chờ bạn xử lý.
app-officer-due-in = Còn { $time } đến hạn
app-officer-overdue-by = Quá hạn { $time }
app-officer-after-photo-required = Lĩnh vực này cần ảnh chụp sau khi xử lý.
app-officer-paper-required = Lĩnh vực này cần ảnh chụp văn bản: biên bản hoặc quyết định.
app-officer-answer-text = Đã xử lý thế nào?
app-officer-return-reason = Vì sao trả lại hồ sơ này?
app-officer-more-days = Cần thêm mấy ngày?
app-officer-more-reason = Vì sao cần thêm thời gian?
app-officer-more-asked =
    { $count ->
       *[other] Đã xin thêm { $count } ngày
    }
app-officer-needs-network = Đăng nhập và tải danh sách lần đầu cần có mạng. Hãy thử lại khi có mạng.
app-officer-will-be-sent = Đã lưu trên điện thoại này, sẽ gửi khi có mạng.
app-officer-sign-out-confirm = Đăng xuất khỏi điện thoại này? Lần sau bạn cần mã để đăng nhập lại.
app-button-sign-in = Đăng nhập
app-button-sign-out = Đăng xuất
app-button-start = Bắt đầu xử lý
app-button-answer = Trả lời
app-button-after-photo = Chụp ảnh sau xử lý
app-button-return = Trả lại
app-button-more-time = Xin thêm thời gian

# settings

app-settings-title = Cài đặt
app-settings-language = Ngôn ngữ
app-settings-language-phone = Theo điện thoại
app-settings-data = Gửi ảnh, video gốc
app-settings-data-any = Qua mọi mạng
app-settings-data-wifi = Chỉ qua Wi-Fi
app-settings-data-ask = Hỏi tôi trước
app-settings-data-hint = Nội dung và ảnh xem nhanh chỉ nặng vài chục kB, luôn được gửi ngay.
app-settings-data-used = Đã gửi { $sent }. Nhờ gửi tiếp chỗ dở, khỏi gửi lại { $saved }.
app-settings-sender = Tên và số điện thoại
app-settings-sender-hint = Điền sẵn cho các phản ánh sau. Chỉ lưu trên điện thoại này; khi gửi thì được mã hóa cho Trung tâm.
app-settings-storage = Dung lượng đã dùng: { $size }
app-settings-battery = Chế độ tiết kiệm pin có thể chặn việc gửi khi ứng dụng đóng. Hãy cho phép ứng dụng chạy nền.
app-button-battery = Cài đặt pin
app-settings-about = Giới thiệu
app-settings-about-text = PAHT đưa điều bạn thấy đến đúng cơ quan, kể cả từ nơi không có sóng, và cho bạn theo dõi đến khi xong.
app-settings-version = Phiên bản { $version }
app-settings-licence = Phần mềm nguồn mở, giấy phép Apache 2.0
app-settings-privacy = Quyền riêng tư
app-settings-privacy-text = Không cần tài khoản. Nội dung, ảnh và vị trí bạn gửi về Trung tâm có thể được công khai cùng kết quả xử lý. Tên và số điện thoại được mã hóa cho Trung tâm, không bao giờ công khai. Ảnh công khai được xóa mọi thông tin ẩn; bản gốc được Trung tâm giữ kín.

# accessibility

app-a11y-photo = Ảnh { $number } trên { $all }
app-a11y-remove-photo = Bỏ ảnh { $number }
app-a11y-category = Lĩnh vực { $name }
app-a11y-selected = Đã chọn
app-a11y-play-voice = Nghe ghi âm
app-a11y-stars =
    { $count ->
       *[other] { $count } sao
    }
app-a11y-map-not-needed = Không cần dùng bản đồ: có thể lấy vị trí của điện thoại hoặc không kèm vị trí.
app-a11y-map-pin = Bản đồ có ghim. Có thể chọn xã, phường trong danh sách bên dưới, hoặc không kèm vị trí.
app-a11y-zoom-in = Phóng to bản đồ
app-a11y-zoom-out = Thu nhỏ bản đồ

# notifications

app-channel-sending = Đang gửi
app-channel-answers = Trả lời và câu hỏi
app-channel-alerts = Cảnh báo
app-notice-sending-title = Đang gửi phản ánh
app-notice-sending-body = Còn { $size }
app-notice-answered-title = Đã có trả lời: { $code }
app-notice-answered-body = { $agency } đã trả lời. Xem kết quả và cho biết việc đã xong chưa.
app-notice-needs-you-title = Một phản ánh cần bạn xem
app-notice-needs-you-body = Chưa gửi được như hiện tại. Mở ra để xem lý do và cách sửa.
app-notice-question-title = Bạn được hỏi thêm: { $code }
app-notice-question-body = Trả lời giúp để việc được xử lý nhanh hơn.
app-notice-alert-title = Cảnh báo: { $title }
app-notice-alert-body = Hiệu lực đến { $time }. Chạm để xem cần làm gì.

# time and size

app-time-now = Vừa xong
app-time-minutes-ago =
    { $count ->
       *[other] { $count } phút trước
    }
app-time-hours-ago =
    { $count ->
       *[other] { $count } giờ trước
    }
app-time-days-ago =
    { $count ->
       *[other] { $count } ngày trước
    }
app-time-in-minutes =
    { $count ->
       *[other] sau { $count } phút nữa
    }
app-time-in-hours =
    { $count ->
       *[other] sau { $count } giờ nữa
    }
app-time-in-days =
    { $count ->
       *[other] sau { $count } ngày nữa
    }
app-duration-seconds =
    { $count ->
       *[other] { $count } giây
    }
app-duration-minutes =
    { $count ->
       *[other] { $count } phút
    }
app-duration-hours =
    { $count ->
       *[other] { $count } giờ
    }
app-duration-days =
    { $count ->
       *[other] { $count } ngày
    }
app-size-bytes = { $size } byte
app-size-kilobytes = { $size } kB
app-size-megabytes = { $size } MB
app-size-gigabytes = { $size } GB
