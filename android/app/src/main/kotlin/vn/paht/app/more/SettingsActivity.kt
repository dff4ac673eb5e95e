package vn.paht.app.more

import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.provider.Settings
import android.text.InputType
import android.widget.LinearLayout
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import vn.paht.app.Choices
import vn.paht.app.MainActivity
import vn.paht.app.Place
import vn.paht.app.R
import vn.paht.app.Screen
import vn.paht.app.look.ChoiceList
import vn.paht.app.look.ErrorLine
import vn.paht.app.look.Field
import vn.paht.app.look.Type
import vn.paht.app.look.add
import vn.paht.app.look.button
import vn.paht.app.look.card
import vn.paht.app.look.column
import vn.paht.app.look.heading
import vn.paht.app.look.setIcon
import vn.paht.app.look.text
import vn.paht.app.words.Words
import vn.paht.app.words.size
import vn.paht.core.DataPolicy
import vn.paht.core.Meter
import vn.paht.kit.background.BatteryAdvice
import vn.paht.kit.background.open
import vn.paht.kit.dataPolicy
import vn.paht.kit.meter
import vn.paht.kit.setDataPolicy

/** What a person can choose, each choice kept as it is made. */
class SettingsActivity : Screen() {
    private val choices by lazy { Choices(this) }
    private val dataError by lazy { ErrorLine(this) }
    private val storage by lazy { text("").apply { setIcon(R.drawable.ic_storage, 22, R.color.brand, 12) } }

    override fun onCreate(state: Bundle?) {
        super.onCreate(state)
        scaffold(say("app-settings-title")) {
            add(language())
            add(originals(), 12)
            add(sender(), 12)
            add(battery(), 12)
            add(card { add(storage) }, 12)
        }
        measure()
    }

    private fun language(): LinearLayout = card {
        add(title("app-settings-language", R.drawable.ic_globe))
        val tags = listOf<Pair<String?, String>>(null to say("app-settings-language-phone")) + Words.TAGS.map { it to Words.nameOf(it) }
        add(ChoiceList(context, tags, choices.language, ::speak).view, 4)
    }

    /** Every screen is made anew: its words are another language's. */
    private fun speak(tag: String?) {
        choices.language = tag
        val root = MainActivity.at(this, Place.More)
            .addFlags(Intent.FLAG_ACTIVITY_NEW_TASK or Intent.FLAG_ACTIVITY_CLEAR_TASK)
        startActivities(arrayOf(root, Intent(this, SettingsActivity::class.java)))
    }

    private fun originals(): LinearLayout = card {
        add(title("app-settings-data", R.drawable.ic_data))
        add(text(say("app-settings-data-hint"), Type.Small, R.color.ink_soft), 4)
        val rules = listOf(
            DataPolicy.FREE to say("app-settings-data-wifi"),
            DataPolicy.ANY to say("app-settings-data-any"),
            DataPolicy.ASK to say("app-settings-data-ask"),
        )
        val choice = column()
        add(choice, 4)
        add(dataError, 4)
        attempt(dataError) {
            choice.add(ChoiceList(context, rules, paht.dataPolicy(), ::follow).view)
            add(text(used(paht.meter()), Type.Small, R.color.ink_soft), 8)
        }
    }

    private fun follow(policy: DataPolicy) = attempt(dataError) { paht.setDataPolicy(policy) }

    /** What was sent so far, and what going on at the same byte has spared. */
    private fun used(meter: Meter) = say(
        "app-settings-data-used",
        "sent" to words.size(meter.sentBytes.toLong()),
        "saved" to words.size(meter.savedBytes.toLong()),
    )

    private fun sender(): LinearLayout = card {
        add(title("app-settings-sender", R.drawable.ic_person))
        add(text(say("app-settings-sender-hint"), Type.Small, R.color.ink_soft), 4)
        val name = Field(context, say("app-report-sender-name"), kind = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_CAP_WORDS)
        val number = Field(context, say("app-report-sender-number"), kind = InputType.TYPE_CLASS_PHONE)
        name.words = choices.name.orEmpty()
        number.words = choices.number.orEmpty()
        name.changed { choices.name = it }
        number.changed { choices.number = it }
        add(name.view, 12)
        add(number.view, 12)
    }

    private fun battery(): LinearLayout = card {
        add(title("app-button-battery", R.drawable.ic_battery))
        add(text(say("app-settings-battery"), Type.Small, R.color.ink_soft), 4)
        add(button(say("app-button-open-settings")) { openBattery() }, 12)
    }

    private fun openBattery() {
        val advice = BatteryAdvice(this)
        val due = advice.due()
        advice.told()
        if (due?.open(this) == true) return
        startActivity(Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.fromParts("package", packageName, null)))
    }

    private fun title(word: String, icon: Int) = heading(say(word)).apply { setIcon(icon, 22, R.color.brand, 12) }

    private fun measure() {
        scope.launch {
            val bytes = withContext(Dispatchers.IO) {
                noBackupFilesDir.walkBottomUp().filter { it.isFile }.sumOf { it.length() }
            }
            storage.text = say("app-settings-storage", "size" to words.size(bytes))
        }
    }
}
