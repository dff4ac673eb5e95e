# 手机应用的文字（简体中文）。标识在各语言中相同；$count 是数字，其余变量是可直接显示的文字。

# general

app-name = PAHT
app-tagline = 随手上报，跟进到底
app-tab-report = 上报
app-tab-mine = 我的
app-tab-queue = 发送
app-tab-nearby = 附近
app-tab-alerts = 预警
app-tab-service = 服务
app-tab-cases = 事项
app-tab-settings = 设置
app-tab-more = 更多
app-button-ok = 确定
app-button-cancel = 取消
app-button-back = 返回
app-button-save = 保存
app-button-send = 发送
app-button-retry = 重试
app-button-undo = 撤销
app-button-delete = 删除
app-button-close = 关闭
app-button-more = 查看更多
app-button-yes = 是
app-button-no = 否
app-button-done = 完成
app-button-open-settings = 打开设置
app-loading = 正在加载…
app-nothing-here = 这里还没有内容。
app-required = 必填
app-optional = 选填
app-error-title = 操作未成功
app-offline = 当前没有网络。您可以照常使用，所有内容都保存在这部手机上。
app-online = 网络已恢复，继续发送。

# report

app-report-title = 新建上报
app-report-danger = 如有人遇险，请先打电话。上报也会保存。
app-button-take-photo = 拍照
app-button-record-video = 录像
app-button-from-gallery = 从相册选择
app-button-add-voice = 语音留言
app-button-record-voice = 开始录音
app-button-stop-voice = 停止录音
app-report-voice-limit = 最多可录 { $seconds } 秒。
app-report-voice-recording = 正在录音，还剩 { $seconds } 秒
app-report-voice-added = 语音留言 { $seconds } 秒
app-report-category = 上报的是什么问题？
app-report-category-choose = 请选择类别
app-report-place = 在哪里？
app-report-place-accuracy = 精确到约 { $metres } 米
app-report-place-waiting = 正在获取位置…
app-report-place-unknown = 位置未知
app-report-place-pinned = 已在地图上标出
app-report-place-of-photo = 采用照片中的位置
app-button-pin = 在地图上标出
app-button-my-position = 用我的位置
app-button-no-place = 不附位置
app-report-words = 写几句话（选填）
app-report-words-hint = 例如：土石滑落，摩托车过不去。
app-report-sender = 姓名和电话（选填）
app-report-sender-name = 您的姓名
app-report-sender-number = 您的电话号码
app-report-sender-why = 仅供工作人员回电时使用，绝不公开。
app-button-save-report = 保存上报
app-report-saved = 已保存在这部手机上
app-report-will-be-sent = 一有网络就会自动发送，您无需再做什么。
app-report-sending-now = 正在发送给中心。您可以关闭应用。
app-report-draft-kept = 草稿已保留
app-report-draft-found = 您有一条未完成的上报。
app-button-resume-draft = 继续填写
app-button-discard-draft = 放弃草稿
app-report-discard-confirm = 要放弃这份草稿吗？文字和在应用内拍的照片将被删除。
app-permission-camera = 应用没有相机权限。请在设置中允许，或从相册添加照片。
app-permission-location = 应用没有位置权限。请在设置中允许，或在地图上标出地点。
app-permission-microphone = 应用没有麦克风权限。请在设置中允许，或写几句话。
app-permission-notifications = 应用没有通知权限。请在设置中允许以接收答复提醒，也可在“我的”中查看。
app-report-no-camera = 这部手机没有可用的相机。请从相册添加照片。
app-report-storage-full = 手机已满。请删除一些照片、视频或应用后再保存；已保存的上报是安全的。

# queue

app-queue-title = 发送队列
app-queue-empty = 没有等待发送的内容。
app-part-statement = 文字
app-part-preview = 预览图
app-part-rendition = 清晰图
app-part-bundle = 代送
app-part-voice-note = 语音留言
app-part-original = 原始照片
app-part-video = 原始视频
app-part-unknown = 其他部分
app-part-waiting = 等待发送
app-part-sending = 正在发送 { $percent } %
app-part-received = 中心已收到，{ $time }
app-part-needs-you = 需要您处理
app-part-held = 您已暂缓发送
app-part-file-lost = 文件已不在这部手机上或已被改动，无法发送。其余部分照常发送。
app-queue-all-sent = 全部发送完毕，中心已逐项确认。
app-queue-unconfirmed = 手机已全部发出，正在等待中心确认。
app-queue-next-try = { $time }后重试
app-queue-last-failure = 上次发送未成功：{ $reason }
app-queue-bytes-left = 还剩 { $size }
app-queue-data-used = 已用流量：{ $size }
app-queue-waits-for-wifi = 原始文件等待 Wi-Fi（{ $size }）。
app-queue-ask-originals = 要用移动数据发送 { $size } 的原始文件吗？
app-button-send-now = 立即发送
app-button-hold = 暂缓
app-button-release = 恢复发送
app-button-send-originals = 立即发送原始文件
app-button-edit = 修改
app-button-withdraw = 撤回
app-queue-withdraw-confirm = 要撤回这条上报吗？中心将停止处理并撤下公开页面。此操作无法撤销。

