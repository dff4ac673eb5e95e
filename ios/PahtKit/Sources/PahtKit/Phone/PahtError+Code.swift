import PahtCore

extension PahtError {
    /// The stable code (`docs/errors.md`); nil for a fault of ours.
    public var code: ErrorCode? {
        switch self {
        case .Refused(let code), .Storage(let code), .File(let code), .Link(let code): code
        case .Internal: nil
        }
    }
}
