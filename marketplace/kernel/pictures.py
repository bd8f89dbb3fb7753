"""Pictures are drawn anew: what hides behind, beside or inside them stays outside, and so does where they were taken."""

import io
from threading import Lock

from PIL import Image, ImageOps

MOST_PIXELS = 50_000_000
MOST_SCANS = 64
"""A progressive JPEG has about ten; each of thousands would be drawn over the whole picture."""
KEPT_MODES = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "RGBA", "L")}
SCAN = b"\xff\xda"
_drawing = Lock()
"""One at a time: a picture at the limit takes 200 MB while it is drawn."""


def redrawn(content: bytes, form: str) -> bytes:
    """The same picture, upright, in the same form. Raises ValueError and Pillow's errors; how large it would be is known before it is unpacked."""
    with Image.open(io.BytesIO(content), formats=[form]) as opened:
        if opened.width * opened.height > MOST_PIXELS or (form == "JPEG" and content.count(SCAN) > MOST_SCANS):
            raise ValueError("too large a picture")
        with _drawing:
            return _drawn(opened, form)


def _drawn(opened: Image.Image, form: str) -> bytes:
    picture: Image.Image = ImageOps.exif_transpose(opened)
    if picture.mode not in KEPT_MODES[form]:
        picture = picture.convert(KEPT_MODES[form][0] if form == "JPEG" else "RGBA")
    written = io.BytesIO()
    picture.save(written, form, icc_profile=None, exif=b"")
    return written.getvalue()
