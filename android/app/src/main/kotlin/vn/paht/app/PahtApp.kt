package vn.paht.app

import android.app.Application
import java.io.IOException
import vn.paht.core.TenantId
import vn.paht.kit.Paht
import vn.paht.kit.Province

/** The process: says which province this build is for. Nothing is opened before a screen or a job asks. */
class PahtApp : Application() {
    override fun onCreate() {
        super.onCreate()
        Paht.install(this, Province(TenantId(getString(R.string.tenant)), getString(R.string.ioc), shippedCard()))
    }

    /** The tenant's signed card, so that categories are there before the first signal. */
    private fun shippedCard(): ByteArray? =
        try {
            assets.open("card").use { it.readBytes() }
        } catch (_: IOException) {
            null
        }
}
