package vn.paht.kit

import vn.paht.core.ErrorCode
import vn.paht.core.Language
import vn.paht.core.PahtException
import vn.paht.core.errorName
import vn.paht.core.sayError

/**
 * Why something was not done. Nothing was half done: what was kept before is as it was.
 *
 * `when` over it is complete; [code] tells more, and [say] tells a person what to do next.
 */
sealed class PahtFault(val code: ErrorCode, cause: Throwable? = null) : Exception(cause) {
    /** What was asked is refused: a missing category, a report that is past that step. */
    class Refused(code: ErrorCode, cause: Throwable? = null) : PahtFault(code, cause)

    /** The phone is full. The person frees space and tries again. */
    class StorageFull(cause: Throwable? = null) : PahtFault(ErrorCode.StorageFull, cause)

    /** The phone's storage failed. */
    class StorageFailed(cause: Throwable? = null) : PahtFault(ErrorCode.StorageFailed, cause)

    /** Another process has the store open: a second process of the app, where only one may be. */
    class InUse(cause: Throwable? = null) : PahtFault(ErrorCode.StorageBusy, cause)

    /** No file of a kind that is taken, or one that cannot be read. */
    class File(code: ErrorCode, cause: Throwable? = null) : PahtFault(code, cause)

    /** The IOC's address is unknown or of no use. */
    class Link(code: ErrorCode, cause: Throwable? = null) : PahtFault(code, cause)

    /** A fault of ours. */
    class Internal(cause: Throwable? = null) : PahtFault(ErrorCode.HubFailed, cause)

    /** The code's dotted name, for a support call and for logs; says nothing of the person. */
    val name: String get() = if (this is Internal) "internal" else errorName(code)

    override val message: String get() = name

    /** What is wrong and the way out, for people. */
    fun say(language: Language): String = sayError(language, code)

    internal companion object {
        fun noKey(cause: Throwable?) = Refused(ErrorCode.KeyUnavailable, cause)

        fun unreadable(cause: Throwable?) = File(ErrorCode.MediaUnreadable, cause)

        fun of(thrown: PahtException): PahtFault = when (thrown) {
            is PahtException.Refused -> Refused(thrown.code, thrown)
            is PahtException.Storage -> ofStorage(thrown)
            is PahtException.File -> File(thrown.code, thrown)
            is PahtException.Link -> Link(thrown.code, thrown)
            is PahtException.Internal -> Internal(thrown)
        }

        private fun ofStorage(thrown: PahtException.Storage): PahtFault = when (thrown.code) {
            ErrorCode.StorageFull -> StorageFull(thrown)
            ErrorCode.StorageBusy -> InUse(thrown)
            else -> StorageFailed(thrown)
        }
    }
}
