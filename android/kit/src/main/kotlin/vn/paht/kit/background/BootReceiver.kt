package vn.paht.kit.background

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent

/** After a reboot or an update of the app: arranges everything anew. Some makers drop even jobs that should survive. */
class BootReceiver : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        // Exported, as the system must reach it: so only the system's own words count.
        if (intent.action !in ACTIONS) return
        SyncJobs.periodic(context)
        SyncJobs.soon(context)
    }

    private companion object {
        val ACTIONS = setOf(Intent.ACTION_BOOT_COMPLETED, Intent.ACTION_MY_PACKAGE_REPLACED)
    }
}
