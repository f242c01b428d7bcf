"""The form in which a picture is uploaded: made plain before anything of it is stored, and told kindly what to do."""

import io
import secrets
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path, PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from campaign import snapshots
from campaign.models import pictures

# What to say, by Wagtail's own codes; in English, as all of the admin is.
_WHAT_TO_DO: dict[str, str] = tomllib.loads(Path(__file__).with_name("picture_form.toml").read_text(encoding="utf-8"))


class PictureField(WagtailImageField):
    """Wagtail's, which unpacks a picture to count its pixels; this one reads how many it says it has."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        most = filesizeformat(self.max_upload_size)
        # What stands between signs is Wagtail's to fill in, where the file is looked at.
        self.error_messages |= {code: said.replace("{most}", most) for code, said in _WHAT_TO_DO.items()}

    def to_python(self, data: object) -> object:
        """The upload, plain. It is changed in place and renamed: a form that asks again has it kept aside as sent."""
        file = super().to_python(data)
        if not isinstance(file, UploadedFile):
            return file
        with self._refused_where_broken():
            plain = pictures.without_metadata(file.read())
        file.seek(0)
        file.truncate()
        file.write(plain)
        file.seek(0)
        file.size = len(plain)
        file.name = f"{secrets.token_hex(8)}{PurePath(str(file.name)).suffix.lower()}"
        file.is_plain = True  # type: ignore[attr-defined]
        return file

    def check_image_pixel_size(self, f: UploadedFile) -> None:
        try:
            with self._refused_where_broken(), Image.open(io.BytesIO(f.read())) as opened:
                pixels = opened.width * opened.height * getattr(opened, "n_frames", 1)
        except Image.DecompressionBombError:
            pixels = self.max_image_pixels + 1
        f.seek(0)
        if pixels > self.max_image_pixels:
            raise ValidationError(self.error_messages["file_too_many_pixels"], code="file_too_many_pixels")

    @contextmanager
    def _refused_where_broken(self) -> Iterator[None]:
        # Pillow says by each of these that it can't read a file, and we by the last that we don't keep it.
        try:
            yield
        except (OSError, SyntaxError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class PictureForm(BaseImageForm):
    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureField(label=given.label, required=given.required, widget=given.widget)

    def save(self, commit: bool = True) -> pictures.Picture:
        """One edition, and only after the sizes of an earlier file are gone: what is made for it names them."""
        with snapshots.one_edition() if commit else nullcontext():
            saved: pictures.Picture = super().save(commit=commit)
        return saved
