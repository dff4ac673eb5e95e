# 휴대전화 앱의 말(한국어). ID는 모든 언어에서 같다. $count는 수, 나머지 변수는 그대로 읽을 글.

# general

app-name = PAHT
app-tagline = 보이는 대로 신고하고 해결될 때까지 확인하세요
app-tab-report = 신고
app-tab-mine = 내 신고
app-tab-queue = 전송
app-tab-nearby = 주변
app-tab-alerts = 경보
app-tab-service = 서비스
app-tab-cases = 담당 건
app-tab-settings = 설정
app-tab-more = 더보기
app-button-ok = 확인
app-button-cancel = 취소
app-button-back = 뒤로
app-button-save = 저장
app-button-send = 보내기
app-button-retry = 다시 시도
app-button-undo = 실행 취소
app-button-delete = 삭제
app-button-close = 닫기
app-button-more = 더 보기
app-button-yes = 예
app-button-no = 아니요
app-button-done = 완료
app-button-open-settings = 설정 열기
app-loading = 불러오는 중…
app-nothing-here = 아직 아무것도 없습니다.
app-required = 필수
app-optional = 선택 사항
app-error-title = 처리하지 못했습니다
app-offline = 지금은 네트워크가 없습니다. 그대로 사용하세요. 모두 이 휴대전화에 보관됩니다.
app-online = 다시 연결되었습니다. 이어서 보냅니다.

# report

app-report-title = 새 신고
app-report-danger = 위험에 처한 사람이 있으면 먼저 전화하세요. 신고도 저장됩니다.
app-button-take-photo = 사진 찍기
app-button-record-video = 동영상 찍기
app-button-from-gallery = 갤러리에서 선택
app-button-add-voice = 음성 메모
app-button-record-voice = 녹음 시작
app-button-stop-voice = 녹음 중지
app-report-voice-limit = 최대 { $seconds }초까지 녹음할 수 있습니다.
app-report-voice-recording = 녹음 중, { $seconds }초 남음
app-report-voice-added = 음성 메모 { $seconds }초
app-report-category = 무엇에 관한 신고인가요?
app-report-category-choose = 분야를 고르세요
app-report-place = 어디인가요?
app-report-place-accuracy = 오차 약 { $metres }m
app-report-place-waiting = 위치를 찾는 중…
app-report-place-unknown = 위치를 알 수 없음
app-report-place-pinned = 지도에서 지정함
app-report-place-of-photo = 사진에 기록된 위치
app-button-pin = 지도에서 지정
app-button-my-position = 내 위치 사용
app-button-no-place = 위치 없이
app-report-words = 간단히 적기(선택)
app-report-words-hint = 예: 흙과 돌이 무너져 오토바이도 지나갈 수 없습니다.
app-report-sender = 이름과 전화번호(선택)
app-report-sender-name = 이름
app-report-sender-number = 전화번호
app-report-sender-why = 담당자가 다시 연락할 때만 씁니다. 절대 공개되지 않습니다.
app-button-save-report = 신고 저장
app-report-saved = 이 휴대전화에 저장했습니다
app-report-will-be-sent = 네트워크가 연결되면 자동으로 보냅니다. 더 하실 일은 없습니다.
app-report-sending-now = 센터로 보내는 중입니다. 앱을 닫아도 됩니다.
app-report-draft-kept = 초안을 보관했습니다
app-report-draft-found = 작성하다 만 신고가 있습니다.
app-button-resume-draft = 이어서 쓰기
app-button-discard-draft = 초안 버리기
app-report-discard-confirm = 이 초안을 버릴까요? 적은 글과 앱에서 찍은 사진이 삭제됩니다.
app-permission-camera = 앱에 카메라 권한이 없습니다. 설정에서 허용하거나 갤러리에서 사진을 추가하세요.
app-permission-location = 앱에 위치 권한이 없습니다. 설정에서 허용하거나 지도에서 위치를 지정하세요.
app-permission-microphone = 앱에 마이크 권한이 없습니다. 설정에서 허용하거나 글로 적어 주세요.
app-permission-notifications = 알림이 허용되지 않았습니다. 답변 알림을 받으려면 설정에서 허용하세요. ‘내 신고’에서도 볼 수 있습니다.
app-report-no-camera = 이 휴대전화에는 쓸 수 있는 카메라가 없습니다. 갤러리에서 사진을 추가하세요.
app-report-storage-full = 휴대전화 저장 공간이 가득 찼습니다. 사진이나 동영상, 앱을 지우고 다시 저장하세요. 저장된 신고는 안전합니다.

