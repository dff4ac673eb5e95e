// Ids are types of their own: one cannot be given where another is wanted. Their text is checked where it enters the
// core: a text that is no id of its kind is refused with an error, never taken.

/// The ids, under one name so that the generated aliases (`ReportId` and so on) can point here.
public enum Ids {
    /// A report's id, made on the phone at birth (UUIDv7, hyphenated).
    public struct ReportId: Hashable, Sendable, Codable {
        public let text: String
        public init(_ text: String) { self.text = text }
    }

    /// The SHA-256 of a capture, a picture made of it, or a command: 64 hexadecimal digits.
    public struct Sha256: Hashable, Sendable, Codable {
        public let text: String
        public init(_ text: String) { self.text = text }
    }

    /// A case's public code, e.g. `HUE-7K3M-Q2X`: read aloud, typed from paper.
    public struct CaseCode: Hashable, Sendable, Codable {
        public let text: String
        public init(_ text: String) { self.text = text }
    }

    /// What a report is about, e.g. `traffic`; the tenant's card lists them.
    public struct CategoryCode: Hashable, Sendable, Codable {
        public let text: String
        public init(_ text: String) { self.text = text }
    }

    /// A service that can be reviewed, e.g. `dai-noi`: on the sign at its door.
    public struct ServiceCode: Hashable, Sendable, Codable {
        public let text: String
        public init(_ text: String) { self.text = text }
    }

    /// A commune by its official number, e.g. `19753`.
    public struct AreaCode: Hashable, Sendable, Codable {
        public let text: String
        public init(_ text: String) { self.text = text }
    }

    /// A unit that handles cases, e.g. `so-xay-dung`.
    public struct AgencyId: Hashable, Sendable, Codable {
        public let text: String
        public init(_ text: String) { self.text = text }
    }

    /// A province's IOC, e.g. `hue`.
    public struct TenantId: Hashable, Sendable, Codable {
        public let text: String
        public init(_ text: String) { self.text = text }
    }
}
