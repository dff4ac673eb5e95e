package vn.paht.kit.scenarios

import java.io.File
import kotlin.time.Duration.Companion.minutes
import org.json.JSONArray
import org.json.JSONObject
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import vn.paht.kit.waiting

/**
 * Goal: one behaviour in both shells. Method: the table that Rust and Swift play too, played on the kit against a real
 * IOC; the transcript must be the one they all share.
 */
@RunWith(RobolectricTestRunner::class)
class OneBehaviourTest {
    private val folder = File("../../tests/scenarios")

    @Test
    fun `every scenario reads as in the other shell`() = waiting(10.minutes) {
        val table = JSONObject(File(folder, "one-behaviour.json").readText())
        val told = StringBuilder()
        for (scenario in table.getJSONArray("scenarios").objects()) {
            told.append("# ").append(scenario.getString("name")).append('\n')
            Stage().use { stage ->
                for (step in scenario.getJSONArray("steps").objects()) {
                    told.append(spokenStep(step)).append(": ").append(stage.play(step)).append('\n')
                }
            }
            told.append('\n')
        }
        assertEquals(File(folder, "one-behaviour.txt").readText(), told.toString())
    }

    private fun JSONArray.objects(): List<JSONObject> = List(length()) { getJSONObject(it) }
}