# queue

app-queue-title = 보내는 중
app-queue-empty = 보낼 것이 없습니다.
app-part-statement = 글
app-part-preview = 미리보기
app-part-rendition = 선명한 사진
app-part-bundle = 대신 전달
app-part-voice-note = 음성 메모
app-part-original = 원본 사진
app-part-video = 원본 동영상
app-part-unknown = 기타
app-part-waiting = 대기 중
app-part-sending = 보내는 중 { $percent } %
app-part-received = 센터 수신, { $time }
app-part-needs-you = 확인 필요
app-part-held = 보류해 둠
app-part-file-lost = 파일이 이 휴대전화에서 없어졌거나 바뀌어 보낼 수 없습니다. 나머지는 그대로 보냅니다.
app-queue-all-sent = 모두 보냈습니다. 센터가 모든 부분을 확인했습니다.
app-queue-unconfirmed = 이 휴대전화에서는 모두 보냈습니다. 센터의 확인을 기다립니다.
app-queue-next-try = { $time } 후 다시 시도
app-queue-last-failure = 지난번에 보내지 못한 이유: { $reason }
app-queue-bytes-left = { $size } 남음
app-queue-data-used = 사용한 데이터: { $size }
app-queue-waits-for-wifi = 원본은 Wi-Fi를 기다립니다({ $size }).
app-queue-ask-originals = 원본 { $size }를 모바일 데이터로 보낼까요?
app-button-send-now = 지금 보내기
app-button-hold = 보류
app-button-release = 보류 해제
app-button-send-originals = 원본 지금 보내기
app-button-edit = 수정
app-button-withdraw = 철회
app-queue-withdraw-confirm = 이 신고를 철회할까요? 센터가 처리를 멈추고 공개 페이지를 내립니다. 되돌릴 수 없습니다.

# without a network

app-way-unconfirmed = 다른 방법으로 보냄, 확인 대기
app-ways-title = 네트워크 없이 보내기
app-ways-intro = 신고는 안전하게 저장되며 네트워크가 되면 자동으로 갑니다. 급하면 아래 방법을 쓰세요. 둘 다 써도 신고는 하나입니다.
app-sms-title = 문자 메시지로
app-sms-explain = 내용, 분야, 위치를 { $number } 앞으로 보내는 문자로 씁니다. 사진과 동영상은 네트워크가 되면 갑니다. 요금은 일반 문자와 같습니다.
app-button-write-text = 문자 쓰기
app-button-write-part = 문자 { $part }/{ $count }
app-sms-written = 문자를 썼습니다. 문자 앱에서 글자를 바꾸지 말고 보내세요.
app-sms-no-app = 이 휴대전화로는 문자를 보낼 수 없습니다. 문자를 복사해 다른 휴대전화에서 { $number } 번으로 보내세요.
app-button-copy = 복사
app-courier-title = 네트워크가 되는 곳으로 가는 사람에게
app-courier-explain = 신고와 사진을 봉인된 파일로 만듭니다. 블루투스나 근처 공유로 건네세요. 상대는 읽을 수 없고, 이 앱으로 열면 상대의 휴대전화가 대신 보냅니다.
app-button-give-bundle = 파일 건네기
app-courier-making = 봉인하는 중…
app-courier-made = { $size }를 봉인했습니다. 상대가 열지 못하면 다시 건네세요.
app-carried-title = 남을 위해 나르는 것
app-carried-intro = 다른 사람이 건넨 파일을 열거나 여기서 고르세요. 이 휴대전화는 당신 것을 먼저 보냅니다.
app-carried-empty = 남을 위해 나르는 것이 없습니다.
app-button-choose-file = 파일 고르기
app-carried-taken = 파일을 맡았습니다. 네트워크가 되면 이 휴대전화가 보냅니다.
app-carried-answered = 센터가 받았습니다. 다시 만나면 접수증을 돌려주세요.
app-button-give-receipts = 접수증 건네기
app-button-stop-carrying = 그만 나르기
app-carried-drop-confirm = 이 파일을 그만 나를까요? 센터가 아직 받지 못했다면 본인이 다른 방법으로 보내야 합니다.
app-receipts-accepted = 접수증이 맞습니다. 센터가 { $count }개를 더 받았습니다.

# mine

