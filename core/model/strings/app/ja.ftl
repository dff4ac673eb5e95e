# スマートフォンアプリの言葉（日本語）。IDはどの言語でも同じ。$count は数、ほかの変数はそのまま読める文字。

# general

app-name = PAHT
app-tagline = 見つけたら通報、解決まで見届ける
app-tab-report = 通報
app-tab-mine = 自分の通報
app-tab-queue = 送信状況
app-tab-nearby = 周辺
app-tab-alerts = 警報
app-tab-service = サービス
app-tab-cases = 案件
app-tab-settings = 設定
app-tab-more = その他
app-button-ok = OK
app-button-cancel = キャンセル
app-button-back = 戻る
app-button-save = 保存
app-button-send = 送信
app-button-retry = 再試行
app-button-undo = 元に戻す
app-button-delete = 削除
app-button-close = 閉じる
app-button-more = もっと見る
app-button-yes = はい
app-button-no = いいえ
app-button-done = 完了
app-button-open-settings = 設定を開く
app-loading = 読み込み中…
app-nothing-here = まだ何もありません。
app-required = 必須
app-optional = 任意
app-error-title = うまくいきませんでした
app-offline = 今は通信できません。そのままお使いください。すべてこの端末に保存されます。
app-online = 通信が戻りました。送信を続けます。

# report

app-report-title = 新しい通報
app-report-danger = 危険にさらされている人がいるときは、先に電話してください。通報も保存されます。
app-button-take-photo = 写真を撮る
app-button-record-video = 動画を撮る
app-button-from-gallery = 写真から選ぶ
app-button-add-voice = 音声メモ
app-button-record-voice = 録音開始
app-button-stop-voice = 録音停止
app-report-voice-limit = 最長 { $seconds } 秒まで録音できます。
app-report-voice-recording = 録音中、残り { $seconds } 秒
app-report-voice-added = 音声メモ { $seconds } 秒
app-report-category = 何についての通報ですか？
app-report-category-choose = 分野を選んでください
app-report-place = 場所はどこですか？
app-report-place-accuracy = 誤差は約 { $metres } m です
app-report-place-waiting = 位置を確認しています…
app-report-place-unknown = 位置がわかりません
app-report-place-pinned = 地図で指定した位置
app-report-place-of-photo = 写真に記録された位置
app-button-pin = 地図で指定
app-button-my-position = 現在地を使う
app-button-no-place = 場所なし
app-report-words = ひとこと書く（任意）
app-report-words-hint = 例：土砂が崩れて、バイクも通れません。
app-report-sender = お名前と電話番号（任意）
app-report-sender-name = お名前
app-report-sender-number = 電話番号
app-report-sender-why = 職員が折り返し連絡するためだけに使います。公開されることはありません。
app-button-save-report = 通報を保存
app-report-saved = この端末に保存しました
app-report-will-be-sent = 通信できるようになると自動で送信されます。ほかに操作はいりません。
app-report-sending-now = センターへ送信しています。アプリを閉じてもかまいません。
app-report-draft-kept = 下書きを保存しました
app-report-draft-found = 書きかけの通報があります。
app-button-resume-draft = 続きを書く
app-button-discard-draft = 下書きを破棄
app-report-discard-confirm = この下書きを破棄しますか？文章と、アプリで撮った写真が削除されます。
app-permission-camera = アプリにカメラの使用が許可されていません。設定で許可するか、保存済みの写真を追加してください。
app-permission-location = アプリに位置情報の使用が許可されていません。設定で許可するか、地図で場所を指定してください。
app-permission-microphone = アプリにマイクの使用が許可されていません。設定で許可するか、文章で書いてください。
app-permission-notifications = 通知が許可されていません。回答を通知で受け取るには設定で許可してください。「自分の通報」でも確認できます。
app-report-no-camera = この端末には使えるカメラがありません。保存済みの写真を追加してください。
app-report-storage-full = 端末の容量がいっぱいです。写真や動画、アプリを減らして、もう一度保存してください。保存済みの通報は安全です。

