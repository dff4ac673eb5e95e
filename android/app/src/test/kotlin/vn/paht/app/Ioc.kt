package vn.paht.app

import java.io.File
import java.net.URL
import java.util.concurrent.TimeUnit
import org.json.JSONObject

/** A real IOC in a process of its own; ends when its input closes, so that it cannot outlive the tests. */
class Ioc(private val data: File) : AutoCloseable {
    private val process = start("ioc", "serve", "--data", data.path, "--listen", "127.0.0.1:0", "--with-parent")
    val url: String = JSONObject(process.inputStream.bufferedReader().readLine()).getString("listening")
    private val operator by lazy { token("--role", "operator") }

    /** The tenant's signed card, as an app is shipped with it. */
    fun card(): ByteArray = URL("$url/v1/card").openStream().use { it.readBytes() }

    fun show(case: String): JSONObject = desk(operator, "show", case)

    /** Gives it to an agency where no rule has done so yet, and says to which. */
    fun dispatch(case: String): String {
        val before = show(case).optJSONArray("assignments")
        val record = if (before != null && before.length() > 0) show(case) else desk(operator, "dispatch", case)
        return record.getJSONArray("assignments").getJSONObject(0).getString("agency")
    }

    fun begin(case: String, agency: String) = desk(agencyToken(agency), "start", case)

    fun answer(case: String, agency: String, text: String, photo: File) =
        desk(agencyToken(agency), "answer", case, "--text", text, "--media", photo.path)

    fun refuse(case: String, reason: String) = desk(operator, "refuse", case, "--reason", reason)

    /** Tells everybody, or some communes, for five hours. */
    fun alert(level: String, title: String, text: String, vararg areas: String, english: Pair<String, String>? = null) {
        val where = areas.flatMap { listOf("--area", it) }
        val also = english?.let { listOf("--title-in", "en=${it.first}", "--text-in", "en=${it.second}") }.orEmpty()
        val words = listOf("--level", level, "--title", title, "--text", text, "--hours", "5", "--call", "1022=Tổng đài phòng chống thiên tai")
        desk(operator, "alert", *(words + also + where).toTypedArray())
    }

    fun agencyToken(agency: String) = token("--role", "agency", "--agency", agency)

    private fun desk(token: String, vararg words: String) = said("operator", "--ioc", url, "--token", token, *words).last()

    private fun token(vararg role: String) =
        said("ioc", "token", "--data", data.path, *role).single().getString("token")

    override fun close() {
        process.destroyForcibly().waitFor()
    }

    companion object {
        /** One whose administrator has edited the files of the province: each pair is what stood there and what stands now. */
        fun edited(data: File, vararg edits: Triple<String, String, String>): Ioc {
            Ioc(data).close()
            for ((name, before, now) in edits) {
                val file = File(data, "tenant/$name")
                val said = file.readText()
                check(before in said) { "$name has no $before" }
                file.writeText(said.replaceFirst(before, now))
            }
            return Ioc(data)
        }

        /** The landslide, and the road after it was cleared, as the core's own sample maker paints them for its demo. */
        fun paint(folder: File) {
            // Beside the project the demo would take a real photo; from elsewhere it paints.
            val elsewhere = program.copyTo(File(folder, "paht")).apply { setExecutable(true) }
            val demo = ProcessBuilder(elsewhere.path, "demo", "--json", "--keep", folder.path).directory(folder)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start()
            // All is painted before the first report is made.
            demo.inputStream.bufferedReader().lineSequence().first { "kept after" in it }
            demo.destroyForcibly().waitFor()
        }

        private val program = File(checkNotNull(System.getProperty("paht.program")) { "run the tests by Maven or Gradle" })

        /** The program, beside the test. */
        fun start(vararg words: String): Process {
            check(program.canExecute()) { "$program is missing: cargo build -p paht" }
            val builder = ProcessBuilder(listOf(program.path) + words + "--json")
            builder.environment().keys.removeAll(setOf("PAHT_HOME", "PAHT_IOC", "PAHT_TOKEN", "RUST_LOG"))
            return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start()
        }

        private fun said(vararg words: String): List<JSONObject> {
            val process = start(*words)
            val lines = process.inputStream.bufferedReader().readLines()
            check(process.waitFor(60, TimeUnit.SECONDS)) { "paht ${words.first()} does not end" }
            check(process.exitValue() == 0) { "paht ${words.joinToString(" ")}: ${process.exitValue()} $lines" }
            return lines.map(::JSONObject)
        }
    }
}
