package vn.paht.app.review

import android.content.Context
import android.net.Uri
import vn.paht.app.R
import vn.paht.core.Service
import vn.paht.core.ServiceCode

/** The service that the sign at a door names: `paht://s/CODE`, or `/s/CODE` at the province's centre. */
fun Context.serviceOf(link: Uri?): Service? {
    link ?: return null
    val centre = Uri.parse(getString(R.string.ioc)).host
    val path = when {
        link.scheme == "paht" && link.host == "s" -> link.pathSegments
        link.scheme == "https" && link.host == centre && link.pathSegments.firstOrNull() == "s" -> link.pathSegments.drop(1)
        else -> return null
    }
    return path.singleOrNull()?.takeIf(CODE::matches)?.let { Service.Listed(ServiceCode(it)) }
}

/** What the core takes for a code: anything else is no sign of ours. */
private val CODE = Regex("[a-z0-9][a-z0-9-]{0,63}")
