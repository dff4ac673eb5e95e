package vn.paht.app

import android.app.Activity
import android.content.Intent
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.annotation.RealObject
import org.robolectric.shadow.api.Shadow
import org.robolectric.shadows.ShadowActivity
import org.robolectric.util.ReflectionHelpers.ClassParameter

/**
 * Refuses to start another app's activity while [forbids], as the system does where the app may not ask the camera any
 * more. Named in `robolectric.properties`, for every test.
 */
@Implements(Activity::class)
class Forbidding : ShadowActivity() {
    @RealObject private lateinit var activity: Activity

    @Implementation
    fun startActivityForResult(intent: Intent, code: Int) {
        if (forbids) throw SecurityException("${intent.action} $code")
        Shadow.directlyOn<Unit, Activity>(
            activity,
            Activity::class.java,
            "startActivityForResult",
            ClassParameter.from(Intent::class.java, intent),
            ClassParameter.from(Integer.TYPE, code),
        )
    }

    companion object {
        @Volatile var forbids = false
    }
}
