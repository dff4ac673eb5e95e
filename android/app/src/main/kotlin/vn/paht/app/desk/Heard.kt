package vn.paht.app.desk

import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.map
import vn.paht.core.ErrorCode
import vn.paht.core.Way
import vn.paht.kit.Paht
import vn.paht.kit.PahtFault
import vn.paht.kit.acts
import vn.paht.kit.cases

/** How the last asking for the agency's cases ended. */
sealed interface Asked {
    /** What is kept is what the centre says now. */
    data object Heard : Asked

    /** What is kept is old. */
    data class NotHeard(val fault: PahtFault) : Asked

    /** The phone is an officer's no more. */
    data class Ended(val fault: PahtFault) : Asked
}

/** Asks the centre for the cases now, and again whenever something done here has arrived there. Ends with its scope. */
suspend fun Paht.heardAnew(told: (Asked) -> Unit) =
    watch.acts().map { acts -> acts.count { it.way == Way.Whole } }.distinctUntilChanged().collect { told(ask()) }

private suspend fun Paht.ask(): Asked =
    try {
        cases()
        Asked.Heard
    } catch (fault: PahtFault.Link) {
        val isEnded = fault.code == ErrorCode.OfficerEnded || fault.code == ErrorCode.OfficerUnknown
        if (isEnded) Asked.Ended(fault) else Asked.NotHeard(fault)
    } catch (fault: PahtFault) {
        Asked.NotHeard(fault)
    }
