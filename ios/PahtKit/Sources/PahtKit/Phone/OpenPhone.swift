import Foundation
import PahtCore

/// What a phone is opened with.
public struct PhoneSetup: Sendable {
    /// Whose IOC it reports to, e.g. `hue`.
    public var tenant: String
    /// The IOC's address; kept in the folder, so that it need not be given again.
    public var ioc: URL?
    /// The folder that holds everything. Keep it out of cloud backups; see `PhoneSetup.standardHome()`.
    public var home: URL
    /// The tenant's signed card that the app was shipped with.
    public var shippedCard: Data?
    /// Certificates of a private authority, in PEM; the public ones count only where this is empty.
    public var roots: [String]
    /// SHA-256 (hex) of keys or certificates that are trusted whatever their dates, while true time is unknown.
    public var pins: [String]

    public init(
        tenant: String, ioc: URL? = nil, home: URL, shippedCard: Data? = nil, roots: [String] = [], pins: [String] = []
    ) {
        self.tenant = tenant
        self.ioc = ioc
        self.home = home
        self.shippedCard = shippedCard
        self.roots = roots
        self.pins = pins
    }

    /// `Application Support/paht`, made if it is not there.
    public static func standardHome() throws -> URL {
        let support = try FileManager.default.url(
            for: .applicationSupportDirectory, in: .userDomainMask, appropriateFor: nil, create: true)
        var home = support.appending(path: "paht", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        #if canImport(Darwin)
            // The queue's key stays on this phone, so a copy elsewhere could only send everything twice.
            var values = URLResourceValues()
            values.isExcludedFromBackup = true
            try home.setResourceValues(values)
        #endif
        return home
    }
}

/// What the platform gives; what is absent the core does itself, as well as it can.
public struct PhonePorts: Sendable {
    public var keys: (any PhoneKeys)?
    public var clock: (any PhoneClock)?
    public var decoder: (any PictureDecoder)?

    public init(
        keys: (any PhoneKeys)? = nil, clock: (any PhoneClock)? = nil, decoder: (any PictureDecoder)? = nil
    ) {
        self.keys = keys
        self.clock = clock
        self.decoder = decoder
    }
}

/// A phone that is open, with what watches it: the kit's beginning.
///
/// One process at a time has a folder: opening it twice throws `PahtError.Storage(code: .storageBusy)`.
public final class OpenPhone: Sendable {
    /// The core's own object: every verb.
    public let phone: Phone
    /// Tells what to read again.
    public let changes: ChangeFeed
    /// Sends, within the person's wishes.
    public let sender: Sender

    private init(phone: Phone, changes: ChangeFeed, sender: Sender) {
        self.phone = phone
        self.changes = changes
        self.sender = sender
    }

    /// Opens the phone in its folder, making it if there is none. A damaged database is saved as far as it can be read;
    /// `phone.salvaged()` then tells what was saved.
    public static func open(_ setup: PhoneSetup, ports: PhonePorts = PhonePorts()) async throws -> OpenPhone {
        let changes = ChangeFeed()
        let options = PhoneOptions(
            tenant: TenantId(setup.tenant), ioc: setup.ioc?.absoluteString, shippedCard: setup.shippedCard,
            roots: setup.roots, pins: setup.pins.map { Sha256($0) })
        let given = Ports(keys: ports.keys, clock: ports.clock, decoder: ports.decoder, observer: changes)
        let phone = try await Phone.open(home: setup.home.path, options: options, ports: given)
        return OpenPhone(phone: phone, changes: changes, sender: Sender(phone: phone, changes: changes))
    }
}