# without a network

app-way-unconfirmed = 已用其他方式发送，待确认
app-ways-title = 无网络发送
app-ways-intro = 上报已安全保存，有网络时会自动发送。如情况紧急，可用以下方式；两种都用也只算一条上报。
app-sms-title = 用短信发送
app-sms-explain = 内容、类别和位置会写成发往 { $number } 的短信。照片和视频在有网络后再发送。资费与普通短信相同。
app-button-write-text = 编写短信
app-button-write-part = 短信 { $part }/{ $count }
app-sms-written = 短信已写好。请在短信应用中直接发送，不要改动文字。
app-sms-no-app = 本机无法发送短信。请复制内容，用另一部手机发送到 { $number }。
app-button-copy = 复制
app-courier-title = 请前往有网络地方的人代送
app-courier-explain = 上报和照片会封存为文件。请用蓝牙或附近共享交给对方；对方无法阅读，用本应用打开后由对方手机代为发送。
app-button-give-bundle = 生成并转交文件
app-courier-making = 正在封存…
app-courier-made = 已封存 { $size }。如对方无法打开，请重新转交。
app-carried-title = 代他人携带
app-carried-intro = 请打开他人转交的文件，或在此选择。本机会先发送您自己的内容。
app-carried-empty = 没有代他人携带的内容。
app-button-choose-file = 选择文件
app-carried-taken = 文件已收下。有网络时由本机代为发送。
app-carried-answered = 中心已收到。再见面时请把回执交给对方。
app-button-give-receipts = 转交回执
app-button-stop-carrying = 不再携带
app-carried-drop-confirm = 不再携带此文件？如中心尚未收到，本人需用其他方式发送。
app-receipts-accepted = 回执有效：中心又收到 { $count } 个部分。

# mine

app-mine-title = 我的上报
app-mine-empty = 您还没有上报过。请拍下需要处理的问题；没有网络也可以使用。
app-way-waiting = 在这部手机上
app-way-arriving = 正在送达 { $done }/{ $all }
app-way-whole = 中心已全部收到
app-way-needs-you = 需要您处理
app-way-held = 您已暂缓发送
app-way-withdrawn = 已撤回
app-stage-received = 已受理
app-stage-refused = 不予处理
app-stage-duplicate = 重复
app-stage-dispatched = 已转办
app-stage-in-progress = 处理中
app-stage-returned = 单位退回
app-stage-answered = 已答复
app-stage-closed = 已办结
app-stage-withdrawn = 已撤回
app-timeline-received = 中心已受理。您的受理编号是 { $code }
app-timeline-classified = 归入“{ $category }”
app-timeline-classified-area = 归入“{ $category }”，{ $area }
app-timeline-refused = 中心不处理此上报
app-timeline-duplicate = 与事项 { $code } 相同
app-timeline-dispatched = 已转交 { $agency }，答复期限 { $due }
app-timeline-in-progress = { $agency } 开始处理
app-timeline-returned = { $agency } 已退回，中心将另行转办
app-timeline-answered = { $agency } 已答复
app-timeline-closed = { $agency } 已办结
app-timeline-rated = 您评了 { $grade } 分（满分 5 分）
app-timeline-reopened = 您要求重新办理，新期限 { $due }
app-timeline-time-asked = { $agency } 申请延期至 { $due }
app-timeline-time-given = { $agency } 的新期限：{ $due }
app-timeline-commented-citizen = 您补充了内容
app-timeline-commented-agency = 承办单位给您留言
app-timeline-commented-operator = 中心给您留言
app-timeline-commented = 有新留言
app-timeline-asked = 向您提出了一个问题
app-timeline-edited = 您修改了上报
app-timeline-carried-sms = 上报通过短信到达，等待完整内容
app-timeline-carried-text = 上报通过普通短信到达，尚未确认
app-timeline-carried-http = 完整上报已通过网络到达
app-timeline-carried-courier = 上报由他人的手机带到
app-timeline-withdrawn = 您撤回了上报
app-timeline-arrived = 原始照片或视频已送达中心
app-timeline-arrived-small = 预览图已送达中心
app-timeline-arrived-clear = 清晰图片已送达中心
app-timeline-arrived-voice = 语音已送达中心
app-timeline-published = 事项已公开
app-timeline-held = 中心审核后再公开
app-timeline-taken-down = 事项不再公开
app-timeline-unknown = 有新进展，更新应用后可查看
app-mine-before = 处理前
app-mine-after = 处理后
app-mine-due = 答复期限 { $time }
app-mine-overdue = 已逾期
app-mine-code = 受理编号 { $code }
app-button-share = 分享
app-mine-share-text = 上报 { $code }，进度请见 { $link }

