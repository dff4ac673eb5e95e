package vn.paht.kit.scenarios

import org.json.JSONObject
import vn.paht.core.NewReport
import vn.paht.core.Review
import vn.paht.core.Service
import vn.paht.core.ServiceCode
import vn.paht.core.reviewPhraseId
import vn.paht.core.reviewPhrases
import vn.paht.kit.services

// What a visitor does: reviews a service, and reads what others say of it.

internal suspend fun Stage.review(step: JSONObject): String {
    val code = step.optString("service").ifEmpty { null }
    val service = if (code == null) Service.Named(step.getString("named")) else Service.Listed(ServiceCode(code))
    val names = step.getJSONArray("phrases")
    val phrases = List(names.length()) { at -> reviewPhrases().single { reviewPhraseId(it) == "app-phrase-${names.getString(at)}" } }
    val stars = if (step.has("stars")) step.getInt("stars").toUByte() else null
    val review = Review(service, stars, phrases)
    return make(step, NewReport(emptyList(), category = null, language = step.getString("language"), review = review))
}

internal suspend fun Stage.figures(step: JSONObject): String {
    val line = phone(step).services(language = "en").services.single { it.code.text == step.getString("service") }
    val mean = line.meanTenths?.let { "${it / 10u}.${it % 10u}" } ?: "-"
    return "${line.name}, ${line.count} reviews, stars $mean"
}
