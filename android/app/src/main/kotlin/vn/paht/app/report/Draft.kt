package vn.paht.app.report

import android.content.Context
import java.io.File
import java.io.IOException
import org.json.JSONArray
import org.json.JSONException
import org.json.JSONObject
import vn.paht.core.CategoryCode
import vn.paht.core.Fix
import vn.paht.core.Point

/** Where the report is about, as far as the person decided. */
sealed interface Where {
    /** Nothing decided: the photo's place, otherwise the phone's. */
    data object Found : Where

    /** Set by hand. */
    data class Pinned(val point: Point) : Where

    /** The report goes without. */
    data object Left : Where
}

/** A report that is being made. */
data class Draft(
    /** Files of ours, in the order they were taken. */
    val files: List<File> = emptyList(),
    val category: CategoryCode? = null,
    val text: String = "",
    val where: Where = Where.Found,
    /** The phone's place when the first picture was taken: the person may have walked on since. */
    val fix: Fix? = null,
    val name: String? = null,
    val number: String? = null,
) {
    val isEmpty get() = files.isEmpty() && category == null && text.isBlank()
}

/**
 * Keeps the draft through whatever ends the process: small phones end it each time the camera opens. One file, replaced
 * whole, written at every change.
 */
class DraftFile(context: Context) {
    private val file = File(context.noBackupFilesDir, "draft.json")

    fun read(): Draft =
        try {
            if (file.isFile) parse(JSONObject(file.readText())) else Draft()
        } catch (_: JSONException) {
            // Torn by a flat battery: an empty page is better than none.
            Draft()
        }

    /** False: the phone is full, and the file is as it was. */
    fun write(draft: Draft): Boolean {
        if (draft == Draft()) {
            file.delete()
            return true
        }
        val fresh = File(file.path + ".new")
        return try {
            fresh.writeText(json(draft).toString())
            fresh.renameTo(file)
        } catch (_: IOException) {
            false
        }
    }

    private fun json(draft: Draft) = JSONObject().apply {
        put("files", JSONArray(draft.files.map { it.path }))
        put("category", draft.category?.text)
        put("text", draft.text)
        put("name", draft.name)
        put("number", draft.number)
        draft.fix?.let { put("fix", json(it.point).put("accuracy", it.accuracyM?.toInt())) }
        when (val where = draft.where) {
            Where.Found -> Unit
            Where.Left -> put("left", true)
            is Where.Pinned -> put("pin", json(where.point))
        }
    }

    private fun json(point: Point) = JSONObject().put("lat", point.latE7).put("lon", point.lonE7)

    private fun parse(json: JSONObject): Draft {
        val paths = json.getJSONArray("files")
        val pin = json.optJSONObject("pin")
        return Draft(
            files = List(paths.length()) { File(paths.getString(it)) }.filter { it.length() > 0 },
            category = json.text("category")?.let(::CategoryCode),
            text = json.optString("text"),
            where = if (pin != null) Where.Pinned(point(pin)) else if (json.has("left")) Where.Left else Where.Found,
            fix = json.optJSONObject("fix")?.let { Fix(point(it), accuracy(it)) },
            name = json.text("name"),
            number = json.text("number"),
        )
    }

    private fun point(json: JSONObject) = Point(json.getInt("lat"), json.getInt("lon"))

    private fun accuracy(json: JSONObject) = if (json.has("accuracy")) json.getInt("accuracy").toUInt() else null

    private fun JSONObject.text(name: String) = if (has(name)) getString(name) else null
}
