package vn.paht.kit.background

import android.content.Context
import android.net.ConnectivityManager
import android.net.ConnectivityManager.RESTRICT_BACKGROUND_STATUS_ENABLED
import android.net.Network
import android.net.NetworkCapabilities
import android.os.BatteryManager
import android.os.Build
import kotlinx.coroutines.launch
import vn.paht.core.Cost
import vn.paht.core.Means
import vn.paht.kit.Paht
import vn.paht.kit.PahtFault
import vn.paht.kit.service

/** What bytes cost on the link that there is, and whether the battery can spare them. */
internal class Links(private val context: Context) {
    private val links = context.service<ConnectivityManager>()

    fun means() = Means(cost = cost(), lowBattery = isLow())

    private fun cost(): Cost = when {
        !links.isActiveNetworkMetered -> Cost.FREE
        isRoaming() || links.restrictBackgroundStatus == RESTRICT_BACKGROUND_STATUS_ENABLED -> Cost.SCARCE
        else -> Cost.METERED
    }

    private fun isRoaming(): Boolean {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.P) return false
        val capabilities = links.getNetworkCapabilities(links.activeNetwork) ?: return false
        return !capabilities.hasCapability(NetworkCapabilities.NET_CAPABILITY_NOT_ROAMING)
    }

    private fun isLow(): Boolean {
        val battery = context.service<BatteryManager>()
        // Where nobody knows, the answer is 0 or below.
        val percent = battery.getIntProperty(BatteryManager.BATTERY_PROPERTY_CAPACITY)
        return percent in 1..LOW_PERCENT && !battery.isCharging
    }

    private companion object {
        const val LOW_PERCENT = 15
    }
}

/**
 * Hears of each new link while the process lives, and ends every wait of the core: a wait of minutes after a failed try
 * means nothing on another link. Then a job does the sending, so that the process lives on for it.
 */
internal class LinkWatch(private val paht: Paht) : ConnectivityManager.NetworkCallback() {
    private var usable: Network? = null

    fun begin() = paht.context.service<ConnectivityManager>().registerDefaultNetworkCallback(this)

    override fun onCapabilitiesChanged(network: Network, capabilities: NetworkCapabilities) {
        // Not before the system has reached the Internet through it: a captive portal is no link.
        val isUsable = capabilities.hasCapability(NetworkCapabilities.NET_CAPABILITY_VALIDATED)
        val isNews = isUsable && network != usable
        usable = network.takeIf { isUsable }
        tell(isNews)
    }

    override fun onLost(network: Network) {
        if (network == usable) usable = null
    }

    /** What it costs may change while it stays the same: a plan that is used up, the data saver. */
    private fun tell(isNews: Boolean) {
        paht.scope.launch {
            try {
                paht.ask { it.tellMeans(Links(paht.context).means()) }
                if (!isNews) return@launch
                paht.ask { it.networkChanged() }
                if (paht.standing().waiting > 0u) SyncJobs.soon(paht.context)
            } catch (_: PahtFault) {
                // The store cannot be opened now; the next call to it says so where somebody reads it.
            }
        }
    }
}
