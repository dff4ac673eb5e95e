package vn.paht.app

import android.app.Activity
import android.content.Context
import android.content.Intent
import android.graphics.Color
import android.graphics.Insets
import android.net.Uri
import android.view.View
import android.view.WindowInsets
import android.widget.EditText
import android.widget.ListView
import android.widget.TextView
import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import vn.paht.app.desk.CaseActivity
import vn.paht.app.desk.CasesActivity
import vn.paht.app.mine.QueueActivity
import vn.paht.app.more.ServiceActivity
import vn.paht.app.more.SettingsActivity
import vn.paht.app.ways.CarriedActivity
import vn.paht.app.ways.WaysActivity
import vn.paht.core.CategoryCode
import vn.paht.core.NewReport
import vn.paht.core.Until
import vn.paht.core.bestLanguage
import vn.paht.core.say
import vn.paht.kit.cases
import vn.paht.kit.enrol
import vn.paht.kit.sync

/** Goal: everybody can use it: weak eyes, large fingers, a screen reader. Method: the screens are measured, not looked at. */
@RunWith(RobolectricTestRunner::class)
class EverybodyTest {
    @get:Rule val phone = Phone()

    @Test
    fun `what is read stands out from its ground, by day and by night`() {
        for (night in listOf(false, true)) {
            val context = Robolectric.buildActivity(MainActivity::class.java.also { Look(night = night).set() }).use { it.get() as Context }
            for ((ink, grounds, atLeast) in READ) for (ground in grounds) {
                val ratio = contrast(context.getColor(ink), context.getColor(ground))
                val names = listOf(ink, ground).joinToString(" on ") { context.resources.getResourceEntryName(it) }
                assertTrue("$names, night $night: $ratio", ratio >= atLeast)
            }
        }
    }

    @Test
    fun `everything that can be touched is large enough and has a name`() {
        for (scale in listOf(1f, 2f)) each(scale) { measure(it, scale) }
    }

    @Test
    fun `an officer's page can be touched and has names too, with a sign's service beside it`() {
        val ioc = phone.ioc()
        phone.again(ioc.url)
        val case = waiting {
            val id = phone.paht.report(NewReport(emptyList(), "Cống nghẹt", CategoryCode("urban")))
            phone.paht.sync(until = Until.DONE)
            phone.paht.enrol(ioc.agencyToken(ioc.dispatch(checkNotNull(phone.paht.show(id).line.case).text)))
            phone.paht.cases().cases.single()
        }
        val sign = Intent(Intent.ACTION_VIEW, Uri.parse("paht://s/ga-hue")).setClass(phone.app, ServiceActivity::class.java)
        val pages = listOf(CaseActivity.of(phone.app, case), Intent(phone.app, CasesActivity::class.java), sign)
        for (scale in listOf(1f, 2f)) each(scale, pages) { screen ->
            measure(screen, scale)
            assertTrue("$screen", screen.seen().any { it.isAccessibilityHeading })
        }
    }

    @Test
    fun `the ways without a network can be touched and have names`() {
        phone.again(card = phone.iocWithSms().card())
        val id = waiting { phone.paht.report(NewReport(emptyList(), "Cống nghẹt. ".repeat(60), CategoryCode("urban"))) }
        for (scale in listOf(1f, 2f)) each(scale, listOf(WaysActivity.of(phone.app, id))) { screen ->
            until("the messages") { screen.says((screen as Screen).say("app-button-write-part", "part" to 2, "count" to 2)) }
            measure(screen, scale)
            assertTrue("$screen", screen.seen().any { it.isAccessibilityHeading })
        }
    }

    private fun measure(screen: Activity, scale: Float) {
        // Words that can be selected answer a long touch, and are no target.
        val touched = screen.seen().filter { it.isClickable && it !is ListView && (it as? TextView)?.isTextSelectable != true }.toList()
        assertTrue("$screen", touched.isNotEmpty())
        for (view in touched) {
            val name = "${screen.javaClass.simpleName} at $scale: ${view.javaClass.simpleName} “${view.label}”"
            if (view is EditText) assertTrue(name, screen.seen().any { it.labelFor == view.id })
            else assertTrue("$name has no name", view.label.isNotBlank())
            val least = screen.resources.displayMetrics.density * 48 - 1
            assertTrue("$name is ${view.width} x ${view.height}", view.width >= least && view.height >= least)
        }
    }

    @Test
    fun `every screen has a heading, and no picture that says something is silent`() = each(1f) { screen ->
        assertTrue("$screen", screen.seen().any { it.isAccessibilityHeading })
        val silent = screen.seen().filterIsInstance<android.widget.ImageView>()
            .filter { it.importantForAccessibility != View.IMPORTANT_FOR_ACCESSIBILITY_NO && it.label.isBlank() }.toList()
        assertTrue("${screen.javaClass.simpleName}: $silent", silent.isEmpty())
    }

