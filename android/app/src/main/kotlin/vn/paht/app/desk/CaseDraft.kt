package vn.paht.app.desk

import android.content.Context
import java.io.File
import java.io.IOException
import org.json.JSONArray
import org.json.JSONException
import org.json.JSONObject
import vn.paht.core.ReportId

/** What an officer has written about a case and not done yet. */
data class CaseDraft(
    val answer: String = "",
    /** Files of ours, taken after the work. */
    val photos: List<File> = emptyList(),
    val days: String = "",
    val why: String = "",
    val reason: String = "",
)

/**
 * Keeps it through whatever ends the process, as the camera does on small phones. One file a case, replaced whole, written at
 * every change.
 */
class CaseDraftFile(context: Context, report: ReportId) {
    private val file = File(folder(context), report.text)

    fun read(): CaseDraft =
        try {
            if (file.isFile) parse(JSONObject(file.readText())) else CaseDraft()
        } catch (_: JSONException) {
            // Torn by a flat battery: an empty page is better than none.
            CaseDraft()
        } catch (_: IOException) {
            CaseDraft()
        }

    /** False: the phone is full, and the file is as it was. */
    fun write(draft: CaseDraft): Boolean {
        if (draft == CaseDraft()) {
            file.delete()
            return true
        }
        val fresh = File(file.path + ".new")
        return try {
            file.parentFile?.mkdirs()
            fresh.writeText(json(draft).toString())
            fresh.renameTo(file)
        } catch (_: IOException) {
            false
        }
    }

    private fun json(draft: CaseDraft) = JSONObject()
        .put("answer", draft.answer)
        .put("photos", JSONArray(draft.photos.map { it.path }))
        .put("days", draft.days)
        .put("why", draft.why)
        .put("reason", draft.reason)

    private fun parse(json: JSONObject): CaseDraft {
        val paths = json.getJSONArray("photos")
        return CaseDraft(
            json.getString("answer"),
            List(paths.length()) { File(paths.getString(it)) }.filter { it.length() > 0 },
            json.getString("days"),
            json.getString("why"),
            json.getString("reason"),
        )
    }

    companion object {
        private fun folder(context: Context) = File(context.noBackupFilesDir, "desk")

        /** Whoever signs out leaves nothing that was written about citizens' cases. */
        fun forgetAll(context: Context) {
            folder(context).listFiles().orEmpty().forEach { file ->
                CaseDraftFile(context, ReportId(file.name)).read().photos.forEach(File::delete)
                file.delete()
            }
        }
    }
}
