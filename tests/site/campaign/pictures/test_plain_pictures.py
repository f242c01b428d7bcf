import io

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from campaign.models import pictures as plain_pictures

GPS, ORIENTATION, CAMERA = 0x8825, 0x0112, 0x0110


def photograph(kind="JPEG", *, size=(40, 20), orientation=1):
    """A photograph as a phone makes it: with where, when and by which camera."""
    picture = Image.new("RGB", size, "green")
    exif = Image.Exif()
    exif[CAMERA], exif[ORIENTATION], exif[0x0132] = "CANARY-CAMERA", orientation, "2026:11:25 03:04:05"
    exif.get_ifd(GPS)[1], exif.get_ifd(GPS)[2] = "N", (53.0, 6.0, 12.0)
    out = io.BytesIO()
    options = {"exif": exif, "icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()}
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Author", "CANARY-AUTHOR")
        options["pnginfo"] = notes
    if kind == "JPEG":
        options["comment"] = b"CANARY-COMMENT"
    if kind == "WEBP":
        options["xmp"] = b"<x:xmpmeta>CANARY-XMP</x:xmpmeta>"
    picture.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_that_a_camera_wrote_is_left(kind):
    before = photograph(kind)

    after = plain_pictures.without_metadata(before)

    assert Image.open(io.BytesIO(before)).getexif().get_ifd(GPS)
    assert b"CANARY" in before
    with Image.open(io.BytesIO(after)) as picture:
        assert picture.format == kind
        assert not picture.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment", "Author"} & picture.info.keys()
    assert b"CANARY" not in after


def test_how_to_show_it_is_worked_into_the_picture_and_another_kind_is_refused():
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (10, 20, 30, 0)).save(out, "PNG")
    sideways, with_profile, clear = (
        Image.open(io.BytesIO(plain_pictures.without_metadata(content)))
        for content in (photograph(orientation=6), photograph("PNG"), out.getvalue())
    )

    assert sideways.size == (20, 40)
    assert with_profile.convert("RGB").getpixel((5, 5)) == pytest.approx((0, 128, 0), abs=2)
    assert clear.getpixel((0, 0))[3] == 0
    Image.new("RGB", (4, 4)).save(gif := io.BytesIO(), "GIF")
    with pytest.raises(ValueError, match="GIF"):
        plain_pictures.without_metadata(gif.getvalue())