# nearby

app-nearby-title = 附近的上报
app-nearby-empty = 附近还没有公开的上报。
app-nearby-needs-network = 此列表需要网络。您自己的上报在“我的”中，有无网络都可查看。
app-nearby-no-position = 无法获知您的位置，现显示最新的上报。
app-nearby-around-you = 您所在位置附近
app-nearby-around-pin = 所选地点附近
app-nearby-around = { $place }附近
app-nearby-within = { $distance }以内
app-nearby-radius = 查找范围
app-button-list = 列表
app-button-map = 地图
app-nearby-metres = { $metres } 米
app-nearby-kilometres = { $km } 公里

# feedback

app-rate-title = 评价答复
app-rate-prompt = 问题解决了吗？
app-grade-1 = 完全没解决
app-grade-2 = 基本没解决
app-grade-3 = 部分解决
app-grade-4 = 基本解决
app-grade-5 = 完全解决
app-rate-why = 评分理由（选填）
app-button-rate = 评价
app-comment-prompt = 您想补充什么？
app-button-comment = 补充
app-question-title = 有一个问题想问您
app-button-reply = 回复
app-reopen-title = 还没解决？
app-reopen-prompt = 重新办理后，承办单位须在新期限内再次答复。首次期限仍保留在记录中。
app-reopen-reason = 还有什么没解决？
app-button-reopen = 重新办理
app-feedback-thanks = 谢谢。内容已保存在这部手机上，联网后发送。

# alerts

app-alerts-title = 预警
app-alerts-empty = 目前该地区没有预警。
app-alerts-valid-until = 有效期至 { $time }
app-alerts-old = 旧预警，已失效
app-alerts-as-of = 截至 { $time }。查看更新的预警需要网络。
app-alerts-never = 本机尚未收到任何预警消息。有网络后会自动收到。
app-alerts-here = 包括您所在的地方
app-alerts-elsewhere = 本省其他地方
app-emergency-title = 紧急电话
app-emergency-disaster = 灾害、洪水、山体滑坡
app-emergency-police = 报警
app-emergency-fire = 消防救援
app-emergency-ambulance = 医疗急救
app-emergency-which = 灾害、洪水、山体滑坡请拨打112；盗抢、暴力：113；火灾、人员被困：114；受伤、急病：115。
app-button-call = 拨打 { $number }

# service

app-service-title = 评价服务
app-service-intro = 游客和居民均可使用，无需账号。
app-service-choose = 您要评价哪项服务？
app-service-name = 店名、景点名或车牌号
app-service-stars = 您觉得怎么样？
app-service-phrases = 请点选符合的描述
app-phrase-clean = 干净
app-phrase-dirty = 不干净
app-phrase-friendly = 热情友好
app-phrase-rude = 态度差
app-phrase-fair-price = 价格公道
app-phrase-overcharged = 乱收费
app-phrase-good-food = 饭菜可口
app-phrase-unsafe = 不安全
app-phrase-long-wait = 等候太久
app-phrase-broken = 设施损坏
app-phrase-helpful = 乐于助人
app-phrase-recommend = 推荐
app-service-words = 用您自己的话说（选填）
app-service-thanks = 谢谢。服务的主管单位会阅读您的意见。

# officer

app-officer-title = 我的事项
app-officer-sign-in = 用登录码登录
app-officer-code = 中心发给您的登录码
app-officer-code-wrong = 登录码有误或已过期。请逐字核对，或向中心索取新的登录码。
app-officer-empty = 没有等待您处理的事项。
app-officer-due-in = 距期限还有{ $time }
app-officer-overdue-by = 已逾期{ $time }
app-officer-after-photo-required = 此类别需要处理后的照片。
app-officer-paper-required = 此类别需要文件照片：笔录或决定。
app-officer-answer-text = 处理情况如何？
app-officer-return-reason = 为什么退回此事项？
app-officer-more-days = 还需要几天？
app-officer-more-reason = 为什么需要延期？
app-officer-more-asked =
    { $count ->
       *[other] 已申请延期 { $count } 天
    }
