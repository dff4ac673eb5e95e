# What the phone apps say, in English. Ids are the same in every language; $count is a number, all else is text ready to be read.

# general

app-name = PAHT
app-tagline = Report what you see, follow it until it is settled
app-tab-report = Report
app-tab-mine = Mine
app-tab-queue = Sending
app-tab-nearby = Nearby
app-tab-alerts = Alerts
app-tab-service = Services
app-tab-cases = Cases
app-tab-settings = Settings
app-tab-more = More
app-button-ok = OK
app-button-cancel = Cancel
app-button-back = Back
app-button-save = Save
app-button-send = Send
app-button-retry = Try again
app-button-undo = Undo
app-button-delete = Delete
app-button-close = Close
app-button-more = More
app-button-yes = Yes
app-button-no = No
app-button-done = Done
app-button-open-settings = Open settings
app-loading = Loading…
app-nothing-here = Nothing here yet.
app-required = Required
app-optional = Optional
app-error-title = That did not work
app-offline = No network right now. Just carry on; everything is kept on this phone.
app-online = Back online. Sending goes on.

# report

app-report-title = New report
app-report-danger = If somebody is in danger, call first. The report is saved all the same.
app-button-take-photo = Take photo
app-button-record-video = Record video
app-button-from-gallery = From gallery
app-button-add-voice = Voice note
app-button-record-voice = Start recording
app-button-stop-voice = Stop recording
app-report-voice-limit = Speak for up to { $seconds } seconds.
app-report-voice-recording = Recording, { $seconds } s left
app-report-voice-added = Voice note, { $seconds } s
app-report-category = What is it about?
app-report-category-choose = Choose what it is about
app-report-place = Where is it?
app-report-place-accuracy = Accurate to about { $metres } m
app-report-place-waiting = Waiting for the position…
app-report-place-unknown = Position unknown
app-report-place-pinned = Pinned on the map
app-report-place-of-photo = Position taken from the photo
app-button-pin = Pin on map
app-button-my-position = My position
app-button-no-place = Without place
app-report-words = Write a few words (optional)
app-report-words-hint = For example: rocks on the road, motorbikes cannot pass.
app-report-sender = Name and number (optional)
app-report-sender-name = Your name
app-report-sender-number = Your phone number
app-report-sender-why = Only so that an officer can call you back. Never shown in public.
app-button-save-report = Save report
app-report-saved = Saved on this phone
app-report-will-be-sent = It will be sent by itself as soon as there is a network. You need not do anything more.
app-report-sending-now = It is on its way to the centre. You can close the app.
app-report-draft-kept = Draft kept
app-report-draft-found = You have an unfinished report.
app-button-resume-draft = Continue
app-button-discard-draft = Discard draft
app-report-discard-confirm = Discard this draft? Its words and the photos taken in the app are deleted.
app-permission-camera = The app may not use the camera. Allow it in the settings, or add a photo from the gallery.
app-permission-location = The app may not use the location. Allow it in the settings, or pin the place on the map.
app-permission-microphone = The app may not use the microphone. Allow it in the settings, or write a few words.
app-permission-notifications = The app may not notify you. Allow it in the settings to hear of answers, or look under “Mine”.
app-report-no-camera = This phone has no camera that can be used. Add a photo from the gallery.
app-report-storage-full = The phone is full. Delete some photos, videos or apps and save again; reports saved before are safe.

# queue

app-queue-title = Sending
app-queue-empty = Nothing is waiting to be sent.
app-part-statement = The text
app-part-preview = Quick picture
app-part-rendition = Clear picture
app-part-bundle = Carried for others
app-part-voice-note = Voice note
app-part-original = Original photo
app-part-video = Original video
app-part-unknown = Another part
app-part-waiting = Waiting
app-part-sending = Sending { $percent } %
app-part-received = Received by the centre, { $time }
app-part-needs-you = Needs you
app-part-held = Held by you
app-part-file-lost = Its file is gone from this phone or was changed, so it cannot be sent. The other parts are sent all the same.
app-queue-all-sent = All sent. The centre has confirmed every part.
app-queue-unconfirmed = Everything has left this phone; the centre has yet to confirm it.
app-queue-next-try = Next try in { $time }
app-queue-last-failure = The last try failed: { $reason }
app-queue-bytes-left = { $size } left
app-queue-data-used = Data used: { $size }
app-queue-waits-for-wifi = Originals wait for Wi-Fi ({ $size }).
app-queue-ask-originals = Send { $size } of originals over mobile data?
app-button-send-now = Send now
app-button-hold = Hold
app-button-release = Release
app-button-send-originals = Send originals now
app-button-edit = Edit
app-button-withdraw = Withdraw
app-queue-withdraw-confirm = Withdraw this report? The centre stops handling it and takes its public page down. This cannot be undone.

