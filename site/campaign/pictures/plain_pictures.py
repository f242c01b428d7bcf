"""A picture's bytes in, the same picture without anything that a camera or a person wrote into it out."""

import io

from PIL import Image, ImageCms, ImageOps

_FORMATS = frozenset({"JPEG", "PNG", "WEBP"})


class NotAPicture(ValueError):
    """The bytes aren't a picture of a kind that we keep."""


def without_metadata(content: bytes) -> bytes:
    """Draw the picture again: no place, camera, date, thumbnail, comment or colour profile is left.

    What those said about how to show it, which way is up and which green is meant, is worked into the picture itself.
    """
    with Image.open(io.BytesIO(content)) as opened:
        kind = opened.format
        if kind not in _FORMATS:
            raise NotAPicture(str(kind))
        picture = _plain_colours(ImageOps.exif_transpose(opened))
    # Savers take what they find in `info`, so it is emptied and not merely left unmentioned.
    picture.info = {}
    return _written(picture, kind)


def _plain_colours(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture.convert("RGB") if picture.mode == "CMYK" else picture.copy()
    mode = "RGB" if picture.mode == "CMYK" else picture.mode
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode=mode)
    except ImageCms.PyCMSError:
        turned = None
    return turned or picture.convert(mode)


def _written(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    options = {"JPEG": {"quality": 92, "optimize": True}, "WEBP": {"quality": 90}}.get(kind, {"optimize": True})
    picture.save(out, kind, **options)
    return out.getvalue()
