import Foundation

/// One file on its way to the hub by tus 1.0, as a state machine over answers: the background lane's plan.
///
/// iOS sends files for a suspended app only by its background `URLSession`, one HTTP request from one file at a time. So
/// the lane cannot hold a conversation; it keeps this value, asks `request` what to send next, and gives every answer to
/// `take`. The phone itself learns what arrived by its own next sync: nothing here marks anything as sent.
public struct TusTransfer: Sendable, Equatable, Codable {
    /// The hub's address, without path.
    public let hub: URL
    /// The report, as the hub writes it.
    public let report: String
    /// SHA-256 of the file in lower-case hex, as the statement declares it.
    public let hash: String
    /// The file's length, in bytes.
    public let bytes: UInt64
    /// Where it stands.
    public private(set) var state: State

    /// Where a transfer stands.
    public enum State: Sendable, Equatable, Codable {
        /// The hub may not know of it.
        case unopened
        /// The hub knows it; how much it has must be asked.
        case opened
        /// The hub has so many bytes.
        case at(offset: UInt64)
        /// The hub has all of it.
        case whole
        /// The hub will not take it; the phone's next sync tells the person why.
        case refused(status: Int)
    }

    public init(hub: URL, report: String, hash: String, bytes: UInt64) {
        self.hub = hub
        self.report = report
        self.hash = hash
        self.bytes = bytes
        self.state = .unopened
    }
}

/// One HTTP request of a transfer.
public struct TusRequest: Sendable, Equatable {
    /// What of the file is the body.
    public enum Body: Sendable, Equatable {
        /// No body.
        case none
        /// The file from this byte to its end.
        case rest(from: UInt64)
    }

    public let method: String
    public let url: URL
    public let headers: [String: String]
    public let body: Body
}

/// What the lane needs of an answer.
public struct TusAnswer: Sendable, Equatable {
    /// The HTTP status; nil where there was no answer.
    public var status: Int?
    /// The answer's `Upload-Offset`, in bytes.
    public var offset: UInt64?
    /// Whether the answer is the hub's own: a captive portal's is not (it lacks `Tus-Resumable`).
    public var isHubs: Bool

    public init(status: Int?, offset: UInt64? = nil, isHubs: Bool = true) {
        self.status = status
        self.offset = offset
        self.isHubs = isHubs
    }

    /// Reads an answer's head; names of headers are compared without case.
    public init(status: Int, headers: [String: String]) {
        let plain = Dictionary(headers.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
        self.init(
            status: status, offset: plain["upload-offset"].flatMap { UInt64($0) }, isHubs: plain["tus-resumable"] != nil
        )
    }
}

extension TusTransfer {
    /// What to send next; nil when there is nothing more to do.
    public var request: TusRequest? {
        switch state {
        case .unopened:
            // Creating it twice is resuming it.
            let metadata = "report \(base64(report)),hash \(base64(hash))"
            let headers = ["Upload-Length": String(bytes), "Upload-Metadata": metadata, "Content-Length": "0"]
            return make("POST", hub.appending(path: "v1/files"), headers, .none)
        case .opened:
            return make("HEAD", address, [:], .none)
        case .at(let offset):
            let headers = ["Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream"]
            return make("PATCH", address, headers, .rest(from: offset))
        case .whole, .refused:
            return nil
        }
    }

    /// Takes in an answer. Whatever is not the hub's clear word leaves the transfer to be asked about again: a cut, a
    /// portal's page and a server in trouble lose nothing.
    public mutating func take(_ answer: TusAnswer) {
        guard let status = answer.status, answer.isHubs else {
            forget()
            return
        }
        switch (state, status) {
        case (.whole, _), (.refused, _):
            return
        case (.unopened, 201), (.unopened, 200):
            state = answer.offset.map(placed) ?? .opened
        case (.opened, 200), (.opened, 204), (.at, 204):
            state = answer.offset.map(placed) ?? .opened
        case (.opened, 404), (.at, 404), (.opened, 410), (.at, 410):
            // A hub restored from backup may not know it any more.
            state = .unopened
        case (_, 429), (_, 408), (_, 409), (_, 423), (_, 460), (_, 500...):
            forget()
        case (_, 400..<500):
            state = .refused(status: status)
        default:
            forget()
        }
    }

    /// The address is the same for every attempt.
    private var address: URL { hub.appending(path: "v1/files/\(report).\(hash)") }

    private mutating func forget() {
        if case .at = state { state = .opened }
    }

    private func placed(_ offset: UInt64) -> State {
        if offset == bytes { return .whole }
        return offset < bytes ? .at(offset: offset) : .opened
    }

    private func make(_ method: String, _ url: URL, _ headers: [String: String], _ body: TusRequest.Body) -> TusRequest
    {
        let all = headers.merging(["Tus-Resumable": "1.0.0"]) { own, _ in own }
        return TusRequest(method: method, url: url, headers: all, body: body)
    }

    private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
