"""Makes core/model/src/sms/text/words.bin, the model of the SMS text. Run it through: cargo xtask words

Floating point stands here alone, where counts are rounded to levels; the codec has integers only. The file's layout is told in core/model/src/sms/text/model.rs, which reads it.
"""

import sys
from collections import Counter, defaultdict
from fractions import Fraction
from math import log2

import sources
from syllable import is_syllable
from tokens import LETTERS, SPECIALS, base, tokens

WORDS_MAX = 9_000
PAIRS_MAX, TRIPLES_MAX = 80_000, 24_000
# Shares of the single tokens' weights, in thousandths.
SINGLE = {"domain": 330, "everyday": 200, "syllables": 320, "compounds": 100, "laws": 50}
# How often one sight of a pair counts, in thousandths.
PAIR = {"domain": 20_000, "everyday": 1_500, "laws": 100, "compounds": 5}
# The part of a compound's end that is followed by something not counted, in thousandths.
AFTER_COMPOUND, AFTER_PHRASE = 100, 500
# A phrase of ours may begin a sentence, and end one; how often, in thousandths.
PHRASE_BEGINS = {"<end>": 150, ".": 150, ",": 150}
PHRASE_ENDS = {".": 200, ",": 200}
BACK_OFF, BACK_OFF_TWO = 6, 15
FLOOR = {"<switch>": 3_000, "<spell>": 6_000, "<toggle>": 3_000, "\n": 300, "<number>": 10_000, "<end>": 6_000}
SCALE = 1 << 18
STARTS = ("<end>", "\n", ".", "!", "?")


class Counts:
    """What was seen: single tokens by source, pairs and triples with their weight, cases."""

    def __init__(self):
        self.single = {name: Counter() for name in SINGLE}
        self.pairs = defaultdict(Counter)
        self.seen_before = Counter()
        self.triples = defaultdict(Counter)
        self.cases = defaultdict(Counter)

    def text(self, name, line, whole):
        weight = PAIR[name]
        earlier, before, case_before = "<end>", "<end>", 0
        stream = tokens(line) + ([("<end>", 0)] if whole else [])
        for at, (token, kind) in enumerate(stream):
            self.single[name][token] += 1
            if whole or at:
                self.pairs[before][token] += weight
                self.seen_before[before] += weight
            if whole or at > 1:
                self.triples[earlier, before][token] += weight
            if token not in SPECIALS:
                context = 0 if whole and before in STARTS else 1 + case_before
                self.cases[token][(context, kind)] += 1
                case_before = kind
            elif token not in ("<toggle>", "-"):
                case_before = 0
            if token != "<toggle>":
                earlier, before = before, token
        if not whole and stream:
            self.seen_before[before] += weight * AFTER_PHRASE // 1_000
            self.edges(stream[0][0], before, weight)

    def edges(self, first, last, weight):
        pairs = [(begin, first, part) for begin, part in PHRASE_BEGINS.items()]
        for before, after, part in pairs + [(last, end, part) for end, part in PHRASE_ENDS.items()]:
            self.pairs[before][after] += weight * part // 1_000
            self.seen_before[before] += weight * part // 1_000


def count(folder):
    counts = Counts()
    for name, text in (("laws", sources.laws(folder)), ("everyday", sources.everyday(folder))):
        for line in sources.vietnamese(text):
            counts.text(name, line.strip(), True)
    for phrase in sources.domain():
        counts.text("domain", phrase, False)
    weight = PAIR["compounds"]
    for syllables, times in sources.compounds(folder):
        for one in syllables:
            counts.single["compounds"][one] += times
        for one, other in zip(syllables, syllables[1:]):
            counts.pairs[one][other] += weight * times
            counts.seen_before[one] += weight * times
        for three in zip(syllables, syllables[1:], syllables[2:]):
            counts.triples[three[:2]][three[2]] += weight * times
        counts.seen_before[syllables[-1]] += weight * times * AFTER_COMPOUND // 1_000
    counts.single["syllables"].update(sources.syllables(folder))
    return counts


def singles(counts):
    """Each token's share of all, in parts of 10⁶, and the words that are taken in."""
    share = defaultdict(Fraction)
    for name, seen in counts.single.items():
        total = sum(seen.values())
        for token, times in seen.items():
            share[token] += Fraction(times * SINGLE[name] * 1_000, total)
    words = [w for w in share if w not in SPECIALS and len(w) <= 15 and all(c in LETTERS for c in w)]
    words.sort(key=lambda w: (-share[w], w))
    # Rare syllables too: a name of two of them, spelled, would cost as much as a sentence.
    rare = [word for word in words[WORDS_MAX:] if is_syllable(word)]
    words = sorted(words[:WORDS_MAX] + rare, key=lambda w: (base(w), w))
    spelled = sum(share[w] for w in share if w not in SPECIALS) - sum(share[w] for w in words)
    share["<spell>"] += spelled
    for token in SPECIALS:
        share[token] = max(share[token], Fraction(FLOOR.get(token, 20)))
    return share, words


