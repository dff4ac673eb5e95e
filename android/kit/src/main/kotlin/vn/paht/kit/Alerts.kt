package vn.paht.kit

import android.content.Context
import java.time.Instant
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.transformLatest
import vn.paht.core.Alert
import vn.paht.core.Language
import vn.paht.core.Point

// What the IOC tells everybody: it comes with a sync, and is shown without any link.

/**
 * The alerts that hold now, emergencies first, in the reader's language where the IOC wrote it; with a point, each says
 * whether it is for there.
 */
suspend fun Paht.alerts(about: Point? = null, language: Language = this.language): List<Alert> =
    ask { it.alerts(about, language) }

/** When the IOC was last heard, by this phone's clock; absent if never. What it says may have changed since. */
val Paht.lastHeard: Instant? get() = heard.last

/** [alerts], again whenever others hold: a newer bulletin came, one has ended, one has begun. */
fun Watch.alerts(about: Point? = null, language: Language = paht.language): Flow<List<Alert>> = alerts(about, language, ::delay)

@OptIn(ExperimentalCoroutinesApi::class)
internal fun Watch.alerts(about: Point?, language: Language, wait: suspend (Duration) -> Unit): Flow<List<Alert>> =
    paht.observer.changes.conflate().transformLatest {
        while (true) {
            val held = paht.alerts(about, language)
            emit(held)
            wait(readAgainIn(held, Instant.now()))
        }
    }.distinctUntilChanged()

/**
 * Until the first of them ends, and a minute at most: one that begins later is not told of, and where this clock is wrong
 * the core knows better which ones hold.
 */
internal fun readAgainIn(held: List<Alert>, now: Instant): Duration {
    val first = held.minOfOrNull { it.until } ?: return AT_MOST
    val left = (first.toEpochMilli() - now.toEpochMilli()).milliseconds
    return if (left.isPositive()) minOf(left, AT_MOST) else AT_MOST
}

private val AT_MOST = 1.minutes

/** Keeps the hour of the last word from the IOC. */
internal class Heard(context: Context) {
    private val kept = context.getSharedPreferences("paht-heard", Context.MODE_PRIVATE)

    val last: Instant? get() = kept.getLong("at", 0).takeIf { it > 0 }?.let(Instant::ofEpochMilli)

    fun now() = kept.edit().putLong("at", System.currentTimeMillis()).apply()
}