# queue

app-queue-title = 送信状況
app-queue-empty = 送信待ちのものはありません。
app-part-statement = 文章
app-part-preview = 確認用の写真
app-part-rendition = 鮮明な写真
app-part-bundle = 預かり分
app-part-voice-note = 音声メモ
app-part-original = 元の写真
app-part-video = 元の動画
app-part-unknown = その他
app-part-waiting = 送信待ち
app-part-sending = 送信中 { $percent } %
app-part-received = センターが受信（{ $time }）
app-part-needs-you = 確認が必要です
app-part-held = 保留中です
app-part-file-lost = ファイルがこの端末からなくなったか変更されたため、送信できません。ほかの部分は送信されます。
app-queue-all-sent = すべて送信しました。センターがすべての受信を確認済みです。
app-queue-unconfirmed = この端末からはすべて送りました。センターの確認を待っています。
app-queue-next-try = { $time }後に再試行します
app-queue-last-failure = 前回は送信できませんでした：{ $reason }
app-queue-bytes-left = 残り { $size }
app-queue-data-used = 使用データ量：{ $size }
app-queue-waits-for-wifi = 元の写真・動画は Wi-Fi を待っています（{ $size }）。
app-queue-ask-originals = 元の写真・動画 { $size } をモバイルデータ通信で送りますか？
app-button-send-now = 今すぐ送信
app-button-hold = 保留
app-button-release = 保留を解除
app-button-send-originals = 元の写真・動画を今送る
app-button-edit = 編集
app-button-withdraw = 取り下げる
app-queue-withdraw-confirm = この通報を取り下げますか？センターは対応を終え、公開ページもなくなります。元には戻せません。

# without a network

app-way-unconfirmed = 別の方法で送信済み、確認待ち
app-ways-title = 通信なしで送る
app-ways-intro = 通報は安全に保存され、通信できるようになると自動で送られます。急ぐときは次の方法を使ってください。両方使っても通報は一件のままです。
app-sms-title = SMSで送る
app-sms-explain = 内容・分野・場所を { $number } 宛てのメッセージにします。写真と動画は通信できるようになってから送られます。料金は通常のSMSと同じです。
app-button-write-text = SMSを作成
app-button-write-part = 作成 { $part }/{ $count }
app-sms-written = SMSを作成しました。メッセージアプリで、文字を変えずに送信してください。
app-sms-no-app = この端末ではSMSを送れません。メッセージをコピーし、別の端末から { $number } に送ってください。
app-button-copy = コピー
app-courier-title = 通信できる場所へ行く人に頼む
app-courier-explain = 通報と写真を封をしたファイルにします。Bluetoothや近くの端末との共有で渡してください。相手は中を読めず、このアプリで開くと相手の端末が送ります。
app-button-give-bundle = ファイルを渡す
app-courier-making = 封をしています…
app-courier-made = { $size } を封しました。相手が開けないときは、もう一度渡してください。
app-carried-title = ほかの人から預かったもの
app-carried-intro = 渡されたファイルを開くか、ここで選んでください。この端末はあなたの分を先に送ります。
app-carried-empty = 預かっているものはありません。
app-button-choose-file = ファイルを選ぶ
app-carried-taken = ファイルを預かりました。通信できるようになると、この端末が送ります。
app-carried-answered = センターに届きました。次に会ったときに受領書を渡してください。
app-button-give-receipts = 受領書を渡す
app-button-stop-carrying = 預かりをやめる
app-carried-drop-confirm = このファイルの預かりをやめますか？センターに届いていなければ、本人が別の方法で送る必要があります。
app-receipts-accepted = 受領書を確認しました。センターにさらに { $count } 件届いています。

# mine