# without a network

app-way-unconfirmed = Sent another way, not confirmed
app-ways-title = Send without a network
app-ways-intro = Your report is kept safe and goes by itself when there is a network. If it is urgent, use one of these ways; using both does not make two reports.
app-sms-title = By text message
app-sms-explain = Words, topic and place are written as a message to { $number }. Photos and videos follow when there is a network. Your operator charges it as any message.
app-button-write-text = Write the message
app-button-write-part = Message { $part } of { $count }
app-sms-written = The message is written. Press send in your messages app, and change nothing in it.
app-sms-no-app = This phone cannot send messages. Copy the message and send it from another phone to { $number }.
app-button-copy = Copy
app-courier-title = With someone going where there is a network
app-courier-explain = The report and its pictures are sealed in a file. Hand it over by Bluetooth or nearby sharing; they cannot read it, and once they open it with this app their phone sends it.
app-button-give-bundle = Hand over a file
app-courier-making = Sealing…
app-courier-made = Sealed { $size }. If they cannot open it, hand it over again.
app-carried-title = Carried for others
app-carried-intro = Open a file that somebody handed you, or choose it here. This phone sends what is yours first.
app-carried-empty = You carry nothing for others.
app-button-choose-file = Choose a file
app-carried-taken = The file is taken along. This phone sends it when there is a network.
app-carried-answered = The centre has it. Hand the receipt back when you meet again.
app-button-give-receipts = Hand the receipt back
app-button-stop-carrying = Stop carrying it
app-carried-drop-confirm = Stop carrying this file? If the centre does not have it yet, its owner must send it another way.
app-receipts-accepted = The receipt is good. Parts now at the centre: { $count }

# mine

app-mine-title = My reports
app-mine-empty = You have not reported anything yet. Take a photo of what needs attention; it works without a network too.
app-way-waiting = On this phone
app-way-arriving = Arriving, { $done } of { $all }
app-way-whole = With the centre
app-way-needs-you = Needs you
app-way-held = Held by you
app-way-withdrawn = Withdrawn
app-stage-received = Received
app-stage-refused = Not handled
app-stage-duplicate = Duplicate
app-stage-dispatched = With an agency
app-stage-in-progress = Being worked on
app-stage-returned = Returned
app-stage-answered = Answered
app-stage-closed = Settled
app-stage-withdrawn = Withdrawn
app-timeline-received = The centre has received it. Your case code is { $code }
app-timeline-classified = Filed under { $category }
app-timeline-classified-area = Filed under { $category }, { $area }
app-timeline-refused = The centre does not handle this report
app-timeline-duplicate = The same matter as case { $code }
app-timeline-dispatched = Given to { $agency }, answer due { $due }
app-timeline-in-progress = { $agency } began work
app-timeline-returned = { $agency } gave it back; the centre will find another agency
app-timeline-answered = { $agency } answered
app-timeline-closed = Settled with { $agency }
app-timeline-rated = You gave { $grade } out of 5
app-timeline-reopened = You reopened the case, new deadline { $due }
app-timeline-time-asked = { $agency } asked for time until { $due }
app-timeline-time-given = New deadline for { $agency }: { $due }
app-timeline-commented-citizen = You added
app-timeline-commented-agency = The agency wrote to you
app-timeline-commented-operator = The centre wrote to you
app-timeline-commented = Somebody wrote
app-timeline-asked = You are asked a question
app-timeline-edited = You changed the report
app-timeline-carried-sms = The report came as an SMS; the full one is awaited
app-timeline-carried-text = The report came as a plain text message, not confirmed
app-timeline-carried-http = The full report came over the network
app-timeline-carried-courier = The report came with somebody else’s phone
app-timeline-withdrawn = You withdrew the report
app-timeline-arrived = An original photo or video reached the centre
app-timeline-arrived-small = A picture to look at reached the centre
app-timeline-arrived-clear = A clear picture reached the centre
app-timeline-arrived-voice = A voice note reached the centre
app-timeline-published = The case was made public
app-timeline-held = The centre looks at it before it is made public
app-timeline-taken-down = The case is no longer public
app-timeline-unknown = Something new happened; update the app to read it
app-mine-before = Before
app-mine-after = After
app-mine-due = Answer due { $time }
app-mine-overdue = Overdue
app-mine-code = Case code { $code }
app-button-share = Share
app-mine-share-text = Report { $code }, follow it at { $link }

