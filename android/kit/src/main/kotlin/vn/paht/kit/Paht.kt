package vn.paht.kit

import android.content.Context
import java.io.File
import java.util.concurrent.atomic.AtomicReference
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import vn.paht.core.Card
import vn.paht.core.Language
import vn.paht.core.NewReport
import vn.paht.core.PahtException
import vn.paht.core.Part
import vn.paht.core.Phone
import vn.paht.core.PhoneOptions
import vn.paht.core.Ports
import vn.paht.core.ReportId
import vn.paht.core.ReportLine
import vn.paht.core.ReportView
import vn.paht.core.Salvaged
import vn.paht.core.Sha256
import vn.paht.core.Standing
import vn.paht.core.bestLanguage
import vn.paht.kit.background.Background
import vn.paht.kit.notify.takeAway

/**
 * The phone for an app: one for the process, opened at the first call and open until the process ends.
 *
 * `Application.onCreate` installs it; everything else asks [Paht.of], whatever started the process. Every call may be
 * made from the main thread, returns when it is durable, and throws [PahtFault] alone. What is made goes out by itself
 * when there is a link ([vn.paht.kit.background]); [watch] tells what changed.
 */
class Paht internal constructor(
    internal val context: Context,
    private val province: Province,
    private val platform: Platform = Platform(),
) {
    /** What changes, as flows. */
    val watch = Watch(this)

    /** What screens show: notifications are quiet about it. */
    val inSight = InSight { context.takeAway(it) }

    /** Small secrets of the person's, such as a code to sign in with. */
    val secrets by lazy { Secrets(keys, context.noBackupFilesDir) }

    internal val heard by lazy { Heard(context) }
    internal val observer = Observer { heard.now() }
    private val keys by lazy { platform.keys(context) }

    /** Work that outlives the screen which asked for it. */
    internal val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private val opening = Mutex()
    private var opened: Phone? = null

    /** The language of this phone's person, for `say` and its kin. */
    val language: Language
        get() = bestLanguage(context.resources.configuration.locales.toLanguageTags())

    /** What was saved if the store was found damaged; absent when all was well. */
    suspend fun salvaged(): Salvaged? = ask { it.salvaged() }

    /**
     * Makes a report. When it returns, the report and every byte of its files survive a kill, a full disk and a power cut;
     * the given files may be deleted. Then the next chance to send is arranged.
     */
    suspend fun report(new: NewReport): ReportId = change { it.report(new) }

    /** Reports, newest first, beginning after the given one. */
    suspend fun list(after: ReportId? = null, limit: Int = 50): List<ReportLine> =
        ask { it.list(after, limit.toUInt()) }

    /** One report with everything known of it. */
    suspend fun show(id: ReportId): ReportView = ask { it.show(id) }

    /** Everything that is not delivered, in the order of sending. */
    suspend fun outbox(): List<Part> = ask { it.outbox() }

    /** The queue as a whole. */
    suspend fun standing(): Standing = ask { it.standing() }

    /** The province as this phone knows it: categories, communes, the number to call. Absent before the first card. */
    suspend fun card(): Card? = ask { it.card() }

    /** Where a kept original or picture is; absent if it was erased. */
    suspend fun mediaFile(hash: Sha256): File? = ask { it.mediaPath(hash) }?.let(::File)

    /** Ends a running sync at once; what it was doing goes on at the same byte next time. */
    suspend fun stop() = ask { it.stop() }

    /** Asks the phone, opening it if this is the first call. */
    internal suspend fun <T> ask(verb: suspend (Phone) -> T): T =
        try {
            verb(phone())
        } catch (thrown: PahtException) {
            throw PahtFault.of(thrown)
        }

    /** As [ask], for what makes something to send. */
    internal suspend fun <T> change(verb: suspend (Phone) -> T): T = ask(verb).also { Background.wanted(context) }

    /**
     * An opening that failed is tried again by the next call: the disk may have room by then. One that has begun is ended
     * also for a caller who leaves, such as a screen that is turned: nobody else would have the store it holds.
     */
    private suspend fun phone(): Phone = opening.withLock {
        opened ?: withContext(NonCancellable) { open().also { opened = it } }
    }

    private suspend fun open(): Phone {
        val home = platform.home(context).apply { mkdirs() }
        val options = PhoneOptions(
            tenant = province.tenant,
            ioc = province.ioc,
            shippedCard = province.shippedCard,
            roots = province.roots,
            pins = province.pins,
        )
        val ports = Ports(KeysOfHome(keys), platform.clock(context), platform.decoder, observer)
        return Phone.open(home.path, options, ports)
    }

    /** Lets the store go, as the end of the process does. For tests: an app never needs it. */
    internal suspend fun close() {
        scope.cancel()
        opening.withLock {
            opened?.close()
            opened = null
        }
    }

    companion object {
        private val installed = AtomicReference<Paht>()

        /**
         * Says which province this app is for, from `Application.onCreate`: opens nothing yet, so it costs no start-up
         * time. A second call in the same process changes nothing.
         */
        fun install(context: Context, province: Province, platform: Platform = Platform()): Paht {
            val fresh = Paht(context.applicationContext ?: context, province, platform)
            if (installed.compareAndSet(null, fresh)) Background.begin(fresh)
            return of(context)
        }

        /** The phone of this process. */
        fun of(@Suppress("UNUSED_PARAMETER") context: Context): Paht =
            checkNotNull(installed.get()) { "Paht.install is missing from Application.onCreate" }

        /** For tests, which live through many processes' lives in one. */
        internal fun replace(with: Paht?) = installed.getAndSet(with)
    }
}
