"""Photos as libjpeg-turbo makes them, and how alike two pictures are: SSIM of the luma (scikit-image, Gaussian window).

    python pictures.py shrink --side PX --out DIR PHOTO…    # upright, within PX, nothing lost: DIR/NAME.png; prints each NAME.
                                                            # A photo smaller than PX is passed over.
    python pictures.py compare --quality Q,Q,… DIR NAME…    # of each NAME.png and its NAME.ours, a line of JSON:
                                                            # {"name", "alike", "theirs": [[BYTES, ALIKE], …] by quality}
"""

import argparse
import io
import json
import pathlib
import warnings

import numpy
from PIL import Image, ImageOps, features
from skimage.metrics import structural_similarity


def shrink(asked):
    for path in asked.photo:
        photo = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
        if max(photo.size) < asked.side:
            continue
        photo.thumbnail((asked.side, asked.side), Image.Resampling.LANCZOS)
        photo.save(asked.out / f"{path.stem}.png", compress_level=1)
        print(path.stem)


def luma(picture):
    return numpy.asarray(picture.convert("RGB").convert("YCbCr").getchannel(0)).astype(numpy.float32)


def alike(truth, file):
    window = {"gaussian_weights": True, "sigma": 1.5, "use_sample_covariance": False}
    return float(structural_similarity(truth, luma(Image.open(file)), data_range=255, **window))


def compare(asked):
    assert features.check_feature("libjpeg_turbo"), "this Pillow has another JPEG encoder"
    for name in asked.name:
        picture = Image.open(asked.folder / f"{name}.png")
        truth, theirs = luma(picture), []
        for quality in asked.quality.split(","):
            made = io.BytesIO()
            picture.save(made, "JPEG", quality=int(quality), subsampling="4:2:0")
            theirs.append((made.tell(), alike(truth, made)))
        ours = alike(truth, asked.folder / f"{name}.ours")
        print(json.dumps({"name": name, "alike": ours, "theirs": theirs}))


warnings.simplefilter("ignore")
parser = argparse.ArgumentParser()
verbs = parser.add_subparsers(required=True)
verb = verbs.add_parser("shrink")
verb.set_defaults(do=shrink)
verb.add_argument("--side", type=int, required=True)
verb.add_argument("--out", type=pathlib.Path, required=True)
verb.add_argument("photo", type=pathlib.Path, nargs="+")
verb = verbs.add_parser("compare")
verb.set_defaults(do=compare)
verb.add_argument("--quality", required=True)
verb.add_argument("folder", type=pathlib.Path)
verb.add_argument("name", nargs="+")
asked = parser.parse_args()
asked.do(asked)
