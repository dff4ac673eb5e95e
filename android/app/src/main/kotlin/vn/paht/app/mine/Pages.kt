package vn.paht.app.mine

import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import vn.paht.core.ReportLine
import vn.paht.kit.Paht

/**
 * A long list, a page at a time: as much is read as was scrolled to, so that ten thousand reports open as fast as ten.
 */
class Pages(private val paht: Paht) {
    private val reading = Mutex()

    var lines: List<ReportLine> = emptyList()
        private set

    /** There are no older ones. */
    var isWhole = false
        private set

    /** The next page, after the last line. */
    suspend fun more() = reading.withLock {
        if (isWhole) return@withLock
        val page = paht.list(lines.lastOrNull()?.id, PAGE)
        lines = lines + page
        isWhole = page.size < PAGE
    }

    /** Reads again what is in sight, from the top; what is far below is read when it is come to. */
    suspend fun refresh(inSight: Int) = reading.withLock {
        val wanted = (inSight / PAGE + 1) * PAGE
        lines = paht.list(limit = wanted)
        isWhole = lines.size < wanted
    }

    companion object {
        const val PAGE = 50
    }
}
