import Foundation
import PahtCore

/// Where small secrets are kept on the phone: the Keychain, or a fake of it.
public protocol SecretShelf: Sendable {
    /// The secret of this name; nil where there is none.
    func read(_ name: String) throws -> Data?
    /// Keeps a secret under this name, in place of an older one.
    func write(_ name: String, _ secret: Data) throws
}

/// Makes and reopens keys that never leave secure hardware.
public protocol SecureHardware: Sendable {
    /// A new key, and the handle by which this phone, and no other, reopens it.
    func make() throws -> (keys: any PhoneKeys, handle: Data)
    /// The key of a handle; throws where the handle is another phone's.
    func reopen(_ handle: Data) throws -> any PhoneKeys
}

/// Finds the phone's signing key: in secure hardware where there is some, else on the shelf.
public struct KeyFinder: Sendable {
    static let handleName = "paht.signing-key.handle"
    static let secretName = "paht.signing-key.secret"

    let shelf: any SecretShelf
    let hardware: (any SecureHardware)?

    public init(shelf: any SecretShelf, hardware: (any SecureHardware)?) {
        self.shelf = shelf
        self.hardware = hardware
    }

    /// The same key every time until the app is removed. On a phone that was set up from another one's backup the old
    /// handle opens nothing: a new key is made, since commands are signed when they are made and so none is stranded.
    public func find() throws -> any PhoneKeys {
        if let handle = try shelf.read(Self.handleName), let hardware, let keys = try? hardware.reopen(handle) {
            return keys
        }
        // A phone whose hardware failed once has signed with this one.
        if let secret = try shelf.read(Self.secretName), let keys = try? SoftwareKeys(secret: secret) { return keys }
        if let hardware, let made = try? hardware.make() {
            try shelf.write(Self.handleName, made.handle)
            return made.keys
        }
        let secret = Data((0..<32).map { _ in UInt8.random(in: 0...255) })
        let keys = try SoftwareKeys(secret: secret)
        try shelf.write(Self.secretName, secret)
        return keys
    }
}

/// A key in memory, signed with by the core: for simulators, for phones without secure hardware, and for tests.
public final class SoftwareKeys: PhoneKeys, Sendable {
    private let key: MemoryKey

    /// A new key, or the one of these 32 secret bytes.
    public init(secret: Data? = nil) throws { key = try MemoryKey(secret: secret) }

    public func publicKey() throws -> Data { key.publicKey() }
    public func sign(message: Data) throws -> Data { key.sign(message: message) }
}
