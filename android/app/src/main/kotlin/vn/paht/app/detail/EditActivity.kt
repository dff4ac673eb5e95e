package vn.paht.app.detail

import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.view.Gravity
import kotlinx.coroutines.launch
import vn.paht.app.Screen
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Field
import vn.paht.app.look.Tone
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.heading
import vn.paht.app.report.CategoryGrid
import vn.paht.core.CategoryCode
import vn.paht.core.Edit
import vn.paht.core.ReportId
import vn.paht.core.ReportLine
import vn.paht.kit.PahtFault
import vn.paht.kit.edit

/** Changes what was said; a report that was refused goes again. */
class EditActivity : Screen() {
    private val id by lazy { ReportId(checkNotNull(intent.getStringExtra(ID))) }
    private val error by lazy { ErrorLine(this) }
    private val text by lazy { Field(this, say("app-report-words"), lines = 4) }
    private val grid by lazy { CategoryGrid(this) { } }
    private var before: ReportLine? = null

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        val save = button(say("app-button-save"), Tone.Filled) { save() }.apply { gravity = Gravity.CENTER }
        scaffold(say("app-button-edit"), save) {
            add(error)
            add(text.view, 8)
            add(heading(say("app-report-category")), 20)
            add(grid.view, 10)
        }
        scope.launch {
            try {
                load(state)
            } catch (fault: PahtFault) {
                error.show(fault.say(words.language))
            }
        }
    }

    private suspend fun load(state: Bundle?) {
        val line = paht.show(id).line
        before = line
        grid.fillWith(paht.card()?.categories.orEmpty())
        grid.chosen = state?.getString(CATEGORY)?.let(::CategoryCode) ?: line.category
        text.words = state?.getString(TEXT) ?: line.text
    }

    override fun onSaveInstanceState(state: Bundle) {
        super.onSaveInstanceState(state)
        if (before == null) return
        state.putString(CATEGORY, grid.chosen?.text)
        state.putString(TEXT, text.words)
    }

    private fun save() = attempt(error) {
        val was = before ?: return@attempt
        val category = grid.chosen.takeIf { it != was.category }
        val said = text.words.trim().takeIf { it != was.text }
        // Nothing changed: nothing is sent. What was refused goes again all the same, with the same words.
        val isMending = was.way is vn.paht.core.Way.NeedsYou
        if (category != null || said != null || isMending) paht.edit(id, Edit(category, said ?: was.text.takeIf { isMending }, null))
        finish()
    }

    companion object {
        private const val ID = "report"
        private const val CATEGORY = "category"
        private const val TEXT = "text"

        fun of(context: Context, id: ReportId): Intent = Intent(context, EditActivity::class.java).putExtra(ID, id.text)
    }
}
