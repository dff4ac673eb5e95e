import Foundation
import PahtCore
import Testing

@testable import PahtKit

@Suite struct KeyFinderTests {
    @Test func theKeyOfTheHardwareIsMadeOnceAndReopened() throws {
        let (shelf, hardware) = (MemoryShelf(), FakeHardware())
        let first = try KeyFinder(shelf: shelf, hardware: hardware).find().publicKey()
        let second = try KeyFinder(shelf: shelf, hardware: hardware).find().publicKey()
        #expect(first == second && hardware.made == 1)
        #expect(try shelf.read(KeyFinder.secretName) == nil, "no secret lies outside the hardware")
    }

    @Test func withoutHardwareTheKeyIsOnTheShelf() throws {
        let shelf = MemoryShelf()
        let first = try KeyFinder(shelf: shelf, hardware: nil).find()
        #expect(try KeyFinder(shelf: shelf, hardware: nil).find().publicKey() == first.publicKey())
        #expect(try KeyFinder(shelf: MemoryShelf(), hardware: nil).find().publicKey() != first.publicKey())
        #expect(try first.publicKey().count == 33 && first.sign(message: Data("x".utf8)).first == 0x30, "DER")
    }

    @Test func aHandleOfAnotherPhoneMakesANewKey() throws {
        let shelf = MemoryShelf()
        let old = try KeyFinder(shelf: shelf, hardware: FakeHardware()).find().publicKey()
        let (newPhone, again) = (FakeHardware(), try #require(try shelf.read(KeyFinder.handleName)))
        let new = try KeyFinder(shelf: shelf, hardware: newPhone).find().publicKey()
        #expect(new != old && newPhone.made == 1)
        #expect(try shelf.read(KeyFinder.handleName) != again)
        #expect(try KeyFinder(shelf: shelf, hardware: newPhone).find().publicKey() == new)
    }

    @Test func aPhoneThatSignedWithoutItsHardwareGoesOnDoingSo() throws {
        let shelf = MemoryShelf()
        let broken = FakeHardware(fails: true)
        let first = try KeyFinder(shelf: shelf, hardware: broken).find().publicKey()
        #expect(try KeyFinder(shelf: shelf, hardware: FakeHardware()).find().publicKey() == first)
    }
}

/// A Keychain in memory.
final class MemoryShelf: SecretShelf, @unchecked Sendable {
    private let lock = NSLock()
    private var secrets: [String: Data] = [:]
    func read(_ name: String) throws -> Data? { lock.withLock { secrets[name] } }
    func write(_ name: String, _ secret: Data) throws { lock.withLock { secrets[name] = secret } }
}

/// Hardware whose keys nobody else reopens.
final class FakeHardware: SecureHardware, @unchecked Sendable {
    private let lock = NSLock()
    private let fails: Bool
    private var keys: [Data: SoftwareKeys] = [:]
    var made: Int { lock.withLock { keys.count } }

    init(fails: Bool = false) { self.fails = fails }

    func make() throws -> (keys: any PhoneKeys, handle: Data) {
        if fails { throw Surprise() }
        let (key, handle) = (try SoftwareKeys(), Data(UUID().uuidString.utf8))
        lock.withLock { keys[handle] = key }
        return (key, handle)
    }

    func reopen(_ handle: Data) throws -> any PhoneKeys {
        guard let key = lock.withLock({ keys[handle] }) else { throw Surprise() }
        return key
    }
}
