"""Whether a word can be a Vietnamese syllable: an onset, a rhyme, a tone that the rhyme can bear."""

import unicodedata

TONES = "\u0300\u0301\u0303\u0309\u0323"
ONSETS = "ngh ng gh gi kh nh ph th tr ch qu b c d đ g h k l m n p r s t v x".split()
RHYMES = set(
    "a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot "
    "ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uô uôc uôi uôm uôn uông uôt uơ "
    "up ut uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu "
    "y yê yêm yên yêng yêt yêu".split()
)


def is_syllable(word):
    split = unicodedata.normalize("NFD", word)
    tones = [c for c in split if c in TONES]
    plain = unicodedata.normalize("NFC", "".join(c for c in split if c not in TONES))
    if len(tones) > 1:
        return False
    closed = plain.endswith(("c", "ch", "p", "t"))
    if closed and (not tones or tones[0] not in "\u0301\u0323"):
        return False
    return plain in RHYMES or any(plain.startswith(o) and plain[len(o):] in RHYMES for o in ONSETS)
