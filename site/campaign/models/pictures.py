"""Pictures of the campaign: what a camera wrote into a file is gone before the file is kept."""

import io
import secrets
from pathlib import PurePath
from typing import Any

import PIL.Image
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import ImageCms, ImageOps
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from campaign.models.mixins import OwnWords


class Picture(AbstractImage, OwnWords):  # type: ignore[django-manager-missing]
    """An image without metadata, kept under a name that says nothing."""

    # Wagtail's own field, whose type it doesn't tell.
    file: Any
    admin_form_fields = Image.admin_form_fields
    # What the admin calls it, which begins as a camera's or a phone's name for the file.
    may_hold = ("title",)

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def default_alt_text(self) -> str:
        """The words that a page is offered for the picture: never its title, which is for the admin alone."""
        return str(self.description)

    def get_upload_to(self, filename: str) -> str:
        """A camera's or a person's file name can tell who and when, so none is kept."""
        return f"original_images/{secrets.token_hex(8)}{PurePath(filename).suffix.lower()}"

    def save(self, *args: Any, **options: Any) -> None:
        # What comes by the form is plain already, and drawing it twice would cost it some of its sharpness.
        if self.file and not self.file._committed and not getattr(self.file.file, "is_plain", False):
            self.file.seek(0)
            self.file = ContentFile(without_metadata(self.file.read()), name=self.file.name)
            self._set_image_file_metadata()
        super().save(*args, **options)


class PictureRendition(AbstractRendition):
    """A picture at one size: the only file of a picture that the public is given."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_picture_of_each_size")
        ]


_FORMATS = frozenset({"JPEG", "PNG", "WEBP"})


def without_metadata(content: bytes) -> bytes:
    """Draw the picture again: no place, camera, date, thumbnail, comment or colour profile is left.

    What those said about how to show it, which way is up and which green is meant, is worked into the picture itself.
    Raises `ValueError` for a kind that we don't keep.
    """
    with PIL.Image.open(io.BytesIO(content)) as opened:
        kind = opened.format
        if kind not in _FORMATS:
            raise ValueError(kind)
        picture = _plain_colours(ImageOps.exif_transpose(opened))
    # Savers take what they find in `info`, so it is emptied and not merely left unmentioned.
    picture.info, out = {}, io.BytesIO()
    options = {"JPEG": {"quality": 92, "optimize": True}, "WEBP": {"quality": 90}}.get(kind, {"optimize": True})
    picture.save(out, kind, **options)
    return out.getvalue()


def _plain_colours(picture: PIL.Image.Image) -> PIL.Image.Image:
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
