package vn.paht.kit

import android.content.Context
import android.content.pm.PackageManager

/** A service of the system's that every Android of ours has. */
internal inline fun <reified T : Any> Context.service(): T =
    checkNotNull(getSystemService(T::class.java)) { "no ${T::class.java.simpleName}" }

internal fun Context.isGranted(permission: String): Boolean =
    checkSelfPermission(permission) == PackageManager.PERMISSION_GRANTED
