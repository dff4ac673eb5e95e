package vn.paht.kit

import android.app.Activity
import android.app.Application
import android.content.Intent
import android.os.Bundle
import android.widget.TextView
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import vn.paht.core.CategoryCode
import vn.paht.core.NewReport
import vn.paht.core.TenantId
import vn.paht.kit.capture.Camera
import vn.paht.kit.capture.Shot
import vn.paht.kit.place.Locate
import vn.paht.kit.place.Located

// The sample of the kit's README, word for word, so that it is compiled and run.

class SampleApp : Application() {
    override fun onCreate() {
        super.onCreate()
        Paht.install(this, Province(TenantId("hue"), "https://paht.hue.example"))
    }
}

class SampleScreen : Activity() {
    private val paht by lazy { Paht.of(this) }
    private val scope = MainScope()
    private val text by lazy { TextView(this) }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        setContentView(text)
        paht.watch.reports().whileShown(this, failed = { text.text = it.say(paht.language) }) { reports ->
            text.text = reports.joinToString("\n") { "${it.text}: ${it.way}, ${it.stage}" }
        }
        // Null on the first start only: after "don't keep activities" the camera's result is on its way already.
        if (state == null) startActivityForResult(Camera(this).ask(Shot.Photo, draft = "first"), 1)
    }

    override fun onActivityResult(request: Int, result: Int, data: Intent?) {
        val shot = Camera(this).fetch() ?: return
        scope.launch {
            try {
                val place = Locate(this@SampleScreen).now()
                val fix = (place as? Located.Found)?.takeIf { !it.isMock && it.age < 10.minutes }?.fix
                paht.report(
                    NewReport(listOf(shot.file.path), "Ổ gà trước cổng trường", CategoryCode("traffic"), fix = fix),
                )
                shot.file.delete()              // the report has its own copy
            } catch (fault: PahtFault) {
                text.text = fault.say(paht.language)
            }
        }
    }

    override fun onDestroy() {
        scope.cancel()
        super.onDestroy()
    }
}