    @Test
    fun `nothing lies under the bars`() {
        Look().set()
        Robolectric.buildActivity(MainActivity::class.java).use { controller ->
            val content = controller.setup().get().findViewById<android.view.ViewGroup>(android.R.id.content)!!
            val whole = (content.getChildAt(0) as android.view.ViewGroup).getChildAt(0)
            val bars = WindowInsets.Builder().setInsets(WindowInsets.Type.systemBars(), Insets.of(0, 48, 0, 96))
            whole.dispatchApplyWindowInsets(bars.build())
            assertEquals(listOf(48, 96), listOf(whole.paddingTop, whole.paddingBottom))
        }
    }

    @Test
    fun `no text of ours stands in the program or its resources`() {
        val kotlin = File("src/main/kotlin").walk().filter { it.extension == "kt" }.flatMap { file ->
            file.readLines().filterNot { it.trim().startsWith("*") || it.trim().startsWith("//") || it.trim().startsWith("/*") }
                .flatMap { line -> SAID.findAll(line).map { it.groupValues[1] }.filter(::isText).map { "${file.name}: $it" } }
        }.toList()
        assertEquals(emptyList<String>(), kotlin)
        val resources = File("src/main/res").walk().filter { it.extension == "xml" }.flatMap { file ->
            val strings = STRING.findAll(file.readText()).map { it.groupValues[1] }.filterNot { it in KEPT }
            val attributes = ATTRIBUTE.findAll(file.readText()).map { it.value }
            (strings + attributes).map { "${file.name}: $it" }
        }.toList()
        assertEquals(emptyList<String>(), resources)
    }

    @Test
    fun `every id that is said is in the set, in all languages`() {
        val ids = File("src/main/kotlin").walk().filter { it.extension == "kt" }
            .flatMap { ID.findAll(it.readText()).map { found -> found.groupValues[1] } }.toSet()
        assertTrue(ids.size > 100)
        val missing = vn.paht.app.words.Words.TAGS.flatMap { tag -> ids.filter { say(bestLanguage(tag), it) == it }.map { "$tag: $it" } }
        assertEquals(emptyList<String>(), missing)
    }

    private fun isText(said: String) = said.any { it.isLetter() } && (said.any { it > '\u007f' && it.isLetter() } || ' ' in said.trim()) && said !in ALLOWED

    private fun each(scale: Float, work: (Activity) -> Unit) = each(scale, everywhere(), work)

    private fun everywhere(): List<Intent> =
        Place.entries.map { MainActivity.at(phone.app, it) } +
            listOf(QueueActivity::class, ServiceActivity::class, CasesActivity::class, SettingsActivity::class, CarriedActivity::class)
                .map { Intent(phone.app, it.java) }

    private fun each(scale: Float, intents: List<Intent>, work: (Activity) -> Unit) {
        for (intent in intents) {
            Look(fontScale = scale).set()
            @Suppress("UNCHECKED_CAST")
            val kind = Class.forName(checkNotNull(intent.component).className) as Class<Activity>
            Robolectric.buildActivity(kind, intent).use { controller ->
                val screen = controller.setup().get()
                screen.settle()
                work(screen)
            }
        }
    }

    private fun contrast(one: Int, other: Int): Double {
        val (light, dark) = listOf(one, other).map { Color.luminance(it) + 0.05 }.sortedDescending()
        return light / dark
    }

    private companion object {
        private val GROUNDS = listOf(R.color.ground, R.color.surface)

        /** Ink, where it stands, and what WCAG asks of it: 4.5 for words, 3 for lines that mean something. */
        val READ = listOf(
            Triple(R.color.ink, GROUNDS, 7.0),
            Triple(R.color.ink_soft, GROUNDS, 7.0),
            Triple(R.color.brand, GROUNDS, 4.5),
            Triple(R.color.on_brand, listOf(R.color.brand), 4.5),
            Triple(R.color.on_brand_soft, listOf(R.color.brand_soft), 4.5),
            Triple(R.color.good, listOf(R.color.good_soft), 4.5),
            Triple(R.color.warn, listOf(R.color.warn_soft), 4.5),
            Triple(R.color.danger, listOf(R.color.danger_soft, R.color.surface), 4.5),
            Triple(R.color.outline, GROUNDS, 3.0),
        )
        val SAID = Regex("\"((?:[^\"\\\\$]|\\\\.|\\$\\{[^}]*}|\\$)*)\"")
        val STRING = Regex("<string name=\"([a-z_]+)\"")
        val ATTRIBUTE = Regex("android:(text|hint|contentDescription)=\"[^@?\"]+\"")
        val KEPT = setOf("app_name", "tenant", "ioc", "ioc_host")
        val ALLOWED = setOf("UNCHECKED_CAST")
        val ID = Regex("\"((?:app|portal)-[a-z0-9-]+)\"")
    }
}
