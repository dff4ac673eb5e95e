import Foundation
import PahtCore

/// Which parts the background lane may carry while the app is suspended.
public enum BackgroundLane {
    /// Transfers at a time: the system starts few, and each holds a copy of the rest of its file.
    public static let transfersMax = 8

    /// The media of the outbox that the hub is ready to take, in the order of sending.
    ///
    /// A hub takes only what a command it has read declares, so media of a report with a command still in the outbox wait
    /// for the next sync: the lane never carries commands. The system itself keeps them off networks that cost.
    public static func transfers(outbox: [Part], hub: URL) -> [TusTransfer] {
        let unsaid = Set(outbox.filter { $0.kind == .statement }.map(\.report))
        let ready = outbox.filter { part in
            guard part.kind != .statement, !unsaid.contains(part.report) else { return false }
            switch part.state {
            case .waiting, .sending: return true
            case .delivered, .parked: return false
            }
        }
        return ready.prefix(transfersMax).map {
            TusTransfer(hub: hub, report: $0.report.text, hash: $0.hash.text, bytes: $0.bytes)
        }
    }
}

extension TusRequest {
    /// The file to send as the body, for a session that can only send whole files: the file itself, or the rest of it
    /// copied to `folder`. Nil where the request has no body.
    public func bodyFile(of file: URL, in folder: URL) throws -> URL? {
        guard case .rest(let from) = body else { return nil }
        guard from > 0 else { return file }
        let rest = folder.appending(path: "\(file.lastPathComponent).from-\(from)")
        let source = try FileHandle(forReadingFrom: file)
        defer { try? source.close() }
        try source.seek(toOffset: from)
        guard FileManager.default.createFile(atPath: rest.path, contents: nil) else {
            throw CocoaError(.fileWriteUnknown)
        }
        let target = try FileHandle(forWritingTo: rest)
        defer { try? target.close() }
        // A video's rest does not fit into memory.
        while let piece = try source.read(upToCount: 1 << 20), !piece.isEmpty { try target.write(contentsOf: piece) }
        return rest
    }
}