def level_of(value, steps):
    """The level whose value is nearest, in a scale of so many levels an octave (see model.rs: weight_of, pair_of)."""
    table = STEPS[steps]
    best = min(range(len(table)), key=lambda at: (abs(log2(table[at]) - log2(max(value, 1))), at))
    return best


STEPS = {8: [((8 + at % 8) << (at // 8)) >> 3 for at in range(160)], 2: [1] + [(2 + at % 2) << (at // 2) for at in range(26)]}
STEPS[8] = [max(1, one) for one in STEPS[8]]


def rows(counts, share, words):
    """For each token that has followers worth keeping: its back-off in 64ths and its followers with their levels."""
    known = {token: at for at, token in enumerate(SPECIALS + words)}
    total = sum(share[token] for token in known)
    kept, leave = [], {}
    for before, followers in counts.pairs.items():
        if before not in known:
            continue
        merged = Counter()
        for token, weight in followers.items():
            merged[token if token in known else "<spell>"] += weight
        seen = counts.seen_before[before]
        leave[before] = BACK_OFF * 1_000 * (int(len(merged) ** 0.8) + 1)
        for token, weight in merged.items():
            alone = float(share[token] / total)
            paired = weight / (seen + leave[before])
            gain = weight * log2((paired + leave[before] / (seen + leave[before]) * alone) / alone)
            if paired > alone:
                kept.append((gain, before, token, weight))
    kept.sort(key=lambda one: (-one[0], one[1], one[2]))
    by_before = defaultdict(list)
    for _, before, token, weight in kept[:PAIRS_MAX]:
        by_before[before].append((known[token], weight))
    table = {}
    for before, followers in by_before.items():
        mass = sum(weight for _, weight in followers)
        back_off = 64 * (1 - mass / (counts.seen_before[before] + leave[before]))
        back_off = min(63, max(1, round(back_off)))
        scale = min(2 / min(weight for _, weight in followers), 4_000 / mass)
        table[known[before]] = back_off, sorted((to, level_of(w * scale, 2)) for to, w in followers)
    return table


def triples(counts, share, words, table):
    """For each token: what stood before it, and of these two the back-off in 16ths and the followers worth keeping."""
    known = {token: at for at, token in enumerate(SPECIALS + words)}
    total = sum(share[token] for token in known)
    kept, facts = [], {}
    for (earlier, before), followers in counts.triples.items():
        if earlier not in known or before not in known:
            continue
        merged = Counter()
        for token, weight in followers.items():
            merged[token if token in known else "<spell>"] += weight
        leave = BACK_OFF_TWO * 1_000 * (int(len(merged) ** 0.8) + 1)
        seen = sum(merged.values())
        facts[earlier, before] = seen + leave
        back_off, pairs = table.get(known[before], (64, []))
        widths = {to: STEPS[2][level] for to, level in pairs}
        for token, weight in merged.items():
            paired = widths.get(known[token], 0) / max(1, sum(widths.values()))
            lone = (back_off * float(share[token] / total) + (64 - back_off) * paired) / 64
            both = (weight + leave * lone) / (seen + leave)
            if both > 1.5 * lone:
                kept.append((weight * log2(both / lone), earlier, before, token, weight))
    kept.sort(key=lambda one: (-one[0], one[1:4]))
    found = defaultdict(lambda: defaultdict(list))
    for _, earlier, before, token, weight in kept[:TRIPLES_MAX]:
        found[before][earlier].append((known[token], weight))
    made = {}
    for before, rows_of in found.items():
        made[known[before]] = []
        for earlier, followers in rows_of.items():
            mass = sum(weight for _, weight in followers)
            back_off = min(15, max(1, round(16 * (1 - mass / facts[earlier, before]))))
            scale = min(2 / min(weight for _, weight in followers), 100 / mass)
            row = sorted((to, level_of(w * scale, 2)) for to, w in followers)
            made[known[before]].append((known[earlier], back_off, row))
        made[known[before]].sort()
    return made


def buckets(counts, words):
    """How readily each word takes a capital within a sentence (0..3), and how cases fall out: [context][bucket][case]."""
    bucket, falls = {}, [[[1, 1, 1] for _ in range(4)] for _ in range(4)]
    for word in words:
        inside = Counter()
        for (context, kind), times in counts.cases[word].items():
            if context == 1:
                inside[kind > 0] += times
        part = Fraction(inside[True] * 10 + 1, inside[True] * 10 + inside[False] * 10 + 12)
        bucket[word] = sum(part > Fraction(edge, 100) for edge in (3, 12, 45))
        for (context, kind), times in counts.cases[word].items():
            falls[context][bucket[word]][kind] += times
    return bucket, [[[max(1, one * 250 // sum(three)) for one in three] for three in four] for four in falls]


def letters(counts, folder, words):
    """How letters follow two others in words that are spelled: [two before][letter, end, escape], levels of 0..15."""
    taken = set(words)
    follow = [[Fraction(1, 4)] * 26 + [Fraction(1, 4), Fraction(1, 2)] for _ in range(27 * 27)]
    spelled = Counter({word: 8 for word in sources.english(folder)})
    for name in ("syllables", "everyday"):
        for word, times in counts.single[name].items():
            if word not in taken and word not in SPECIALS:
                spelled[word] += min(times, 50) * 4
    for word, times in spelled.items():
        two = 0
        for letter in list(word) + [""]:
            at = 26 if letter == "" else (ord(letter) - 97 if letter.isascii() and letter.isalpha() else 27)
            follow[two][at] += Fraction(times, 8)
            two = two % 27 * 27 + (at + 1 if at < 26 else 0)
    made = bytearray()
    for row in follow:
        total = sum(row)
        levels = [min(15, max(0, round(15 + log2(float(one / total)) * 1.25))) for one in row]
        made += bytes(levels[at] << 4 | levels[at + 1] for at in range(0, 28, 2))
    return bytes(made)


class Bits:
    def __init__(self):
        self.out, self.left, self.byte = bytearray(), 8, 0

    def put(self, value, width):
        for at in range(width - 1, -1, -1):
            self.left -= 1
            self.byte |= (value >> at & 1) << self.left
            if self.left == 0:
                self.out.append(self.byte)
                self.left, self.byte = 8, 0

    def rice(self, value, width):
        self.put((1 << (value >> width)) - 1, value >> width)
        self.put(0, 1)
        self.put(value & ((1 << width) - 1), width)

    def followers(self, followers, tokens_all):
        width, last = gap_width(len(followers), tokens_all), -1
        for to, level in followers:
            self.rice(to - last - 1, width)
            self.rice(level, 1)
            last = to


def gap_width(count, tokens_all):
    """Width of a gap's low part; model.rs computes the same."""
    return max(0, (tokens_all // max(1, count)).bit_length() - 1)


def packed(share, words, tables, bucket, falls, spelling):
    table, three = tables
    every = SPECIALS + words
    out = bytearray([1]) + len(words).to_bytes(2, "big")
    before = ""
    for word in words:
        same = 0
        while same < min(len(before), len(word), 15) and before[same] == word[same]:
            same += 1
        out += bytes([same << 4 | len(word) - same]) + bytes(LETTERS.index(c) for c in word[same:])
        before = word
    total = sum(share[token] for token in every)
    out += bytes(level_of(float(share[token] / total) * SCALE, 8) for token in every)
    for at, token in enumerate(every):
        out.append(bucket.get(token, 0) << 6 | (table[at][0] if at in table else 0))
    out += bytes(one for four in falls for three in four for one in three)
    out += spelling
    bits = Bits()
    for at in range(len(every)):
        _, followers = table.get(at, (0, []))
        bits.rice(len(followers), 3)
        bits.followers(followers, len(every))
    for at in range(len(every)):
        rows_of = three.get(at, [])
        bits.rice(len(rows_of), 0)
        width, last = gap_width(len(rows_of), len(every)), -1
        for earlier, back_off, followers in rows_of:
            bits.rice(earlier - last - 1, width)
            bits.put(back_off, 4)
            bits.rice(len(followers) - 1, 0)
            bits.followers(followers, len(every))
            last = earlier
    bits.put(0, 7)
    return bytes(out + bits.out)


def triples_of(three):
    return sum(len(followers) for rows_of in three.values() for _, _, followers in rows_of)


def main(folder, target):
    counts = count(folder)
    share, words = singles(counts)
    table = rows(counts, share, words)
    three = triples(counts, share, words, table)
    bucket, falls = buckets(counts, words)
    data = packed(share, words, (table, three), bucket, falls, letters(counts, folder, words))
    with open(target, "wb") as file:
        file.write(data)
    pairs = sum(len(followers) for _, followers in table.values())
    print(f"{target}: {len(data)} bytes, {len(words)} words, {pairs} pairs, {triples_of(three)} triples")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
