import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.blocks.struct_block import StructBlockValidationError

from campaign.models import Picture
from tests.site.campaign.finding import page_at
from tests.site.campaign.test_plain_pictures import photograph

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


def test_an_upload_keeps_no_place_no_camera_and_no_file_name(editor, tmp_path):
    upload(editor, photograph())

    kept = Picture.objects.get()
    assert "Jane" not in kept.file.name
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for file in files:
        assert b"CANARY" not in file.read_bytes()
        assert not Image.open(file).getexif()


def test_size_and_hash_are_those_of_the_file_that_is_kept(editor, tmp_path):
    upload(editor, photograph(orientation=6))

    kept = Picture.objects.get()
    file = tmp_path / kept.file.name
    assert kept.file_size == file.stat().st_size
    assert (kept.width, kept.height) == (20, 40)


def test_saving_a_picture_again_leaves_its_file_alone(db, tmp_path):
    kept = picture()
    name = kept.file.name

    kept.title = "A tall tree"
    kept.save()

    assert Picture.objects.get().file.name == name


def test_an_svg_is_refused(editor):
    answer = upload(editor, SVG, name="tree.svg")

    assert "Not a supported image format" in answer.content.decode()
    assert not Picture.objects.exists()


def test_an_svg_that_calls_itself_a_photograph_is_refused(editor):
    upload(editor, SVG, name="tree.jpg")

    assert not Picture.objects.exists()


def test_a_file_that_is_too_large_is_refused_and_the_page_says_how_large_it_may_be(editor):
    answer = upload(editor, photograph() + b"\0" * 9 * 1024 * 1024)

    words = answer.content.decode().replace("\xa0", " ")
    assert "This file is too big (9.0 MB). Maximum filesize 8.0 MB." in words
    assert not Picture.objects.exists()


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


def test_a_picture_that_is_decoration_is_passed_over_by_a_screen_reader(laid, reader):
    show(picture(), alt_text="", decorative=True)

    assert 'alt=""' in reader.get("/privacy/", secure=True).content.decode()


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
