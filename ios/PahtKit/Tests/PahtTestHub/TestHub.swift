import Foundation

/// A real hub in a process of its own, for one test: the program that `PAHT_PROGRAM` names. Ended when dropped.
public final class TestHub: @unchecked Sendable {
    /// Where it listens.
    public let url: URL

    private let process: Process
    private let folder: URL
    private let token: String

    /// Starts one on a free port with Huế's rules, and waits until it listens.
    /// - Parameter edits: what an administrator changed in the files of the province: name, what stood there, what stands now.
    public init(edits: [(String, String, String)] = []) throws {
        folder = try temporaryFolder()
        if !edits.isEmpty { try edit(folder, edits) }
        let said: FileHandle
        (process, said) = try started(
            program(), ["ioc", "serve", "--data", folder.path, "--listen", "127.0.0.1:0", "--json"], hearsTrouble: false
        )
        var line = Data()
        while let byte = try said.read(upToCount: 1), !byte.isEmpty, byte != Data("\n".utf8) { line += byte }
        let hello = try JSONSerialization.jsonObject(with: line) as? [String: Any]
        guard let listening = hello?["listening"] as? String, let url = URL(string: listening) else {
            throw Unexpected("the hub said: \(String(decoding: line, as: UTF8.self))")
        }
        self.url = url
        let issued = try run(["ioc", "token", "--data", folder.path, "--role", "operator"])
        guard let token = issued.first?["token"] as? String else { throw Unexpected("no token: \(issued)") }
        self.token = token
    }

    deinit {
        // A thread that starts a process may have the polite signal blocked, and its child with it.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The code by which an agency's officers enrol: its token.
    public func officerCode(of agency: String) throws -> String {
        let issued = try run(["ioc", "token", "--data", folder.path, "--role", "agency", "--agency", agency])
        guard let code = issued.first?["token"] as? String else { throw Unexpected("no token: \(issued)") }
        return code
    }

    /// What an operator does: `answer`, the case code, and so on, as on the command line.
    @discardableResult public func operate(_ words: String...) throws -> [[String: Any]] {
        try run(["operator", "--ioc", url.absoluteString, "--token", token] + words)
    }
}

/// The files of the province are made by a first start; they are edited once it has ended.
private func edit(_ folder: URL, _ edits: [(String, String, String)]) throws {
    let (process, said) = try started(
        program(), ["ioc", "serve", "--data", folder.path, "--listen", "127.0.0.1:0", "--json"], hearsTrouble: false)
    _ = try said.read(upToCount: 1)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    for (name, before, now) in edits {
        let file = folder.appending(path: "tenant/\(name)")
        let text = try String(contentsOf: file, encoding: .utf8)
        guard let place = text.range(of: before) else { throw Unexpected("\(name) has no \(before)") }
        try text.replacingCharacters(in: place, with: now).write(to: file, atomically: true, encoding: .utf8)
    }
}

/// Something was not as the test set it up.
public struct Unexpected: Error, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}

/// A new folder of this test's own.
public func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "paht-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
}

private func program() throws -> URL {
    guard let path = ProcessInfo.processInfo.environment["PAHT_PROGRAM"] else {
        throw Unexpected("PAHT_PROGRAM names no program; run the tests by: cargo xtask ios")
    }
    return URL(fileURLWithPath: path)
}

/// Runs the program to its end, which must be a good one, and gives the objects it said.
private func run(_ words: [String]) throws -> [[String: Any]] {
    let (process, said) = try started(program(), words + ["--json"])
    let output = try said.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
        throw Unexpected("\(words.joined(separator: " ")): \(String(decoding: output, as: UTF8.self))")
    }
    return try output.split(separator: UInt8(ascii: "\n")).compactMap {
        try JSONSerialization.jsonObject(with: $0) as? [String: Any]
    }
}

private let starting = NSLock()

/// Starts a program; what it says is read from the handle, its refusals too if they are to be heard.
public func started(_ program: URL, _ words: [String], hearsTrouble: Bool = true) throws -> (Process, FileHandle) {
    let process = Process()
    process.executableURL = program
    process.arguments = words
    process.standardInput = FileHandle.nullDevice
    // One at a time: a child that another thread starts meanwhile would inherit the writing end, and keep it open.
    return try starting.withLock {
        let said = Pipe()
        process.standardOutput = said
        process.standardError = hearsTrouble ? said : FileHandle.nullDevice
        try process.run()
        try said.fileHandleForWriting.close()
        return (process, said.fileHandleForReading)
    }
}
