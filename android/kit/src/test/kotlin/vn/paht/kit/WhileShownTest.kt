package vn.paht.kit

import android.app.Activity
import android.os.Bundle
import android.os.Looper
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.flow
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

private val values = MutableStateFlow(1)

@RunWith(RobolectricTestRunner::class)
class WhileShownTest {
    class Screen : Activity() {
        val shown = mutableListOf<Int>()
        var fault: PahtFault? = null

        override fun onCreate(state: Bundle?) {
            super.onCreate(state)
            values.whileShown(this, failed = {}) { shown += it }
            flow<Int> { throw PahtFault.StorageFull() }.whileShown(this, failed = { fault = it }) {}
        }
    }

    private fun idle() = shadowOf(Looper.getMainLooper()).idle()

    @Test
    fun `a screen is told while it is shown, and not while it is away`() {
        values.value = 1
        val screen = Robolectric.buildActivity(Screen::class.java).setup().also { idle() }
        values.value = 2
        idle()
        screen.pause().stop()
        values.value = 3
        values.value = 4
        idle()
        assertEquals(listOf(1, 2), screen.get().shown)
        screen.restart().resume()
        idle()
        assertEquals("the state as it is on return", listOf(1, 2, 4), screen.get().shown)
        assertTrue(screen.get().fault is PahtFault.StorageFull)
        screen.pause().stop().destroy()
        values.value = 5
        idle()
        assertEquals(3, screen.get().shown.size)
    }
}
