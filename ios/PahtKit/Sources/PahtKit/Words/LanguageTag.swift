import PahtCore

extension Language: CaseIterable {
    /// Tags and names in themselves: who cannot read the screen finds their own language.
    private static let known: [(tag: String, name: String)] = [
        ("vi", "Tiếng Việt"), ("en", "English"), ("fr", "Français"), ("ja", "日本語"), ("ko", "한국어"),
        ("zh-Hans", "简体中文"),
    ]

    /// Every language that the core speaks, as a person chooses among them.
    public static let allCases: [Language] = known.reduce(into: []) { spoken, one in
        // A tag that the core does not speak comes back as another language.
        let language = bestLanguage(tags: one.tag)
        if !spoken.contains(language) { spoken.append(language) }
    }

    /// Its BCP 47 tag.
    public var tag: String { about.tag }

    /// Its name in itself.
    public var ownName: String { about.name }

    private var about: (tag: String, name: String) {
        Self.known.first { bestLanguage(tags: $0.tag) == self } ?? Self.known[0]
    }
}
