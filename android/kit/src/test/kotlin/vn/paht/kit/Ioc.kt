package vn.paht.kit

import java.io.File
import java.util.concurrent.TimeUnit
import org.json.JSONObject

/** The program `paht`, as cargo built it. */
object Program {
    private val path = File(checkNotNull(System.getProperty("paht.program")) { "run the tests by Maven or Gradle" })

    fun start(vararg words: String): Process {
        check(path.canExecute()) { "$path is missing: cargo build -p paht" }
        val builder = ProcessBuilder(listOf(path.path) + words + "--json")
        builder.environment().keys.removeAll(setOf("PAHT_HOME", "PAHT_IOC", "PAHT_TOKEN", "RUST_LOG"))
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start()
    }

    /** Runs it to its end, which must be a good one, and gives the objects it said. */
    fun said(vararg words: String): List<JSONObject> {
        val process = start(*words)
        val lines = process.inputStream.bufferedReader().readLines()
        check(process.waitFor(60, TimeUnit.SECONDS)) { "paht ${words.first()} does not end" }
        check(process.exitValue() == 0) { "paht ${words.joinToString(" ")}: ${process.exitValue()} $lines" }
        return lines.map(::JSONObject)
    }
}

/** A real IOC in a process of its own. */
class Ioc(private val data: File) : AutoCloseable {
    /** Ends when its input closes, so that it cannot outlive the tests. */
    private val process =
        Program.start("ioc", "serve", "--data", data.path, "--listen", "127.0.0.1:0", "--with-parent")

    val url: String = JSONObject(process.inputStream.bufferedReader().readLine()).getString("listening")

    private val operator by lazy { token("--role", "operator") }

    fun dispatch(case: String): String {
        val share = desk(operator, "dispatch", case).getJSONArray("assignments").getJSONObject(0)
        return share.getString("agency")
    }

    fun answer(case: String, agency: String, text: String, photo: File) {
        val token = agencyToken(agency)
        desk(token, "start", case)
        desk(token, "answer", case, "--text", text, "--media", photo.path)
    }

    /** What the centre hands to an agency's people. */
    fun agencyToken(agency: String) = token("--role", "agency", "--agency", agency)

    fun refuse(case: String, reason: String) = desk(operator, "refuse", case, "--reason", reason)

    /** Tells everybody, or some communes, for an hour; the alert's id comes back. */
    fun alert(level: String, title: String, vararg areas: String): String {
        val where = areas.flatMap { listOf("--area", it) }.toTypedArray()
        val words = arrayOf("--title", title, "--text", "Hãy ở trong nhà.", "--title-in", "en=$title (en)", "--call", "1022=Tổng đài")
        return desk(operator, "alert", "--level", level, *words, "--hours", "1", *where).getString("id")
    }

    fun endAlert(id: String) = desk(operator, "end-alert", id)

    fun cases(): List<JSONObject> = Program.said("operator", "--ioc", url, "--token", operator, "cases")

    fun show(case: String): JSONObject = desk(operator, "show", case)

    private fun desk(token: String, vararg words: String) =
        Program.said("operator", "--ioc", url, "--token", token, *words).last()

    private fun token(vararg role: String) =
        Program.said("ioc", "token", "--data", data.path, *role).single().getString("token")

    override fun close() {
        process.destroyForcibly().waitFor()
    }
}
