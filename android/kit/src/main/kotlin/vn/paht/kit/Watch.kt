package vn.paht.kit

import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import vn.paht.core.Carried
import vn.paht.core.ErrorCode
import vn.paht.core.Notice
import vn.paht.core.PartKind
import vn.paht.core.PhoneObserver
import vn.paht.core.ReportId
import vn.paht.core.ReportLine
import vn.paht.core.ReportView
import vn.paht.core.Standing
import vn.paht.core.Step

/**
 * What changes, as flows: each gives the state as it is now, then again whenever it is another. A slow reader skips what
 * is in between and never holds up the sending. Flows are cold but [sending]: they cost nothing without a reader, and end
 * with its scope. They throw [PahtFault].
 */
class Watch internal constructor(internal val paht: Paht) {
    /** Reports, newest first. */
    fun reports(limit: Int = 50): Flow<List<ReportLine>> = each { paht.list(limit = limit) }

    /** One report with its timeline. */
    fun report(id: ReportId): Flow<ReportView> = each { paht.show(id) }

    /** The queue as a whole. */
    fun standing(): Flow<Standing> = each { paht.standing() }

    /** What is carried for others. */
    fun carried(): Flow<List<Carried>> = each { paht.carried() }

    /** What a running sync does. */
    val sending: StateFlow<Sending> get() = paht.observer.sending

    internal fun <T> each(read: suspend () -> T): Flow<T> =
        paht.observer.changes.conflate().map { read() }.distinctUntilChanged()
}

/** What the phone is doing about sending. */
sealed interface Sending {
    /** Nothing runs. */
    data object Idle : Sending

    /** Asking the IOC for news, with what is signed and waiting. */
    data object Asking : Sending

    /** Making smaller pictures of an original. */
    data class Deriving(val report: ReportId) : Sending

    /** A transfer: [sentBytes] of [totalBytes] are with the link. */
    data class Uploading(val report: ReportId, val kind: PartKind, val sentBytes: Long, val totalBytes: Long) : Sending

    /** Nothing before so many milliseconds; [fault] tells why, where a try failed. */
    data class Waiting(val waitMs: Long, val fault: ErrorCode?) : Sending
}

/** Takes what the core tells, on its threads, and never waits. */
internal class Observer(private val heard: () -> Unit) : PhoneObserver {
    private val generation = MutableStateFlow(0L)
    private val doing = MutableStateFlow<Sending>(Sending.Idle)
    private val running = AtomicInteger()
    @Volatile private var lastFault: ErrorCode? = null

    /** Counts the changes. */
    val changes: Flow<Long> get() = generation
    val sending: StateFlow<Sending> = doing.asStateFlow()

    override fun onChange(notice: Notice) = generation.update { it + 1 }

    override fun onStep(step: Step) {
        when (step) {
            is Step.Syncing -> doing.value = Sending.Asking
            is Step.Synced -> {
                lastFault = null
                heard()
            }
            is Step.Failed -> lastFault = step.code
            is Step.Deriving -> doing.value = Sending.Deriving(step.report)
            is Step.Uploading -> doing.value =
                Sending.Uploading(step.report, step.kind, step.fromBytes.toLong(), step.totalBytes.toLong())
            is Step.Delivered -> lastFault = null
            is Step.Waiting -> doing.value = Sending.Waiting(step.waitMs.toLong(), lastFault)
        }
    }

    override fun onBytes(report: ReportId, kind: PartKind, sent: ULong, total: ULong) {
        doing.value = Sending.Uploading(report, kind, sent.toLong(), total.toLong())
    }

    /** Nothing runs once [work] and all its like have ended. */
    suspend fun <T> during(work: suspend () -> T): T {
        running.incrementAndGet()
        try {
            return work()
        } finally {
            if (running.decrementAndGet() == 0) doing.value = Sending.Idle
        }
    }
}
