package vn.paht.kit

import android.app.Activity
import android.app.Application.ActivityLifecycleCallbacks
import android.os.Bundle
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.launch

/**
 * Shows a flow's values while the activity is on the screen, on the main thread: from `onStart` to `onStop`, over again
 * when it returns. To be called once, in `onCreate`. [failed] is told what ended the flow.
 */
fun <T> Flow<T>.whileShown(activity: Activity, failed: (PahtFault) -> Unit, show: (T) -> Unit) {
    val flow = this
    val callbacks = object : ActivityLifecycleCallbacks {
        private var shown: CoroutineScope? = null

        override fun onActivityStarted(started: Activity) {
            if (started !== activity) return
            shown?.cancel()
            shown = CoroutineScope(SupervisorJob() + Dispatchers.Main).also { scope ->
                scope.launch {
                    try {
                        flow.collect(show)
                    } catch (fault: PahtFault) {
                        failed(fault)
                    }
                }
            }
        }

        override fun onActivityStopped(stopped: Activity) {
            if (stopped === activity) shown?.cancel()
        }

        override fun onActivityDestroyed(destroyed: Activity) {
            if (destroyed === activity) activity.application.unregisterActivityLifecycleCallbacks(this)
        }

        override fun onActivityCreated(created: Activity, state: Bundle?) = Unit

        override fun onActivityResumed(resumed: Activity) = Unit

        override fun onActivityPaused(paused: Activity) = Unit

        override fun onActivitySaveInstanceState(saved: Activity, state: Bundle) = Unit
    }
    activity.application.registerActivityLifecycleCallbacks(callbacks)
}