app-mine-title = 自分の通報
app-mine-empty = まだ通報はありません。気になるものを写真に撮ってください。電波がなくても使えます。
app-way-waiting = この端末に保存中
app-way-arriving = 送信中 { $done }/{ $all }
app-way-whole = センターに到着済み
app-way-needs-you = 確認が必要です
app-way-held = 保留中です
app-way-withdrawn = 取り下げ済み
app-stage-received = 受付済み
app-stage-refused = 対象外
app-stage-duplicate = 重複
app-stage-dispatched = 担当機関へ送付
app-stage-in-progress = 対応中
app-stage-returned = 差し戻し
app-stage-answered = 回答済み
app-stage-closed = 完了
app-stage-withdrawn = 取り下げ
app-timeline-received = センターが受け付けました。受付番号は { $code } です
app-timeline-classified = 「{ $category }」に分類されました
app-timeline-classified-area = 「{ $category }」（{ $area }）に分類されました
app-timeline-refused = センターはこの通報を扱いません
app-timeline-duplicate = 案件 { $code } と同じ内容です
app-timeline-dispatched = { $agency } に送られました（回答期限 { $due }）
app-timeline-in-progress = { $agency } が対応を始めました
app-timeline-returned = { $agency } が差し戻しました。センターが別の機関を探します
app-timeline-answered = { $agency } が回答しました
app-timeline-closed = { $agency } の対応が完了しました
app-timeline-rated = 5 点中 { $grade } 点と評価しました
app-timeline-reopened = 案件を再開しました（新しい期限 { $due }）
app-timeline-time-asked = { $agency } が { $due } までの延長を求めました
app-timeline-time-given = { $agency } の新しい期限：{ $due }
app-timeline-commented-citizen = 追記しました
app-timeline-commented-agency = 担当機関からのコメント
app-timeline-commented-operator = センターからのコメント
app-timeline-commented = コメントがあります
app-timeline-asked = 質問が届いています
app-timeline-edited = 通報の内容を変更しました
app-timeline-carried-sms = 通報が SMS で届きました（全文待ち）
app-timeline-carried-text = 通報が通常の SMS で届きました（未確認）
app-timeline-carried-http = 通報の全文がネットワークで届きました
app-timeline-carried-courier = 通報がほかの人の電話で届きました
app-timeline-withdrawn = 通報を取り下げました
app-timeline-arrived = 元の写真または動画がセンターに届きました
app-timeline-arrived-small = 確認用の写真がセンターに届きました
app-timeline-arrived-clear = 鮮明な写真がセンターに届きました
app-timeline-arrived-voice = 音声メモがセンターに届きました
app-timeline-published = 案件が公開されました
app-timeline-held = 公開する前にセンターが内容を確認します
app-timeline-taken-down = 案件は非公開になりました
app-timeline-unknown = 新しい動きがあります。見るにはアプリを更新してください
app-mine-before = 対応前
app-mine-after = 対応後
app-mine-due = 回答期限 { $time }
app-mine-overdue = 期限超過
app-mine-code = 受付番号 { $code }
app-button-share = 共有
app-mine-share-text = 通報 { $code } の経過はこちら：{ $link }

# nearby

app-nearby-title = 周辺の通報
app-nearby-empty = この周辺に公開された通報はまだありません。
app-nearby-needs-network = この一覧を見るには通信が必要です。ご自分の通報は「自分の通報」でいつでも見られます。
app-nearby-no-position = 現在地がわからないため、最新の通報を表示しています。
app-nearby-around-you = 現在地の周辺
app-nearby-around-pin = 選んだ場所の周辺
app-nearby-around = { $place } の周辺
app-nearby-within = { $distance } 以内
app-nearby-radius = 表示する範囲
app-button-list = 一覧
app-button-map = 地図
app-nearby-metres = { $metres } m
app-nearby-kilometres = { $km } km

# feedback

