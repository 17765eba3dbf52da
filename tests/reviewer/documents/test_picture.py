import ctypes
import io
import struct

import pytest
from PIL import Image

from reviewer.documents.formats import picture
from reviewer.documents.formats.pdf import Pdf
from reviewer.documents.inside import sniff
from reviewer.documents.notes import named
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


MOVING = [("PNG", {}), ("GIF", {}), ("WEBP", {"lossless": True}), ("AVIF", {"quality": 90})]


@pytest.mark.parametrize(("kind", "how"), MOVING)
def test_each_picture_of_a_moving_one_that_differs_is_a_page(kind, how):
    colours = ("red", "red", "blue", "green")
    frames = [Image.new("RGB", (32, 32), colour) for colour in colours]
    frames[1].putpixel((1, 1), (250, 0, 0))  # so that it is kept as a picture of its own
    data = packed(frames[0], kind, save_all=True, append_images=frames[1:], duration=40, **how)
    pdf, notes = picture.page(data, kind.lower())
    assert "The picture moves: it has 4 pictures" in notes[0]
    pages = Pdf(pdf).pages
    assert pages in {3, 4}
    assert drawn(pdf).getpixel((50, 50))[0] > 200
    buffer = (ctypes.c_char * (100 * 5000 * 4))()
    Pdf(pdf).render(pages, 100, buffer)
    blue, green, red = bytes(buffer[4 * 5050 : 4 * 5050 + 3])
    assert green > max(red, blue)


def test_of_a_picture_that_moves_long_the_rest_is_told():
    frames = [Image.new("L", (8, 8), level) for level in range(0, 200, 2)]
    data = packed(frames[0], "GIF", save_all=True, append_images=frames[1:])
    pdf, notes = picture.page(data, "gif")
    assert Pdf(pdf).pages == 60
    assert notes == ["The picture moves: of its 100 pictures the first 60 are shown."]
    assert named(notes) == {"pictures": 40}


@pytest.mark.parametrize("kind", ["GIF", "BMP", "WEBP", "AVIF"])
def test_further_kinds_are_read_and_known_by_their_bytes(kind):
    data = packed(Image.new("RGB", (40, 20), "red"), kind)
    assert sniff.kind(data, "x.txt") == kind.lower()
    pdf, notes = picture.page(data, kind.lower())
    assert drawn(pdf).getpixel((50, 25))[0] > 200
    assert notes == []
    with pytest.raises(Refused, match="picture-broken"):
        picture.page(data[: len(data) // 3], kind.lower())


@pytest.mark.parametrize("cut", [20, 60, 200])
def test_a_picture_cut_short_is_refused(cut):
    data = packed(Image.effect_noise((50, 50), 50), "PNG")
    with pytest.raises(Refused) as caught:
        picture.page(data[:cut], "png")
    assert caught.value.code == "picture-broken"


def pages(pdf, width=300):
    buffer = (ctypes.c_char * (width * 5000 * 4))()
    document = Pdf(pdf)
    found = []
    for number in range(1, document.pages + 1):
        across, down, _ = document.render(number, width, buffer)
        raw = bytes(buffer[: across * down * 4])
        found.append(Image.frombytes("RGB", (across, down), raw, "raw", "BGRX").convert("L"))
    return found


@pytest.mark.parametrize("top", [65535, 4095])
def test_a_picture_of_sixteen_bits_shows_what_is_in_it(top):
    row = struct.pack("<40H", *[top // 8] * 20, *[top] * 20)
    image = Image.frombytes("I;16", (40, 20), row * 20)
    pdf, notes = picture.page(packed(image, "PNG"), "png")
    shown = drawn(pdf)
    assert shown.getpixel((25, 25))[0] < 60
    assert shown.getpixel((75, 25))[0] > 200
    assert bool(notes) is (top == 4095)


def test_light_ink_on_nothing_can_be_seen():
    image = Image.new("LA", (40, 20), (0, 0))
    image.paste((255, 255), (0, 0, 20, 20))
    pdf, notes = picture.page(packed(image, "PNG"), "png")
    shown = drawn(pdf)
    assert shown.getpixel((25, 25))[0] > 240
    assert shown.getpixel((75, 25))[0] < 120
    assert "dark ground" in notes[0]


def chat(lines=200, wide=400, high=60):
    image = Image.new("L", (wide, lines * high), "white")
    for at in range(lines):
        image.paste(0, (20, at * high + 20, 21 + (at % 300), at * high + 40))
    return image


def test_a_tall_screenshot_is_cut_where_nothing_is_drawn_and_loses_no_row():
    image = chat()
    pdf, notes = picture.page(packed(image, "PNG"), "png")
    cut = pages(pdf, 400)
    assert len(cut) > 20
    assert abs(sum(page.height for page in cut) - image.height) <= len(cut)
    assert all(page.crop((0, 0, 400, 3)).getextrema()[0] > 200 for page in cut)
    assert all(
        page.crop((0, page.height - 3, 400, page.height)).getextrema()[0] > 200 for page in cut
    )
    assert "cut into pages" in notes[0]


def test_a_wide_strip_is_cut_as_well_and_reads_on():
    image = chat().transpose(Image.Transpose.ROTATE_90)
    pdf, _ = picture.page(packed(image, "PNG"), "png")
    cut = pages(pdf)
    assert len(cut) > 20
    assert cut[0].width > cut[0].height


def test_every_page_of_a_tiff_is_shown():
    shades = [0, 120, 250]
    frames = [Image.new("L", (40, 60), shade) for shade in shades]
    data = packed(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    pdf, notes = picture.page(data, "tiff")
    assert [page.getpixel((50, 50)) for page in pages(pdf)] == pytest.approx(shades, abs=3)
    assert notes == []


@pytest.mark.parametrize("how", ["group4", "tiff_lzw", "jpeg", "tiff_adobe_deflate"])
def test_the_usual_packings_of_a_tiff_are_read(how):
    mode = "1" if how == "group4" else "RGB"
    data = packed(Image.new(mode, (40, 60), "white"), "TIFF", compression=how)
    assert pages(picture.page(data, "tiff")[0])[0].getpixel((50, 50)) > 250


def test_a_second_picture_for_depth_does_not_move():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    data = packed(frames[0], "MPO", save_all=True, append_images=frames[1:])
    pdf, notes = picture.page(data, "jpeg")
    assert drawn(pdf).getpixel((50, 50))[0] > 200
    assert notes == [
        "The file holds a second picture of the same (for depth), which is not shown."
    ]


def test_a_photograph_without_its_end_is_shown_and_said_to_be_cut():
    data = packed(Image.effect_noise((200, 200), 50), "JPEG")
    pdf, notes = picture.page(data[: len(data) // 2], "jpeg")
    assert pages(pdf)
    assert "end of the picture is missing" in notes[0]
    with pytest.raises(Refused):  # and the next picture is held to its own end
        picture.page(packed(Image.effect_noise((50, 50), 50), "PNG")[:200], "png")


def test_a_second_page_without_a_size_is_told_as_damage():
    """Pillow raises what no picture of one page makes it raise."""
    first, second = Image.new("L", (30, 20)), Image.new("L", (30, 20))
    raw = packed(first, "TIFF", save_all=True, append_images=[second])
    wide = max(raw.rfind(struct.pack("<HHI", 256, how, 1)) for how in (3, 4))
    with pytest.raises(Refused) as refused:
        picture.page(raw[:wide] + struct.pack("<H", 1) + raw[wide + 2 :], "tiff")
    assert refused.value.code == "picture-broken"
