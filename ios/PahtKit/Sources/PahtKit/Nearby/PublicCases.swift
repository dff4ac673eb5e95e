import Foundation
import PahtCore

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A public case, as the hub lists it to everybody.
public struct PublicCase: Sendable, Equatable, Identifiable {
    public let code: String
    public let received: Date
    /// The stage's name in the glossary, e.g. `in-progress`.
    public let stage: String
    public let category: String?
    /// The commune's official number.
    public let area: String?
    public let isUrgent: Bool
    /// The beginning of the report's words.
    public let excerpt: String

    public var id: String { code }

    public init(
        code: String, received: Date, stage: String, category: String?, area: String?, isUrgent: Bool, excerpt: String
    ) {
        self.code = code
        self.received = received
        self.stage = stage
        self.category = category
        self.area = area
        self.isUrgent = isUrgent
        self.excerpt = excerpt
    }
}

/// The hub's public list.
public protocol PublicCases: Sendable {
    /// The newest cases; of one commune, if it is given.
    func newest(area: String?) async throws -> [PublicCase]
}

/// The public list, asked of the hub itself.
public struct HubPublicCases: PublicCases {
    /// How long an answer is waited for, in seconds.
    public static let patienceSeconds: TimeInterval = 20

    let hub: URL

    public init(hub: URL) { self.hub = hub }

    /// Throws `PahtError.Link` where there is no network, or something other than the hub answers.
    public func newest(area: String?) async throws -> [PublicCase] {
        var address = hub.appending(path: "v1/cases")
        if let area { address.append(queryItems: [URLQueryItem(name: "area", value: area)]) }
        var request = URLRequest(url: address, timeoutInterval: Self.patienceSeconds)
        request.setValue("application/json", forHTTPHeaderField: "Accept")
        let answer: (Data, URLResponse)
        do {
            answer = try await URLSession.shared.data(for: request)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw PahtError.Link(code: .linkDown)
        }
        guard let http = answer.1 as? HTTPURLResponse, http.value(forHTTPHeaderField: "paht-hub") != nil else {
            throw PahtError.Link(code: .linkForeign)
        }
        guard http.statusCode == 200, let page = try? JSONDecoder().decode(Page.self, from: answer.0) else {
            throw PahtError.Link(code: .linkGarbled)
        }
        return page.cases.map(\.asCase)
    }
}

/// The hub's page, of which the phone reads what it shows.
private struct Page: Decodable {
    let cases: [Line]

    struct Line: Decodable {
        let code: String
        let received: Int64
        let stage: String
        let category: String?
        let area: String?
        let urgent: Bool
        let excerpt: String

        var asCase: PublicCase {
            PublicCase(
                code: code, received: Date(timeIntervalSince1970: Double(received) / 1_000), stage: stage,
                category: category, area: area, isUrgent: urgent, excerpt: excerpt)
        }
    }
}
