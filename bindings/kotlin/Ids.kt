package vn.paht.ids

// Ids are types of their own: one cannot be given where another is wanted. They cost nothing at run time. Their text is
// checked where it enters the core: a text that is no id of its kind is refused with an error, never taken.

/** A report's id, made on the phone at birth (UUIDv7, hyphenated). */
@JvmInline value class ReportId(val text: String) { override fun toString() = text }

/** The SHA-256 of a capture, a picture made of it, or a command: 64 hexadecimal digits. */
@JvmInline value class Sha256(val text: String) { override fun toString() = text }

/** A case's public code, e.g. `HUE-7K3M-Q2X`: read aloud, typed from paper. */
@JvmInline value class CaseCode(val text: String) { override fun toString() = text }

/** What a report is about, e.g. `traffic`; the tenant's card lists them. */
@JvmInline value class CategoryCode(val text: String) { override fun toString() = text }

/** A service that can be reviewed, e.g. `dai-noi`: on the sign at its door. */
@JvmInline value class ServiceCode(val text: String) { override fun toString() = text }

/** A commune by its official number, e.g. `19753`. */
@JvmInline value class AreaCode(val text: String) { override fun toString() = text }

/** A unit that handles cases, e.g. `so-xay-dung`. */
@JvmInline value class AgencyId(val text: String) { override fun toString() = text }

/** A province's IOC, e.g. `hue`. */
@JvmInline value class TenantId(val text: String) { override fun toString() = text }
