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


def picture():
    file = SimpleUploadedFile("tree.jpg", photograph(size=(1200, 800)))
    return Picture.objects.create(title="A tree", file=file)


def test_size_and_hash_are_those_of_the_file_that_is_kept(editor, tmp_path):
    upload(editor, photograph(orientation=6))

    kept = Picture.objects.get()
    file = tmp_path / kept.file.name
    assert kept.file_size == file.stat().st_size
    assert (kept.width, kept.height) == (20, 40)


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


def test_an_upload_is_drawn_once(editor, monkeypatch):
    drawn = []
    plain = plain_pictures.without_metadata
    monkeypatch.setattr(plain_pictures, "without_metadata", lambda content: drawn.append(1) or plain(content))

    upload(editor, photograph())

    assert len(drawn) == 1


def test_a_new_file_for_the_logo_is_on_every_page_with_one_new_edition(editor, reader, tmp_path):
    upload(editor, photograph())
    kept = Picture.objects.get()
    Brand.objects.create(logo=kept)
    before = logo(reader)

    answer = editor.post(
        reverse("wagtailimages:edit", args=[kept.pk]),
        {"title": "A tree", "file": SimpleUploadedFile("new.jpg", photograph(size=(64, 48)))},
        follow=True,
    )

    assert answer.status_code == 200
    assert logo(reader) != before
    assert reader.get(logo(reader), secure=True).status_code == 200


def logo(reader):
    [address] = re.findall(r'class="brand__logo" src="([^"]+)"', words_at(reader, "/tell/"))
    return address


def upload_among_many(editor, content, name="Jane at home 2026.jpg", title="A tree"):
    sent = {"title": title, "files[]": SimpleUploadedFile(name, content), "collection": Collection.objects.first().pk}
    return editor.post(reverse("wagtailimages:add_multiple"), sent, headers={"x-requested-with": "XMLHttpRequest"})


def test_a_picture_in_a_page_has_its_words_and_can_be_fetched(laid, reader):
    show(picture(), alt_text="A tree in a park", decorative=False)

    words = reader.get("/privacy/", secure=True).content.decode()

    assert 'alt="A tree in a park"' in words
    address = words.split("<img ")[1].split('src="')[1].split('"')[0]
    answer = reader.get(address, secure=True)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert "Last-Modified" not in answer
    assert Image.open(io.BytesIO(answer.content)).width <= 1088


def test_a_picture_needs_words_or_to_be_called_decoration(laid):
    block = page_at("privacy").body.stream_block.child_blocks["image"].child_blocks["picture"]
    without_words = block.to_python({"image": picture().pk, "alt_text": "", "decorative": False})

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(without_words)
    assert "alt_text" in refused.value.block_errors


def show(kept, **how):
    page = page_at("privacy")
    page.body = [{"type": "image", "value": {"picture": {"image": kept.pk, **how}, "caption": ""}}]
    page.save_revision().publish()
