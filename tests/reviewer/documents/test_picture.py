import ctypes
import io

import pytest
from PIL import Image

from reviewer.documents.formats import picture
from reviewer.documents.formats.pdf import Pdf
from reviewer.documents.refusals import Refused


def packed(image, kind, **how):
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def drawn(pdf, width=100):
    """Return the page as a picture."""
    buffer = (ctypes.c_char * (width * 5000 * 4))()
    across, down, _ = Pdf(pdf).render(1, width, buffer)
    return Image.frombytes(
        "RGB", (across, down), bytes(buffer[: across * down * 4]), "raw", "BGRX"
    )


def test_a_picture_is_shown_as_the_camera_was_held():
    image = Image.new("RGB", (60, 30), "red")
    image.paste("blue", (0, 0, 30, 30))  # left half blue
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    pdf, notes = picture.page(packed(image, "JPEG", exif=exif, quality=95), "jpeg")
    shown = drawn(pdf)
    assert shown.height == 2 * shown.width
    top, bottom = shown.getpixel((50, 20)), shown.getpixel((50, 180))
    assert top[2] > 200 > top[0]
    assert bottom[0] > 200 > bottom[2]
    assert notes == []
    assert b"Exif" not in pdf


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_pixel_becomes_a_page(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    pdf, _ = picture.page(packed(Image.new(mode, (40, 20)), kind), kind.lower())
    shown = drawn(pdf)
    assert (shown.width, shown.height) == (100, 50)


def test_what_is_see_through_is_paper():
    pdf, _ = picture.page(packed(Image.new("RGBA", (10, 10), (255, 0, 0, 0)), "PNG"), "png")
    assert drawn(pdf).getpixel((50, 50)) == (255, 255, 255)


def test_a_large_photograph_is_shown_smaller():
    pdf, notes = picture.page(
        packed(Image.effect_noise((3600, 1200), 50).convert("RGB"), "JPEG"), "jpeg"
    )
    assert "300 dots" in notes[0]
    assert len(pdf) < 12_000_000


def test_a_moving_picture_shows_its_first_frame():
    frames = [Image.new("RGB", (10, 10), colour) for colour in ("red", "blue")]
    data = packed(frames[0], "PNG", save_all=True, append_images=frames[1:])
    pdf, notes = picture.page(data, "png")
    assert "first frame" in notes[0]
    assert drawn(pdf).getpixel((50, 50))[0] > 200


@pytest.mark.parametrize("cut", [20, 60, 200])
def test_a_picture_cut_short_is_refused(cut):
    data = packed(Image.effect_noise((50, 50), 50), "PNG")
    with pytest.raises(Refused) as caught:
        picture.page(data[:cut], "png")
    assert caught.value.code == "picture-broken"
