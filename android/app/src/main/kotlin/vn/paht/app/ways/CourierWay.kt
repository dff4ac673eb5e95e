package vn.paht.app.ways

import android.content.Intent
import android.view.View
import android.widget.Button
import android.widget.LinearLayout
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Mood
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.card
import vn.paht.app.look.heading
import vn.paht.app.look.setIcon
import vn.paht.app.look.text
import vn.paht.app.words.size
import vn.paht.core.ReportId
import vn.paht.kit.PahtFault
import vn.paht.kit.carry.Handing

/** The report, sealed in a file for somebody who is leaving for where there is a network. */
class CourierWay(private val screen: Screen, private val id: ReportId) {
    private val handing = Handing(screen)
    private val error = ErrorLine(screen)
    private val told = screen.text("", Type.Small, Mood.Good.ink).apply {
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        visibility = View.GONE
    }
    private val give: Button = screen.button(screen.say("app-button-give-bundle"), icon = R.drawable.ic_parcel) { give() }

    val view: LinearLayout = screen.card {
        add(screen.heading(screen.say("app-courier-title")).apply { setIcon(R.drawable.ic_parcel, 22, R.color.brand) })
        add(screen.text(screen.say("app-courier-explain"), color = R.color.ink_soft), 4)
        add(give, 12)
        add(told, 12)
        add(error, 8)
    }

    private fun give() {
        // Its pictures are made smaller first: on an old phone that takes some seconds.
        give.isEnabled = false
        tell(screen.say("app-courier-making"))
        screen.attempt(error) {
            try {
                val files = handing.seal(id)
                val bytes = screen.words.size(files.sumOf { it.length() })
                tell(screen.say("app-courier-made", "size" to bytes))
                screen.startActivity(Intent.createChooser(handing.share(files), screen.say("app-button-give-bundle")))
            } catch (fault: PahtFault) {
                told.visibility = View.GONE
                throw fault
            } finally {
                give.isEnabled = true
            }
        }
    }

    private fun tell(said: String) {
        told.text = said
        told.visibility = View.VISIBLE
    }
}
