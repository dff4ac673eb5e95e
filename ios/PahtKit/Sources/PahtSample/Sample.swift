import Foundation
import PahtCore
import PahtKit

// A whole report in forty lines: PahtSample HOME IOC [PHOTO]
//
//   made without a network, sent, and followed until somebody answers it.

@main struct Sample {
    static func main() async {
        let words = Words.ofPhone()
        do {
            try await run(words)
        } catch {
            print(words.error(error))
            exit(1)
        }
    }

    static func run(_ words: Words) async throws {
        let given = Array(CommandLine.arguments.dropFirst())
        guard given.count >= 2, let ioc = URL(string: given[1]) else {
            print("PahtSample HOME IOC [PHOTO]")
            exit(2)
        }
        let home = URL(fileURLWithPath: given[0])

        // 1. Open the phone. Everything lives in this folder; one process at a time has it.
        let paht = try await OpenPhone.open(PhoneSetup(tenant: "hue", ioc: ioc, home: home))

        // 2. Make a report. When this returns it is safe, whatever happens next; no network was needed.
        let id = try await paht.phone.report(
            new: NewReport(
                files: Array(given.dropFirst(2)), text: "Đá rơi trên QL49", category: CategoryCode("traffic"),
                at: try pointOfDegrees(lat: 16.2775, lon: 107.2297)))
        print("\(words("app-report-saved")): \(id.text)")

        // 3. Watch what happens, beside the sending.
        let events = paht.changes.events()
        let watching = Task {
            for await event in events {
                if case .step(.delivered(_, _, let kind)) = event { print("  delivered: \(kind)") }
            }
        }

        // 4. Send until everything is with the centre. Cut the network: it waits and goes on at the byte.
        let sent = try await paht.sender.send(until: .done)
        watching.cancel()
        await watching.value
        print(sent.outcome.allSent ? words("app-queue-all-sent") : "not sent: \(sent.outcome.endedBy)")

        // 5. Read the case. Sync again whenever you like (`paht.sender.send()`), and it grows.
        let view = try await paht.phone.show(id: id)
        if let code = view.line.case { print(words("app-mine-code", ["code": code.text])) }
        for entry in view.timeline { print("  \(words.time(entry.at))  \(entry.what)") }
    }
}