app-mine-title = 내 신고
app-mine-empty = 아직 신고가 없습니다. 조치가 필요한 것을 사진으로 찍어 주세요. 네트워크가 없어도 됩니다.
app-way-waiting = 이 휴대전화에 있음
app-way-arriving = 전송 중 { $done }/{ $all }
app-way-whole = 센터 도착
app-way-needs-you = 확인 필요
app-way-held = 보류해 둠
app-way-withdrawn = 철회함
app-stage-received = 접수
app-stage-refused = 처리 대상 아님
app-stage-duplicate = 중복
app-stage-dispatched = 기관 전달
app-stage-in-progress = 처리 중
app-stage-returned = 기관 반려
app-stage-answered = 답변 완료
app-stage-closed = 처리 완료
app-stage-withdrawn = 철회
app-timeline-received = 센터가 접수했습니다. 접수번호는 { $code }입니다
app-timeline-classified = ‘{ $category }’ 분야로 분류되었습니다
app-timeline-classified-area = ‘{ $category }’ 분야, { $area } 지역으로 분류되었습니다
app-timeline-refused = 센터에서 처리하지 않는 신고입니다
app-timeline-duplicate = { $code } 건과 같은 내용입니다
app-timeline-dispatched = 담당 기관에 전달: { $agency }, 답변 기한 { $due }
app-timeline-in-progress = 처리 시작: { $agency }
app-timeline-returned = 반려: { $agency }. 센터가 다른 기관을 찾습니다
app-timeline-answered = 답변: { $agency }
app-timeline-closed = 처리 완료: { $agency }
app-timeline-rated = 5점 만점에 { $grade }점을 주셨습니다
app-timeline-reopened = 재처리를 요청하셨습니다. 새 기한 { $due }
app-timeline-time-asked = 기한 연장 요청: { $agency }, { $due }까지
app-timeline-time-given = { $agency }의 새 기한: { $due }
app-timeline-commented-citizen = 덧붙이신 말
app-timeline-commented-agency = 담당 기관이 남긴 말
app-timeline-commented-operator = 센터가 남긴 말
app-timeline-commented = 남긴 말이 있습니다
app-timeline-asked = 질문이 왔습니다
app-timeline-edited = 신고를 수정하셨습니다
app-timeline-carried-sms = 신고가 SMS로 도착했습니다(전체 내용 대기 중)
app-timeline-carried-text = 신고가 일반 문자로 도착했습니다(미확인)
app-timeline-carried-http = 신고 전체가 네트워크로 도착했습니다
app-timeline-carried-courier = 신고가 다른 사람의 전화로 도착했습니다
app-timeline-withdrawn = 신고를 철회하셨습니다
app-timeline-arrived = 원본 사진 또는 동영상이 센터에 도착했습니다
app-timeline-arrived-small = 미리보기 사진이 센터에 도착했습니다
app-timeline-arrived-clear = 선명한 사진이 센터에 도착했습니다
app-timeline-arrived-voice = 음성 메모가 센터에 도착했습니다
app-timeline-published = 이 건이 공개되었습니다
app-timeline-held = 센터가 살펴본 뒤 공개합니다
app-timeline-taken-down = 이 건은 더 이상 공개되지 않습니다
app-timeline-unknown = 새로운 소식이 있습니다. 앱을 업데이트하면 볼 수 있습니다
app-mine-before = 처리 전
app-mine-after = 처리 후
app-mine-due = 답변 기한 { $time }
app-mine-overdue = 기한 초과
app-mine-code = 접수번호 { $code }
app-button-share = 공유
app-mine-share-text = 신고 { $code }, 진행 상황: { $link }

# nearby

app-nearby-title = 주변 신고
app-nearby-empty = 이 주변에 공개된 신고가 아직 없습니다.
app-nearby-needs-network = 이 목록은 네트워크가 필요합니다. 내가 보낸 신고는 ‘내 신고’에서 언제든 볼 수 있습니다.
app-nearby-no-position = 내 위치를 알 수 없어 최근 신고를 보여 드립니다.
app-nearby-around-you = 내 위치 주변
app-nearby-around-pin = 선택한 곳 주변
app-nearby-around = { $place } 주변
app-nearby-within = { $distance } 이내
app-nearby-radius = 찾을 범위
app-button-list = 목록
app-button-map = 지도
app-nearby-metres = { $metres }m
app-nearby-kilometres = { $km }km

# feedback

