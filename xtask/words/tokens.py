"""A text as the tokens that the codec speaks of: core/model/src/sms/text/tokens.rs is its twin."""

import re
import unicodedata

# In the order of their numbers: what is no word. The codec has the same list.
SPECIALS = ["<end>", "<number>", "<spell>", "<switch>", "<toggle>", "\n"] + list(",.;:!?()-/\"'%…+*&@#“”–_=")
TIGHT_BEFORE = set(",.;:!?)%…”'/_@")
TIGHT_AFTER = set("(“'/_@")
MARKS = "".join(SPECIALS[6:])
TOKEN = re.compile(r"\n|[0-9]+|[" + re.escape(MARKS) + r"]|[ \t]+|[^\s0-9" + re.escape(MARKS) + r"]+")
LETTERS = "abcdefghijklmnopqrstuvwxyzăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"


def base(word):
    """Without its marks."""
    plain = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def case(word):
    """0 lower, 1 first letter upper, 2 all upper, 3 mixed."""
    if word == word.lower():
        return 0
    if word[0].isupper() and word[1:] == word[1:].lower():
        return 1
    return 2 if word == word.upper() else 3


def spaced_by_default(before, after):
    if before in ("<end>", "\n") or after in ("<end>", "\n"):
        return False
    return after not in TIGHT_BEFORE and before not in TIGHT_AFTER


def tokens(text):
    """[(token, case)] with words in lower case; <end> is not told."""
    found = []
    before, spaced = "<end>", False
    for piece in TOKEN.findall(text):
        if piece.isspace() and piece != "\n":
            spaced = True
            continue
        token, kind = piece, 0
        if piece[0] in "0123456789":
            token = "<number>"
        elif piece not in SPECIALS:
            token, kind = piece.lower(), case(piece)
            if kind == 3 or any(letter not in LETTERS for letter in token):
                token, kind = "<spell>", 0
        if spaced != spaced_by_default(before, token) and before != "<end>":
            found.append(("<toggle>", 0))
        found.append((token, kind))
        before, spaced = token, False
    return found