# nearby

app-nearby-title = Reports nearby
app-nearby-empty = No public report around here yet.
app-nearby-needs-network = This list needs a network. Your own reports are under “Mine”, with or without one.
app-nearby-no-position = Your position is unknown, so the newest reports are shown.
app-nearby-around-you = Around you
app-nearby-around-pin = Around the place you chose
app-nearby-around = Around { $place }
app-nearby-within = Within { $distance }
app-nearby-radius = How far to look
app-button-list = List
app-button-map = Map
app-nearby-metres = { $metres } m
app-nearby-kilometres = { $km } km

# feedback

app-rate-title = Rate the answer
app-rate-prompt = Has it been settled?
app-grade-1 = Not settled at all
app-grade-2 = Poorly settled
app-grade-3 = Partly settled
app-grade-4 = Well settled
app-grade-5 = Fully settled
app-rate-why = Why this grade? (optional)
app-button-rate = Rate
app-comment-prompt = What would you like to add?
app-button-comment = Add words
app-question-title = A question for you
app-button-reply = Reply
app-reopen-title = Not settled?
app-reopen-prompt = If you reopen it, the agency must answer once more by a new deadline. The first deadline stays on record.
app-reopen-reason = What is not settled?
app-button-reopen = Reopen
app-feedback-thanks = Thank you. It is kept on this phone and sent when there is a network.

# alerts

app-alerts-title = Alerts
app-alerts-empty = There is no alert for this area now.
app-alerts-valid-until = Valid until { $time }
app-alerts-old = Old alert, no longer valid
app-alerts-as-of = As of { $time }. Newer ones need a network.
app-alerts-never = This phone has not heard any news of alerts yet. They come by themselves with the next network.
app-alerts-here = For where you are
app-alerts-elsewhere = Elsewhere in the province
app-emergency-title = Emergency numbers
app-emergency-disaster = Disaster, flood, landslide
app-emergency-police = Police
app-emergency-fire = Fire and rescue
app-emergency-ambulance = Ambulance
app-emergency-which = Disaster, flood, landslide: call 112. Crime, violence: 113. Fire, people trapped: 114. Injury, sudden illness: 115.
app-button-call = Call { $number }

# service

app-service-title = Rate a service
app-service-intro = For visitors and residents. No account needed.
app-service-choose = Which service do you want to rate?
app-service-name = Name of the place, or number plate
app-service-stars = How was it?
app-service-phrases = Tap what fits
app-phrase-clean = Clean
app-phrase-dirty = Dirty
app-phrase-friendly = Friendly
app-phrase-rude = Rude
app-phrase-fair-price = Fair price
app-phrase-overcharged = Overcharged
app-phrase-good-food = Good food
app-phrase-unsafe = Unsafe
app-phrase-long-wait = Long wait
app-phrase-broken = Broken
app-phrase-helpful = Helpful
app-phrase-recommend = I recommend it
app-service-words = Say it in your words (optional)
app-service-thanks = Thank you. Those in charge of the service will read it.

# officer

app-officer-title = My cases
app-officer-sign-in = Sign in with a code
app-officer-code = The code that the centre gave you
app-officer-code-wrong = The code is wrong or has expired. Check it letter by letter, or ask the centre for a new one.
app-officer-empty = No case waits for you.
app-officer-due-in = Due in { $time }
app-officer-overdue-by = Overdue by { $time }
app-officer-after-photo-required = This category needs a photo taken after the work.
app-officer-paper-required = This category needs a picture of a document: minutes or a decision.
app-officer-answer-text = What was done?
app-officer-return-reason = Why do you return this case?
app-officer-more-days = How many more days?
app-officer-more-reason = Why is more time needed?
app-officer-more-asked =
    { $count ->
        [one] Asked for { $count } more day
       *[other] Asked for { $count } more days
    }