app-rate-title = 回答を評価
app-rate-prompt = 問題は解決しましたか？
app-grade-1 = まったく解決していない
app-grade-2 = あまり解決していない
app-grade-3 = 一部解決した
app-grade-4 = おおむね解決した
app-grade-5 = すべて解決した
app-rate-why = その理由（任意）
app-button-rate = 評価する
app-comment-prompt = 追記したいことを書いてください
app-button-comment = 追記する
app-question-title = 質問があります
app-button-reply = 返信
app-reopen-title = 解決していませんか？
app-reopen-prompt = 再開すると、担当機関は新しい期限までにもう一度回答します。最初の期限も記録に残ります。
app-reopen-reason = 解決していない点を書いてください
app-button-reopen = 再開する
app-feedback-thanks = ありがとうございます。この端末に保存し、通信できるときに送信します。

# alerts

app-alerts-title = 警報・お知らせ
app-alerts-empty = 現在、この地域に警報は出ていません。
app-alerts-valid-until = { $time } まで有効
app-alerts-old = 過去の警報（終了）
app-alerts-as-of = { $time } 時点の情報です。新しい情報を見るには通信が必要です。
app-alerts-never = この端末はまだ警報の情報を受け取っていません。通信できるようになると自動で届きます。
app-alerts-here = 現在地が対象です
app-alerts-elsewhere = 省内のほかの地域
app-emergency-title = 緊急電話番号
app-emergency-disaster = 災害・洪水・土砂崩れ
app-emergency-police = 警察
app-emergency-fire = 消防・救助
app-emergency-ambulance = 救急車
app-emergency-which = 災害・洪水・土砂崩れは112、犯罪・暴力は113、火災・閉じ込めは114、けが・急病は115へ。
app-button-call = { $number } に電話

# service

app-service-title = サービスを評価
app-service-intro = 旅行者も住民の方も使えます。アカウントは不要です。
app-service-choose = どのサービスを評価しますか？
app-service-name = 店名・施設名、または車のナンバー
app-service-stars = いかがでしたか？
app-service-phrases = 当てはまるものをタップしてください
app-phrase-clean = 清潔
app-phrase-dirty = 不潔
app-phrase-friendly = 親切
app-phrase-rude = 失礼
app-phrase-fair-price = 適正な値段
app-phrase-overcharged = 高すぎる請求
app-phrase-good-food = おいしい
app-phrase-unsafe = 安全でない
app-phrase-long-wait = 待ち時間が長い
app-phrase-broken = 壊れている
app-phrase-helpful = 頼りになる
app-phrase-recommend = おすすめ
app-service-words = ご自由にお書きください（任意）
app-service-thanks = ありがとうございます。サービスの担当機関がお読みします。

# officer

app-officer-title = 担当案件
app-officer-sign-in = コードでログイン
app-officer-code = センターから渡されたコード
app-officer-code-wrong = コードが違うか、期限が切れています。1文字ずつ確かめるか、センターに新しいコードを依頼してください。
app-officer-empty = 対応待ちの案件はありません。
app-officer-due-in = 期限まで{ $time }
app-officer-overdue-by = 期限を{ $time }超過
app-officer-after-photo-required = この分野では、対応後の写真が必要です。
app-officer-paper-required = この分野では、記録や決定書など書類の写真が必要です。
app-officer-answer-text = どのように対応しましたか？
app-officer-return-reason = 差し戻す理由を書いてください
app-officer-more-days = あと何日必要ですか？
app-officer-more-reason = 延長が必要な理由を書いてください
app-officer-more-asked =
    { $count ->
       *[other] { $count } 日の延長を申請済み
    }
app-officer-needs-network = サインインと最初の一覧には通信が必要です。つながる場所でもう一度お試しください。
app-officer-will-be-sent = この端末に保存しました。通信できるときに送信します。
app-officer-sign-out-confirm = この端末からログアウトしますか？次にログインするときはコードが必要です。
app-button-sign-in = ログイン
app-button-sign-out = ログアウト
app-button-start = 対応を開始
app-button-answer = 回答する
app-button-after-photo = 対応後の写真
app-button-return = 差し戻す
app-button-more-time = 期限の延長を申請

# settings

