package vn.paht.app.words

import android.content.Context
import android.content.res.Configuration
import java.util.Locale
import vn.paht.app.Choices
import vn.paht.core.Language
import vn.paht.core.bestLanguage
import vn.paht.core.say
import vn.paht.core.sayWith

/**
 * What people read, in one language: every sentence comes from the set that phone and IOC share, by its id. There is no
 * text of our own in this app but its name.
 */
class Words private constructor(val tag: String) {
    /** The core's name for the language; Vietnamese where this core does not speak it. */
    val language: Language = bestLanguage(tag)
    val locale: Locale = Locale.forLanguageTag(tag)

    fun say(id: String): String = say(language, id)

    fun say(id: String, vararg args: Pair<String, Any>): String =
        sayWith(language, id, args.associate { (name, value) -> name to value.toString() })

    companion object {
        /** Languages a person can choose, as BCP 47. */
        val TAGS = listOf("vi", "en", "fr", "ja", "ko", "zh-Hans")

        /** The person's choice, otherwise the phone's language if we speak it, otherwise Vietnamese. */
        fun of(context: Context): Words {
            val chosen = Choices(context).language
            return Words(chosen ?: best(context.resources.configuration))
        }

        /** The same screen in the chosen language, so that dates and TalkBack's voice follow it. */
        fun localised(base: Context): Context {
            val chosen = Choices(base).language ?: return base
            val changed = Configuration(base.resources.configuration).apply { setLocale(Locale.forLanguageTag(chosen)) }
            return base.createConfigurationContext(changed)
        }

        /** How a language calls itself. */
        fun nameOf(tag: String): String {
            val locale = Locale.forLanguageTag(tag)
            return locale.getDisplayName(locale).replaceFirstChar { it.titlecase(locale) }
        }

        private fun best(configuration: Configuration): String {
            val wanted = List(configuration.locales.size()) { configuration.locales[it].language }
            return wanted.firstNotNullOfOrNull { code -> TAGS.find { it.substringBefore('-') == code } } ?: TAGS.first()
        }
    }
}
