import Foundation
import PahtCore

/// The address on the sign at a service's door: `https://HOST/s/CODE` of the province's own host, or `paht://s/CODE`.
public enum ServiceLink {
    /// The app's own scheme; also in its Info.plist.
    public static let scheme = "paht"

    /// The code of the service that an address names; nil where it names none.
    public static func code(in address: URL, ioc: URL) -> ServiceCode? {
        let steps = address.pathComponents.filter { $0 != "/" }
        let code: String?
        switch address.scheme?.lowercased() {
        case scheme where address.host()?.lowercased() == "s" && steps.count == 1:
            code = steps.first
        case let web? where web == ioc.scheme?.lowercased() && isHost(of: ioc, address):
            code = steps.count == 2 && steps.first == "s" ? steps.last : nil
        default:
            code = nil
        }
        // As the core reads codes; anything else would only be refused after the person has tapped everything.
        return code.flatMap { $0.wholeMatch(of: /[a-z0-9-]{1,64}/) == nil ? nil : ServiceCode($0) }
    }

    private static func isHost(of ioc: URL, _ address: URL) -> Bool {
        guard let host = ioc.host()?.lowercased() else { return false }
        return address.host()?.lowercased() == host && address.port == ioc.port
    }
}
