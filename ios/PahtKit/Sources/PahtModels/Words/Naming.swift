import PahtCore
import PahtKit

/// Names of the province's things, from its card, in the language of the screen.
public struct Naming: Sendable {
    public let words: Words
    private let card: Card?
    private let services: [ServiceLine]

    /// - Parameter services: those that the phone has heard of.
    public init(words: Words, card: Card?, services: [ServiceLine] = []) {
        self.words = words
        self.card = card
        self.services = services
    }

    /// As the phone knows its province now.
    static func asKnown(by phone: any ReportReading & ServiceReading, words: Words) async throws -> Naming {
        let kept = try await phone.servicesKept(about: nil, language: words.language.tag)
        return Naming(words: words, card: try await phone.card(), services: kept?.services ?? [])
    }

    /// A category's name; its code while the card is not known.
    public func category(_ code: CategoryCode) -> String {
        guard let found = card?.categories.first(where: { $0.code == code }) else { return code.text }
        return words.language == .vi ? found.nameVi : found.nameEn
    }

    /// The string that says what an answer to this case needs; nil where words are enough, or the card does not say.
    func evidence(of one: OfficerCase) -> String? {
        switch card?.categories.first(where: { $0.code == one.category })?.evidence {
        case .afterPhoto: "app-officer-after-photo-required"
        case .paper: "app-officer-paper-required"
        case .signedAccount, .unknown, nil: nil
        }
    }

    /// An agency's name; its id while the card is not known.
    public func agency(_ id: AgencyId) -> String {
        guard let found = card?.agencies.first(where: { $0.id == id }) else { return id.text }
        return words.language == .vi ? found.nameVi : found.nameEn
    }

    /// A commune's name; its number while the card is not known.
    public func area(_ code: AreaCode) -> String {
        card?.areas.first { $0.code == code }?.name ?? code.text
    }

    /// A service's name; its code where the phone has not heard of it.
    public func service(_ service: Service) -> String {
        switch service {
        case .listed(let code): services.first { $0.code == code }?.name ?? code.text
        case .named(let name): name
        }
    }

    /// A report's line in a list: the service it reviews, else its words, else what it is about.
    public func title(of line: ReportLine) -> String {
        if let review = line.review { return service(review.service) }
        let first = line.text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return first.isEmpty ? category(line.category) : first
    }
}
