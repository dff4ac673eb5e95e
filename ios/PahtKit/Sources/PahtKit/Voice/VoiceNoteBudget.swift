/// What a spoken note may weigh, and the recorder's settings that keep to it.
///
/// A voice note goes out with the previews, before any photo, so it must be as small as one: 30 s in at most 40 kB leaves
/// 10.6 kbit/s for everything. AAC at 8 kbit/s with its container stays below that.
public struct VoiceNoteBudget: Sendable, Equatable {
    /// Longest note, in seconds.
    public let secondsMax: Double
    /// Largest note, in bytes.
    public let bytesMax: Int
    /// What the container costs, in bytes: the head of an MPEG-4 file and its table of samples.
    public let containerBytes: Int

    /// 30 s in 40 kB.
    public static let standard = VoiceNoteBudget(secondsMax: 30, bytesMax: 40_000, containerBytes: 6_000)

    public init(secondsMax: Double, bytesMax: Int, containerBytes: Int) {
        self.secondsMax = secondsMax
        self.bytesMax = bytesMax
        self.containerBytes = containerBytes
    }

    /// The rate to record at, in bits per second: the largest whole kilobit that fits a note of full length.
    public var bitsPerSecond: Int {
        guard secondsMax > 0 else { return 0 }
        let bits = Double(max(bytesMax - containerBytes, 0) * 8) / secondsMax
        return Int(bits / 1_000) * 1_000
    }

    /// Samples per second: speech needs no more, and encoders take low rates only with low sampling.
    public var samplesPerSecond: Double { 16_000 }

    /// Whether a finished recording may be added to a report.
    public func allows(bytes: Int, seconds: Double) -> Bool {
        bytes > 0 && bytes <= bytesMax && seconds <= secondsMax + 0.5
    }
}