app-settings-title = 設定
app-settings-language = 言語
app-settings-language-phone = 端末に合わせる
app-settings-data = 元の写真・動画の送信
app-settings-data-any = すべての通信で送る
app-settings-data-wifi = Wi-Fi のみ
app-settings-data-ask = 毎回確認する
app-settings-data-hint = 文章と確認用の写真は数十 kB なので、いつもすぐに送ります。
app-settings-data-used = 送信済み：{ $sent }。途中から再開して節約：{ $saved }。
app-settings-sender = お名前と電話番号
app-settings-sender-hint = 次回からの通報に自動で入力されます。この端末だけに保存し、送信時はセンターだけが読めるよう暗号化します。
app-settings-storage = 使用容量：{ $size }
app-settings-battery = 省電力モードでは、アプリを閉じている間に送信が止まることがあります。バックグラウンドでの動作を許可してください。
app-button-battery = 電池の設定
app-settings-about = このアプリについて
app-settings-about-text = PAHT は、電波の届かない場所からでも、見つけた問題を担当機関に届け、解決まで見守れるアプリです。
app-settings-version = バージョン { $version }
app-settings-licence = オープンソース（Apache 2.0 ライセンス）
app-settings-privacy = プライバシー
app-settings-privacy-text = アカウントは不要です。送信された文章・写真・場所は、対応結果とともに公開されることがあります。お名前と電話番号はセンターだけが読めるよう暗号化され、公開されることはありません。公開される写真からは隠れた情報がすべて取り除かれ、元のファイルはセンターが非公開で保管します。

# accessibility

app-a11y-photo = 写真 { $number }／{ $all }
app-a11y-remove-photo = 写真 { $number } を外す
app-a11y-category = 分野 { $name }
app-a11y-selected = 選択済み
app-a11y-play-voice = 音声メモを再生
app-a11y-stars =
    { $count ->
       *[other] 星 { $count } つ
    }
app-a11y-map-not-needed = 地図は使わなくてもかまいません。端末の位置情報を使うか、場所なしで進めます。
app-a11y-map-pin = ピンのある地図です。下の一覧から地区を選ぶか、場所なしで進めることもできます。
app-a11y-zoom-in = 地図を拡大
app-a11y-zoom-out = 地図を縮小

# notifications

app-channel-sending = 送信
app-channel-answers = 回答と質問
app-channel-alerts = 警報
app-notice-sending-title = 通報を送信しています
app-notice-sending-body = 残り { $size }
app-notice-answered-title = 回答がありました：{ $code }
app-notice-answered-body = { $agency } が回答しました。結果を見て、解決したかどうかをお知らせください。
app-notice-needs-you-title = 確認が必要な通報があります
app-notice-needs-you-body = このままでは送信できません。開いて理由と対処を確かめてください。
app-notice-question-title = 質問が届きました：{ $code }
app-notice-question-body = お返事をいただくと、早い解決につながります。
app-notice-alert-title = 警報：{ $title }
app-notice-alert-body = { $time } まで有効。タップすると、とるべき行動がわかります。

# time and size

app-time-now = たった今
app-time-minutes-ago =
    { $count ->
       *[other] { $count } 分前
    }
app-time-hours-ago =
    { $count ->
       *[other] { $count } 時間前
    }
app-time-days-ago =
    { $count ->
       *[other] { $count } 日前
    }
app-time-in-minutes =
    { $count ->
       *[other] { $count } 分後
    }
app-time-in-hours =
    { $count ->
       *[other] { $count } 時間後
    }
app-time-in-days =
    { $count ->
       *[other] { $count } 日後
    }
app-duration-seconds =
    { $count ->
       *[other] { $count } 秒
    }
app-duration-minutes =
    { $count ->
       *[other] { $count } 分
    }
app-duration-hours =
    { $count ->
       *[other] { $count } 時間
    }
app-duration-days =
    { $count ->
       *[other] { $count } 日
    }
app-size-bytes = { $size } バイト
app-size-kilobytes = { $size } kB
app-size-megabytes = { $size } MB
app-size-gigabytes = { $size } GB
