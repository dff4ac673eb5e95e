package vn.paht.app.ways

import android.content.Context
import android.content.Intent
import android.os.Bundle
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.add
import vn.paht.app.look.text
import vn.paht.core.ReportId
import vn.paht.kit.PahtFault

/** How one report goes where there is no network: as a text message, or with somebody who is leaving for one. */
class WaysActivity : Screen() {
    private val id by lazy { ReportId(checkNotNull(intent.getStringExtra(ID))) }
    private val error by lazy { ErrorLine(this) }
    private val byText by lazy { TextWay(this, id) }
    private val byCourier by lazy { CourierWay(this, id) }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        scaffold(say("app-ways-title")) {
            add(error)
            add(text(say("app-ways-intro"), color = R.color.ink_soft), 4)
            add(byText.view, 16)
            add(byCourier.view, 12)
        }
        byText.restore(state)
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        byText.save(state)
    }

    override fun whileSeen(scope: CoroutineScope) {
        scope.launch {
            try {
                byText.show(paht.card()?.sms)
            } catch (fault: PahtFault) {
                error.show(fault.say(words.language))
            }
        }
    }

    companion object {
        private const val ID = "report"

        fun of(context: Context, id: ReportId): Intent = Intent(context, WaysActivity::class.java).putExtra(ID, id.text)
    }
}
