import Foundation

/// Writes a small PNG that no other seed makes, and gives its path.
public func samplePicture(in folder: URL, seed: Int, side: Int = 48) throws -> URL {
    var row: [UInt8] = [0]
    for x in 0..<side {
        row += [UInt8(truncatingIfNeeded: x * 5), UInt8(truncatingIfNeeded: x * 3), UInt8(truncatingIfNeeded: seed)]
    }
    let rows = Data(repeatElement(row, count: side).joined())
    var head = bigEndian(UInt32(side)) + bigEndian(UInt32(side))
    // Eight bits, RGB, no interlacing.
    head += [8, 2, 0, 0, 0]
    let png =
        Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) + chunk("IHDR", head) + chunk("IDAT", stored(rows))
    let file = folder.appending(path: "sample-\(seed).png")
    try (png + chunk("IEND", Data())).write(to: file)
    return file
}

private func chunk(_ name: String, _ body: Data) -> Data {
    let named = Data(name.utf8) + body
    return bigEndian(UInt32(body.count)) + named + bigEndian(crc32(named))
}

/// A zlib stream that compresses nothing.
private func stored(_ bytes: Data) -> Data {
    var out = Data([0x78, 0x01])
    var rest = bytes
    repeat {
        let piece = rest.prefix(65_535)
        rest = rest.dropFirst(piece.count)
        let length = UInt16(piece.count)
        out.append(rest.isEmpty ? 1 : 0)
        out += [UInt8(length & 0xFF), UInt8(length >> 8), UInt8(~length & 0xFF), UInt8(~length >> 8)]
        out += piece
    } while !rest.isEmpty
    return out + bigEndian(adler32(bytes))
}

private func bigEndian(_ number: UInt32) -> Data {
    Data([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) })
}

// Plain loops: closures over every byte take seconds where nothing is optimised.

private let crcTable: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
}

private func crc32(_ bytes: Data) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in [UInt8](bytes) { sum = sum >> 8 ^ crcTable[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
    return ~sum
}

private func adler32(_ bytes: Data) -> UInt32 {
    var (low, high) = (UInt32(1), UInt32(0))
    for byte in [UInt8](bytes) {
        low = (low + UInt32(byte)) % 65_521
        high = (high + low) % 65_521
    }
    return high << 16 | low
}
