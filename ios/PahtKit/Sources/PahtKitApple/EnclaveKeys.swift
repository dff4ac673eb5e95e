#if canImport(Security) && canImport(CryptoKit)
    import CryptoKit
    import Foundation
    import PahtCore
    import PahtKit
    import Security

    /// Keys of the Secure Enclave. They sign without the person present, also while the phone is locked.
    public struct EnclaveHardware: SecureHardware {
        /// Nil where there is no enclave: a simulator, a Mac without one.
        public init?() {
            guard SecureEnclave.isAvailable else { return nil }
        }

        public func make() throws -> (keys: any PhoneKeys, handle: Data) {
            var trouble: Unmanaged<CFError>?
            // After the first unlock, not "when unlocked": the background lane signs syncs on a locked phone.
            let access = SecAccessControlCreateWithFlags(
                nil, kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly, .privateKeyUsage, &trouble)
            guard let access else { throw PahtError.Refused(code: .keyUnavailable) }
            let key = try SecureEnclave.P256.Signing.PrivateKey(compactRepresentable: false, accessControl: access)
            return (EnclaveKeys(key: key), key.dataRepresentation)
        }

        public func reopen(_ handle: Data) throws -> any PhoneKeys {
            EnclaveKeys(key: try SecureEnclave.P256.Signing.PrivateKey(dataRepresentation: handle))
        }
    }

    final class EnclaveKeys: PhoneKeys, @unchecked Sendable {
        private let key: SecureEnclave.P256.Signing.PrivateKey

        init(key: SecureEnclave.P256.Signing.PrivateKey) { self.key = key }

        func publicKey() throws -> Data { key.publicKey.x963Representation }

        func sign(message: Data) throws -> Data {
            do {
                return try key.signature(for: message).derRepresentation
            } catch {
                throw PahtError.Refused(code: .keyUnavailable)
            }
        }
    }

    /// The Keychain, this device only and out of every backup.
    public struct KeychainShelf: SecretShelf {
        let service: String

        public init(service: String = "vn.paht.app") { self.service = service }

        public func read(_ name: String) throws -> Data? {
            var asked = query(name)
            asked[kSecReturnData as String] = true
            var found: CFTypeRef?
            let status = SecItemCopyMatching(asked as CFDictionary, &found)
            if status == errSecItemNotFound { return nil }
            guard status == errSecSuccess, let secret = found as? Data else {
                throw PahtError.Refused(code: .keyUnavailable)
            }
            return secret
        }

        public func write(_ name: String, _ secret: Data) throws {
            SecItemDelete(query(name) as CFDictionary)
            var added = query(name)
            added[kSecValueData as String] = secret
            added[kSecAttrAccessible as String] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
            guard SecItemAdd(added as CFDictionary, nil) == errSecSuccess else {
                throw PahtError.Refused(code: .keyUnavailable)
            }
        }

        private func query(_ name: String) -> [String: Any] {
            [
                kSecClass as String: kSecClassGenericPassword, kSecAttrService as String: service,
                kSecAttrAccount as String: name,
            ]
        }
    }
#endif
