package vn.paht.app.words

import java.time.Duration
import java.time.Instant
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.time.format.FormatStyle
import java.util.Locale

// Times, sizes and distances, as people say them.

/** How long ago, up to a week; then the date. */
fun Words.ago(at: Instant, now: Instant = Instant.now()): String {
    val past = Duration.between(at, now)
    return when {
        past.toMinutes() < 1 -> say("app-time-now")
        past.toHours() < 1 -> say("app-time-minutes-ago", "count" to past.toMinutes())
        past.toDays() < 1 -> say("app-time-hours-ago", "count" to past.toHours())
        past.toDays() < 7 -> say("app-time-days-ago", "count" to past.toDays())
        else -> date(at)
    }
}

/** A length of time in its largest unit, rounded up: "2 hours". */
fun Words.duration(length: Duration): String {
    val seconds = length.seconds.coerceAtLeast(1)
    return when {
        seconds < MINUTE -> say("app-duration-seconds", "count" to seconds)
        seconds < HOUR -> say("app-duration-minutes", "count" to up(seconds, MINUTE))
        seconds < 2 * DAY -> say("app-duration-hours", "count" to up(seconds, HOUR))
        else -> say("app-duration-days", "count" to up(seconds, DAY))
    }
}

fun Words.date(at: Instant): String = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).at(this, at)

/** Hour and day. */
fun Words.moment(at: Instant): String {
    val hour = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).at(this, at)
    return listOf(hour, date(at)).joinToString(", ")
}

fun Words.size(bytes: Long): String = when {
    bytes < 1_000 -> say("app-size-bytes", "size" to bytes)
    bytes < 1_000_000 -> say("app-size-kilobytes", "size" to up(bytes, 1_000))
    bytes < 1_000_000_000 -> say("app-size-megabytes", "size" to number(bytes / 1e6))
    else -> say("app-size-gigabytes", "size" to number(bytes / 1e9))
}

fun Words.distance(metres: Double): String =
    if (metres < 1_000) say("app-nearby-metres", "metres" to (metres / 10).toInt() * 10)
    else say("app-nearby-kilometres", "km" to number(metres / 1_000))

/** With one decimal where that says more: 1.5 and 12, but 2 for what is no more and no less. */
private fun Words.number(value: Double): String {
    val isWhole = Math.round(value * 10) % 10 == 0L
    return String.format(locale, if (value < 10 && !isWhole) "%.1f" else "%.0f", value)
}

private fun DateTimeFormatter.at(words: Words, at: Instant) =
    withLocale(words.locale.orVietnam()).withZone(ZoneId.systemDefault()).format(at)

/** A bare "en" dates as America does, month first: here everybody reads the day first. */
private fun Locale.orVietnam(): Locale = if (language == "en") Locale.UK else this

private fun up(whole: Long, unit: Long) = (whole + unit - 1) / unit

private const val MINUTE = 60L
private const val HOUR = 3_600L
private const val DAY = 86_400L
