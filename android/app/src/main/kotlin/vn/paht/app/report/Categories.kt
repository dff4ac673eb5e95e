package vn.paht.app.report

import vn.paht.app.R
import vn.paht.app.words.Words
import vn.paht.core.Card
import vn.paht.core.CardCategory
import vn.paht.core.CategoryCode

// The province's categories, agencies and communes, as people read them. The card speaks Vietnamese and English:
// who reads neither is given the English.

fun CardCategory.name(words: Words) = if (words.tag == "vi") nameVi else nameEn

/** A category's name; its code where the card does not know it, or there is none yet. */
fun Card?.nameOf(category: CategoryCode, words: Words): String =
    this?.categories?.find { it.code == category }?.name(words) ?: category.text

/** A drawing for a category. The card names none, so the code decides; an unknown one is three dots. */
fun iconOf(category: CategoryCode): Int = ICONS[category.text] ?: R.drawable.cat_dots

private val ICONS = mapOf(
    "construction" to R.drawable.cat_crane,
    "sanitation" to R.drawable.cat_bin,
    "traffic" to R.drawable.cat_road,
    "urban" to R.drawable.cat_lamp,
    "lighting" to R.drawable.cat_lamp,
    "security" to R.drawable.cat_shield,
    "tourism" to R.drawable.cat_suitcase,
    "misconduct" to R.drawable.cat_desk,
    "trees" to R.drawable.cat_tree,
    "water" to R.drawable.cat_drop,
    "education" to R.drawable.cat_book,
    "noise" to R.drawable.cat_sound,
    "animals" to R.drawable.cat_paw,
    "transport" to R.drawable.cat_bus,
    "market" to R.drawable.cat_basket,
    "other" to R.drawable.cat_dots,
)
