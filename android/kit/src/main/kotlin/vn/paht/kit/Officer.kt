package vn.paht.kit

import java.io.File
import kotlinx.coroutines.flow.Flow
import vn.paht.core.NewDeed
import vn.paht.core.Officer
import vn.paht.core.OfficerAct
import vn.paht.core.OfficerCases
import vn.paht.core.ReportId
import vn.paht.core.Sha256

// The lane of an agency's officer. What is done to a case is kept and sent like a report; only enrolling and asking for the
// cases need a link.

/**
 * Makes this phone an officer's of the agency whose code is given; from then on the phone's key counts, the code is not
 * kept. Throws [PahtFault.Link] without a link, and with `NotAllowed`, `Forbidden` or `OfficerEnded` where it is not taken.
 */
suspend fun Paht.enrol(code: String): Officer = change { it.enrol(code) }

/**
 * Signs the officer out on this phone, which works without a link: the agency's cases and their pictures are forgotten. What was
 * done already goes out all the same; to sign in again, a code is needed.
 */
suspend fun Paht.signOut() = ask { it.signOut() }

/** Who this phone is an officer's of; absent on everybody else's phone. */
suspend fun Paht.officer(): Officer? = ask { it.officer() }

/**
 * The agency's open cases as the IOC has them now, the first due first. Throws [PahtFault.Link] without a link: then
 * [casesKept] tells what was last heard. With `OfficerEnded` or `OfficerUnknown` the phone is an officer's no more.
 */
suspend fun Paht.cases(): OfficerCases = ask { it.cases() }

/** The cases last heard of, with their age and what was done here since; absent if they were never asked for. */
suspend fun Paht.casesKept(): OfficerCases? = ask { it.casesKept() }

/** A picture of one of the kept cases; asked of the IOC the first time. */
suspend fun Paht.casePicture(report: ReportId, hash: Sha256): File = File(ask { it.casePicture(report, hash) })

/** Does something to one of the kept cases. When it returns it is durable, files and all, and goes out by itself. */
suspend fun Paht.act(report: ReportId, assignment: UShort, deed: NewDeed): Sha256 = change { it.act(report, assignment, deed) }

/** What this phone did to cases, newest first, whether the IOC still lists the case or not. */
suspend fun Paht.acts(limit: Int = 50): List<OfficerAct> = ask { it.acts(limit.toUInt()) }

/** Lets an act go that needs the person: it is never sent. */
suspend fun Paht.letActGo(report: ReportId, id: Sha256) = change { it.letActGo(report, id) }

/** Sends an act again that needs the person, after what it was refused for was mended. */
suspend fun Paht.sendActAgain(report: ReportId, id: Sha256) = change { it.sendActAgain(report, id) }

/** [casesKept], again whenever the IOC told others, or something was done here or moved on its way. */
fun Watch.cases(): Flow<OfficerCases?> = each { paht.casesKept() }

/** [acts], in the same way. */
fun Watch.acts(limit: Int = 50): Flow<List<OfficerAct>> = each { paht.acts(limit) }
