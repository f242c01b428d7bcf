import pytest


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    files = (("images", "tree.jpg"), ("images", "notes.txt"), ("original_images", "tree.jpg"), ("", "a.jpg"))
    for folder, name in files:
        path = settings.MEDIA_ROOT / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"bytes")
    (tmp_path / "heard.jpg").write_bytes(b"outside")


NOT_GIVEN = ("", "images/", "a.jpg", "images/notes.txt", "images/gone.jpg", "original_images/tree.jpg")
NOT_GIVEN += ("images/.hidden.jpg", "images/../original_images/tree.jpg", "images/..%2f..%2fheard.jpg")
NOT_GIVEN += ("images/%2e%2e/%2e%2e/heard.jpg", "images//etc/passwd")


def test_picture_at_one_of_its_sizes_is_given_out_and_nothing_else_of_that_folder_is(laid, reader):
    answer = reader.get("/media/images/tree.jpg", secure=True)

    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"bytes", "image/jpeg")
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["X-Content-Type-Options"] == "nosniff"
    for name in NOT_GIVEN:
        answer = reader.get(f"/media/{name}", secure=True, follow=True)
        assert answer.status_code == 404, name
        assert not any(word in answer.content for word in (b"bytes", b"outside")), name
