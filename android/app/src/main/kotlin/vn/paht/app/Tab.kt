package vn.paht.app

import android.content.Intent
import android.view.View
import kotlinx.coroutines.CoroutineScope

/** One place of the bottom bar. Made when it is first opened, so that a cold start makes only one. */
abstract class Tab(protected val screen: MainActivity) {
    protected val words get() = screen.words

    abstract val view: View

    /** Is in sight from here until [scope] ends. */
    open fun shown(scope: CoroutineScope) = Unit

    open fun result(request: Int, result: Int, data: Intent?) = Unit

    open fun permission(request: Int, isGranted: Boolean) = Unit

    /** The screen goes: keep what is not kept. */
    open fun leaving() = Unit
}