app-rate-title = 답변 평가
app-rate-prompt = 문제가 해결되었나요?
app-grade-1 = 전혀 해결되지 않음
app-grade-2 = 거의 해결되지 않음
app-grade-3 = 일부 해결됨
app-grade-4 = 대체로 해결됨
app-grade-5 = 모두 해결됨
app-rate-why = 그 이유(선택)
app-button-rate = 평가하기
app-comment-prompt = 덧붙일 내용을 적어 주세요
app-button-comment = 덧붙이기
app-question-title = 질문이 있습니다
app-button-reply = 답하기
app-reopen-title = 해결되지 않았나요?
app-reopen-prompt = 재처리를 요청하면 담당 기관이 새 기한까지 다시 답해야 합니다. 처음 기한도 기록에 남습니다.
app-reopen-reason = 무엇이 해결되지 않았나요?
app-button-reopen = 재처리 요청
app-feedback-thanks = 감사합니다. 이 휴대전화에 보관했다가 네트워크가 연결되면 보냅니다.

# alerts

app-alerts-title = 경보
app-alerts-empty = 지금 이 지역에 내려진 경보가 없습니다.
app-alerts-valid-until = { $time }까지 유효
app-alerts-old = 지난 경보, 효력 없음
app-alerts-as-of = { $time } 기준입니다. 더 새로운 소식은 네트워크가 필요합니다.
app-alerts-never = 이 휴대전화는 아직 경보 소식을 받지 못했습니다. 네트워크가 연결되면 저절로 도착합니다.
app-alerts-here = 현재 위치에 해당
app-alerts-elsewhere = 성 내 다른 지역
app-emergency-title = 긴급 전화번호
app-emergency-disaster = 재난·홍수·산사태
app-emergency-police = 경찰
app-emergency-fire = 소방·구조
app-emergency-ambulance = 구급차
app-emergency-which = 재난·홍수·산사태는 112, 범죄·폭력은 113, 화재·갇힌 사람은 114, 부상·위급한 병은 115로 전화하세요.
app-button-call = { $number } 전화

# service

app-service-title = 서비스 평가
app-service-intro = 여행객과 주민 모두 쓸 수 있습니다. 계정이 필요 없습니다.
app-service-choose = 어떤 서비스를 평가하시겠습니까?
app-service-name = 업체 이름 또는 차량 번호
app-service-stars = 어떠셨나요?
app-service-phrases = 해당하는 것을 누르세요
app-phrase-clean = 깨끗함
app-phrase-dirty = 지저분함
app-phrase-friendly = 친절함
app-phrase-rude = 불친절함
app-phrase-fair-price = 적당한 가격
app-phrase-overcharged = 바가지요금
app-phrase-good-food = 음식이 맛있음
app-phrase-unsafe = 안전하지 않음
app-phrase-long-wait = 오래 기다림
app-phrase-broken = 고장 남
app-phrase-helpful = 도움이 됨
app-phrase-recommend = 추천함
app-service-words = 자유롭게 적어 주세요(선택)
app-service-thanks = 감사합니다. 서비스 담당 기관이 읽어 보겠습니다.

# officer

app-officer-title = 내 담당 건
app-officer-sign-in = 코드로 로그인
app-officer-code = 센터에서 받은 코드
app-officer-code-wrong = 코드가 틀렸거나 만료되었습니다. 한 글자씩 확인하거나 센터에 새 코드를 요청하세요.
app-officer-empty = 처리를 기다리는 건이 없습니다.
app-officer-due-in = 기한까지 { $time }
app-officer-overdue-by = 기한 { $time } 초과
app-officer-after-photo-required = 이 분야는 처리 후 사진이 필요합니다.
app-officer-paper-required = 이 분야는 회의록이나 결정서 같은 문서 사진이 필요합니다.
app-officer-answer-text = 어떻게 처리했나요?
app-officer-return-reason = 이 건을 반려하는 이유는 무엇인가요?
app-officer-more-days = 며칠이 더 필요한가요?
app-officer-more-reason = 시간이 더 필요한 이유는 무엇인가요?
app-officer-more-asked =
    { $count ->
       *[other] { $count }일 연장 요청함
    }
app-officer-needs-network = 로그인과 첫 목록에는 네트워크가 필요합니다. 연결되는 곳에서 다시 시도해 주세요.
app-officer-will-be-sent = 이 휴대전화에 보관했다가 네트워크가 연결되면 보냅니다.
app-officer-sign-out-confirm = 이 휴대전화에서 로그아웃할까요? 다시 로그인하려면 코드가 필요합니다.
app-button-sign-in = 로그인
app-button-sign-out = 로그아웃
app-button-start = 처리 시작
app-button-answer = 답변하기
app-button-after-photo = 처리 후 사진
app-button-return = 반려
app-button-more-time = 기한 연장 요청

