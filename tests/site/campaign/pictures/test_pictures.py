import html
import io
import re
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Collection

from campaign.models import Brand, Picture, pictures as plain_pictures
from tests.site.campaign.asking import page_at, words_at
from tests.site.campaign.pictures.test_plain_pictures import photograph

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>steal()</script></svg>'


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(editor, content, name="Jane at home 2026.jpg"):
    return editor.post(
        reverse("wagtailimages:add"), {"title": "A tree", "file": SimpleUploadedFile(name, content)}, follow=True
    )


def test_upload_is_drawn_once_and_its_size_is_that_of_the_file_that_is_kept(editor, tmp_path, monkeypatch):
    drawn, plain = [], plain_pictures.without_metadata
    monkeypatch.setattr(plain_pictures, "without_metadata", lambda content: drawn.append(1) or plain(content))

    upload(editor, photograph(orientation=6))

    kept = Picture.objects.get()
    assert kept.file_size == (tmp_path / kept.file.name).stat().st_size
    assert (kept.width, kept.height) == (20, 40)
    assert len(drawn) == 1


SAVE_A_COPY = "save a copy of it as JPEG, and choose that"
CHOOSE = "Choose a JPEG, PNG or WebP. Most programs can save a picture as one of them"
REFUSED = {
    "too many bytes": (
        lambda: photograph() + b"\0" * 9 * 1024 * 1024,
        "tree.jpg",
        "8.0\xa0MB is the most. Save a smaller",
    ),
    "too many pixels": (lambda: drawn("PNG", (6000, 5001)), "tree.png", "million pixels, and that is the most. Save"),
    "a drawing that can hold scripts": (lambda: SVG, "tree.svg", CHOOSE),
    "a drawing that calls itself a photograph": (lambda: SVG, "tree.jpg", "inside it is something else (svg)."),
    "another kind": (lambda: drawn("GIF", (4, 4)), "tree.gif", CHOOSE),
    "another kind under the name of ours": (lambda: drawn("GIF", (4, 4)), "tree.png", CHOOSE),
    "no picture at all": (lambda: b"Nobody rang.", "tree.jpg", SAVE_A_COPY),
    "half a picture": (lambda: photograph(size=(400, 300))[:2000], "tree.jpg", SAVE_A_COPY),
    "a bomb of pixels": (lambda: said_to_be(50_000, 50_000), "tree.png", "more than 30 million pixels"),
    "nothing": (lambda: b"", "tree.png", "empty"),
}


def drawn(kind, size):
    out = io.BytesIO()
    Image.new("1" if kind == "PNG" else "P", size).save(out, kind)
    return out.getvalue()


def said_to_be(width, height):
    """A few bytes that unpack into a picture of that size."""
    small = drawn("PNG", (4, 4))
    head = b"IHDR" + struct.pack(">II", width, height) + small[24:29]
    return small[:12] + head + struct.pack(">I", zlib.crc32(head)) + small[33:]


def test_file_that_we_cannot_keep_is_refused_alone_and_among_many_with_what_to_do(editor, tmp_path):
    for what, (content, name, said) in REFUSED.items():
        file = content()

        alone = html.unescape(upload(editor, file, name).content.decode())
        among = upload_among_many(editor, file, name).json()

        assert said in alone, what
        assert (among["success"], said in among["error_message"]) == (False, True), what
    assert not Picture.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_new_file_for_the_logo_is_on_every_page_with_one_new_edition(editor, reader, tmp_path):
    upload(editor, photograph())
    kept = Picture.objects.get()
    Brand.objects.create(logo=kept)
    before, file = logo(reader), SimpleUploadedFile("new.jpg", photograph(size=(64, 48)))

    sent = {"title": "A tree", "file": file}
    answer = editor.post(reverse("wagtailimages:edit", args=[kept.pk]), sent, follow=True)

    assert answer.status_code == 200
    assert logo(reader) != before
    assert reader.get(logo(reader), secure=True).status_code == 200


def logo(reader):
    [address] = re.findall(r'class="brand__logo" src="([^"]+)"', words_at(reader, "/tell/"))
    return address


def picture():
    file = SimpleUploadedFile("tree.jpg", photograph(size=(1200, 800)))
    return Picture.objects.create(title="A tree", file=file)


def show(kept, **how):
    page = page_at("privacy")
    page.body = [{"type": "image", "value": {"picture": {"image": kept.pk, **how}, "caption": ""}}]
    page.save_revision().publish()


def upload_among_many(editor, content, name="Jane at home 2026.jpg", title="A tree"):
    sent = {"title": title, "files[]": SimpleUploadedFile(name, content), "collection": Collection.objects.first().pk}
    return editor.post(reverse("wagtailimages:add_multiple"), sent, headers={"x-requested-with": "XMLHttpRequest"})


def test_picture_in_a_page_needs_words_shows_them_and_can_be_fetched(laid, reader):
    kept = picture()
    block = page_at("privacy").body.stream_block.child_blocks["image"].child_blocks["picture"]
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python({"image": kept.pk, "alt_text": "", "decorative": False}))
    assert "alt_text" in refused.value.block_errors
    show(kept, alt_text="A tree in a park", decorative=False)

    words = reader.get("/privacy/", secure=True).content.decode()

    assert 'alt="A tree in a park"' in words
    address = words.split("<img ")[1].split('src="')[1].split('"')[0]
    answer = reader.get(address, secure=True)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "Last-Modified" not in answer
    assert Image.open(io.BytesIO(answer.content)).width <= 1088