app-officer-needs-network = Signing in and the first list need a network. Try again where there is one.
app-officer-will-be-sent = Kept on this phone, sent when there is a network.
app-officer-sign-out-confirm = Sign out on this phone? You need a code to sign in again.
app-button-sign-in = Sign in
app-button-sign-out = Sign out
app-button-start = Start work
app-button-answer = Answer
app-button-after-photo = After-photo
app-button-return = Return case
app-button-more-time = Ask for more time

# settings

app-settings-title = Settings
app-settings-language = Language
app-settings-language-phone = As on the phone
app-settings-data = Sending originals
app-settings-data-any = Over any network
app-settings-data-wifi = Over Wi-Fi only
app-settings-data-ask = Ask me first
app-settings-data-hint = The text and small pictures take a few dozen kB and are always sent at once.
app-settings-data-used = Sent so far: { $sent }. Going on where it was cut spared { $saved }.
app-settings-sender = Your name and number
app-settings-sender-hint = Filled in for your next reports. Kept on this phone only; sealed for the centre when sent.
app-settings-storage = Storage used: { $size }
app-settings-battery = Battery saver can stop sending while the app is closed. Allow the app to run in the background.
app-button-battery = Battery settings
app-settings-about = About
app-settings-about-text = PAHT takes what you see to the agency in charge, even from where there is no signal, and lets you follow it to the end.
app-settings-version = Version { $version }
app-settings-licence = Open source, Apache 2.0 licence
app-settings-privacy = Privacy
app-settings-privacy-text = No account is needed. The words, pictures and place you send may be published together with what was done. Your name and number are sealed for the centre and never published. Published photos lose all hidden data; the centre keeps the originals sealed.

# accessibility

app-a11y-photo = Photo { $number } of { $all }
app-a11y-remove-photo = Remove photo { $number }
app-a11y-category = Category { $name }
app-a11y-selected = Selected
app-a11y-play-voice = Play voice note
app-a11y-stars =
    { $count ->
        [one] { $count } star
       *[other] { $count } stars
    }
app-a11y-map-not-needed = The map is not needed: use the phone’s position, or leave the place out.
app-a11y-map-pin = Map with the pin. You can also choose the commune from the list below, or leave the place out.
app-a11y-zoom-in = Zoom in
app-a11y-zoom-out = Zoom out

# notifications

app-channel-sending = Sending
app-channel-answers = Answers and questions
app-channel-alerts = Alerts
app-notice-sending-title = Sending reports
app-notice-sending-body = { $size } left
app-notice-answered-title = Answered: { $code }
app-notice-answered-body = { $agency } has answered. See what was done, and say whether it is settled.
app-notice-needs-you-title = A report needs you
app-notice-needs-you-body = It cannot be sent as it is. Open it to see why and what to do.
app-notice-question-title = A question for you: { $code }
app-notice-question-body = Your reply helps to settle it sooner.
app-notice-alert-title = Alert: { $title }
app-notice-alert-body = Valid until { $time }. Tap to see what to do.

# time and size

app-time-now = Just now
app-time-minutes-ago =
    { $count ->
        [one] { $count } minute ago
       *[other] { $count } minutes ago
    }
app-time-hours-ago =
    { $count ->
        [one] { $count } hour ago
       *[other] { $count } hours ago
    }
app-time-days-ago =
    { $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    }
app-time-in-minutes =
    { $count ->
        [one] in { $count } minute
       *[other] in { $count } minutes
    }
app-time-in-hours =
    { $count ->
        [one] in { $count } hour
       *[other] in { $count } hours
    }
app-time-in-days =
    { $count ->
        [one] in { $count } day
       *[other] in { $count } days
    }
app-duration-seconds =
    { $count ->
        [one] { $count } second
       *[other] { $count } seconds
    }
app-duration-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
app-duration-hours =
    { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
app-duration-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
app-size-bytes = { $size } B
app-size-kilobytes = { $size } kB
app-size-megabytes = { $size } MB
app-size-gigabytes = { $size } GB