# settings

app-settings-title = 설정
app-settings-language = 언어
app-settings-language-phone = 휴대전화 설정 따름
app-settings-data = 원본 보내기
app-settings-data-any = 모든 네트워크
app-settings-data-wifi = Wi-Fi에서만
app-settings-data-ask = 먼저 물어보기
app-settings-data-hint = 글과 미리보기 사진은 수십 kB라서 언제나 바로 보냅니다.
app-settings-data-used = 지금까지 보냄: { $sent }. 이어 보내기로 아낌: { $saved }.
app-settings-sender = 이름과 전화번호
app-settings-sender-hint = 다음 신고에 자동으로 채워집니다. 이 휴대전화에만 저장되고, 보낼 때는 센터만 읽을 수 있게 암호화됩니다.
app-settings-storage = 사용한 저장 공간: { $size }
app-settings-battery = 절전 모드에서는 앱을 닫은 동안 전송이 멈출 수 있습니다. 백그라운드 실행을 허용해 주세요.
app-button-battery = 배터리 설정
app-settings-about = 앱 정보
app-settings-about-text = PAHT는 신호가 없는 곳에서도 보신 것을 담당 기관에 전하고 끝까지 지켜볼 수 있게 합니다.
app-settings-version = 버전 { $version }
app-settings-licence = 오픈 소스, Apache 2.0 라이선스
app-settings-privacy = 개인정보 보호
app-settings-privacy-text = 계정이 필요 없습니다. 보내신 글, 사진, 위치는 처리 결과와 함께 공개될 수 있습니다. 이름과 전화번호는 센터만 읽을 수 있게 암호화되며 절대 공개되지 않습니다. 공개되는 사진에서는 숨은 정보를 모두 지우고, 원본은 센터가 비공개로 보관합니다.

# accessibility

app-a11y-photo = 사진 { $all }장 중 { $number }
app-a11y-remove-photo = 사진 { $number } 빼기
app-a11y-category = { $name } 분야
app-a11y-selected = 선택됨
app-a11y-play-voice = 음성 메모 재생
app-a11y-stars =
    { $count ->
       *[other] 별 { $count }개
    }
app-a11y-map-not-needed = 지도를 쓰지 않아도 됩니다. 휴대전화 위치를 쓰거나 위치 없이 보낼 수 있습니다.
app-a11y-map-pin = 핀이 있는 지도입니다. 아래 목록에서 지역을 고르거나 위치 없이 보낼 수도 있습니다.
app-a11y-zoom-in = 지도 확대
app-a11y-zoom-out = 지도 축소

# notifications

app-channel-sending = 전송
app-channel-answers = 답변과 질문
app-channel-alerts = 경보
app-notice-sending-title = 신고를 보내는 중
app-notice-sending-body = { $size } 남음
app-notice-answered-title = 답변 도착: { $code }
app-notice-answered-body = { $agency }에서 답변했습니다. 결과를 보고 해결되었는지 알려 주세요.
app-notice-needs-you-title = 확인이 필요한 신고가 있습니다
app-notice-needs-you-body = 이대로는 보낼 수 없습니다. 열어서 이유와 방법을 확인하세요.
app-notice-question-title = 질문 도착: { $code }
app-notice-question-body = 답해 주시면 더 빨리 해결됩니다.
app-notice-alert-title = 경보: { $title }
app-notice-alert-body = { $time }까지 유효. 눌러서 행동 요령을 확인하세요.

# time and size

app-time-now = 방금
app-time-minutes-ago =
    { $count ->
       *[other] { $count }분 전
    }
app-time-hours-ago =
    { $count ->
       *[other] { $count }시간 전
    }
app-time-days-ago =
    { $count ->
       *[other] { $count }일 전
    }
app-time-in-minutes =
    { $count ->
       *[other] { $count }분 후
    }
app-time-in-hours =
    { $count ->
       *[other] { $count }시간 후
    }
app-time-in-days =
    { $count ->
       *[other] { $count }일 후
    }
app-duration-seconds =
    { $count ->
       *[other] { $count }초
    }
app-duration-minutes =
    { $count ->
       *[other] { $count }분
    }
app-duration-hours =
    { $count ->
       *[other] { $count }시간
    }
app-duration-days =
    { $count ->
       *[other] { $count }일
    }
app-size-bytes = { $size }바이트
app-size-kilobytes = { $size } kB
app-size-megabytes = { $size } MB
app-size-gigabytes = { $size } GB
