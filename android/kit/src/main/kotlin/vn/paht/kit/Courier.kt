package vn.paht.kit

import java.io.File
import vn.paht.core.Accepted
import vn.paht.core.Carried
import vn.paht.core.ReportId
import vn.paht.core.Sha256
import vn.paht.core.TakenIn

// Without a network: a report as text messages; and a neighbour's phone: reports as files that it can carry, files carried for
// others, and the receipts on their way back.

/**
 * Seals these reports to the IOC (all that are still to be sent, if none is named) in files that a neighbour's phone can carry:
 * the first is [into], further ones are numbered beside it. Throws [PahtFault] with `BundleEmpty` if there is nothing to carry,
 * `BundleNoKey` on a phone that has never met its IOC, `ReportState` for a report that is held, taken back or was refused.
 */
suspend fun Paht.bundle(ids: List<ReportId>, into: File): List<File> = ask { it.bundle(ids, into.path) }.map(::File)

/** Takes a neighbour's file along, whole: it is sent like this phone's own media, after them. The file may be deleted then. */
suspend fun Paht.carry(file: File): Sha256 = change { it.carry(file.path) }

/** What is carried for others, in the order it came, with the receipts to give back once the IOC has answered. */
suspend fun Paht.carried(): List<Carried> = ask { it.carried() }

/** Forgets a file that is carried, and its receipts: they were given back, or nobody wants it carried any more. */
suspend fun Paht.dropCarried(hash: Sha256) = ask { it.dropCarried(hash) }

/** Takes in the receipts that a neighbour brought back: what they are for is delivered. */
suspend fun Paht.accept(file: File): Accepted = ask { it.accept(file.path) }

/**
 * Takes in a file that a neighbour handed over, whichever it is: reports to be carried, or receipts for this phone's own. The
 * file may be deleted then. Throws [PahtFault] with `BundleUnreadable` for what is neither, `ReceiptsUnreadable` for receipts
 * that are no good.
 */
suspend fun Paht.takeIn(file: File): TakenIn = change { it.takeIn(file.path) }

/**
 * A report as text messages to be sent as they are, mostly one. Throws [PahtFault] with `SmsConfidential` for what a network
 * must not read, `ReportState` for what was taken back or held.
 */
suspend fun Paht.sms(id: ReportId): List<String> = ask { it.sms(id) }

/** The person sent them: until its statement is at the IOC, the report is `unconfirmed`. */
suspend fun Paht.texted(id: ReportId) = ask { it.texted(id) }