app-officer-needs-network = 登录和首次获取列表需要网络。有网络时请重试。
app-officer-will-be-sent = 已保存在这部手机上，联网后发送。
app-officer-sign-out-confirm = 要在这部手机上退出登录吗？再次登录需要登录码。
app-button-sign-in = 登录
app-button-sign-out = 退出登录
app-button-start = 开始处理
app-button-answer = 答复
app-button-after-photo = 处理后照片
app-button-return = 退回
app-button-more-time = 申请延期

# settings

app-settings-title = 设置
app-settings-language = 语言
app-settings-language-phone = 跟随手机
app-settings-data = 原始文件的发送
app-settings-data-any = 任何网络
app-settings-data-wifi = 仅 Wi-Fi
app-settings-data-ask = 先询问我
app-settings-data-hint = 文字和预览图只有几十 kB，总是立即发送。
app-settings-data-used = 已发送 { $sent }，断点续传节省 { $saved }。
app-settings-sender = 您的姓名和电话
app-settings-sender-hint = 会自动填入以后的上报。仅保存在这部手机上，发送时加密，只有中心能读取。
app-settings-storage = 已用存储空间：{ $size }
app-settings-battery = 省电模式可能使应用关闭后停止发送。请允许应用在后台运行。
app-button-battery = 电池设置
app-settings-about = 关于
app-settings-about-text = PAHT 把您看到的问题送到主管单位，没有信号的地方也能用，并让您跟进到底。
app-settings-version = 版本 { $version }
app-settings-licence = 开源软件，Apache 2.0 许可证
app-settings-privacy = 隐私
app-settings-privacy-text = 无需账号。您发送的文字、图片和位置可能会与处理结果一同公开。姓名和电话经加密，只有中心能读取，绝不公开。公开的照片会去除所有隐藏信息；原始文件由中心封存保管。

# accessibility

app-a11y-photo = 照片 { $number }，共 { $all } 张
app-a11y-remove-photo = 移除照片 { $number }
app-a11y-category = 类别：{ $name }
app-a11y-selected = 已选中
app-a11y-play-voice = 播放语音留言
app-a11y-stars =
    { $count ->
       *[other] { $count } 星
    }
app-a11y-map-not-needed = 可以不用地图：使用手机定位，或不附位置。
app-a11y-map-pin = 带图钉的地图。也可以从下面的列表选择乡或坊，或不附位置。
app-a11y-zoom-in = 放大地图
app-a11y-zoom-out = 缩小地图

# notifications

app-channel-sending = 发送
app-channel-answers = 答复与提问
app-channel-alerts = 预警
app-notice-sending-title = 正在发送上报
app-notice-sending-body = 还剩 { $size }
app-notice-answered-title = 已答复：{ $code }
app-notice-answered-body = { $agency } 已答复。请查看结果，并告诉我们是否已解决。
app-notice-needs-you-title = 有一条上报需要您处理
app-notice-needs-you-body = 目前无法发送。请打开查看原因和处理办法。
app-notice-question-title = 有问题请您回答：{ $code }
app-notice-question-body = 您的回复有助于更快解决。
app-notice-alert-title = 预警：{ $title }
app-notice-alert-body = 有效期至 { $time }。点按查看应对措施。

# time and size

app-time-now = 刚刚
app-time-minutes-ago =
    { $count ->
       *[other] { $count } 分钟前
    }
app-time-hours-ago =
    { $count ->
       *[other] { $count } 小时前
    }
app-time-days-ago =
    { $count ->
       *[other] { $count } 天前
    }
app-time-in-minutes =
    { $count ->
       *[other] { $count } 分钟后
    }
app-time-in-hours =
    { $count ->
       *[other] { $count } 小时后
    }
app-time-in-days =
    { $count ->
       *[other] { $count } 天后
    }
app-duration-seconds =
    { $count ->
       *[other] { $count } 秒钟
    }
app-duration-minutes =
    { $count ->
       *[other] { $count } 分钟
    }
app-duration-hours =
    { $count ->
       *[other] { $count } 小时
    }
app-duration-days =
    { $count ->
       *[other] { $count } 天
    }
app-size-bytes = { $size } 字节
app-size-kilobytes = { $size } kB
app-size-megabytes = { $size } MB
app-size-gigabytes = { $size } GB
