"""Numbers as a spreadsheet shows them; what is right was read off Excel's own documentation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.documents.formats.number_format import moment, plain, show, show_text

SHOWN = [
    (12, "0000", "0012"),
    (0.5, "0%", "50%"),
    (1.253472222222222, "[h]:mm:ss", "30:05:00"),
    (1.5, "[mm]:ss", "2160:00"),
    (40360, "yyyy-mm", "2010-07"),
    (40360, "mmm-yy", "Jul-10"),
    (0.9027777777777778, "h:mm", "21:40"),
    (0.999988426, "h:mm:ss", "23:59:59"),
    (43526.75, "d mmm yyyy h:mm AM/PM", "2 Mar 2019 6:00 PM"),
    (43526, "dddd, d mmmm yyyy", "Saturday, 2 March 2019"),
    (43526, "[$-F800]dddd\\, mmmm dd\\, yyyy", "2019-03-02"),
    (43526, "yyyy\\-mm\\-dd;@", "2019-03-02"),
    (1234.5, "#,##0.00", "1,234.50"),
    (-1234.5, "#,##0.00", "-1,234.50"),
    (-5, "0;(0)", "(5)"),
    (-5, "0;[Red]-0", "-5"),
    (-0.4, "0", "0"),
    (0, '0;-0;"nil"', "nil"),
    (1, '"Yes";;"No"', "Yes"),
    (5, ";;;", "5"),
    (3, 'General" kg"', "3 kg"),
    (1234567, "000-0000", "123-4567"),
    (20100007, "0000\\-0000", "2010-0007"),
    (7, '"C-"000', "C-007"),
    (1234.5, "[$£-809]#,##0.00", "£1,234.50"),
    (1500000, '0.0,,"M"', "1.5M"),
    (12345678, "0.00E+00", "1.23E+07"),
    (1.25, "# ?/?", "1 1/4"),
    (0.5, "#.##", ".5"),
    (2.5, "0", "3"),
    (5, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "5.00"),
    (0, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', "-"),
    (12, '[<10]"few";[>=10]"many"', "many"),
    (0.1 + 0.2, "General", "0.3"),
    (1e300, "0.000", None),
    (2, "mystery", None),
]


@pytest.mark.parametrize(("number", "code", "text"), SHOWN)
def test_a_number_is_shown_as_its_format_says(number, code, text):
    shown = show(number, code).text
    assert shown == text if text is not None else shown


@pytest.mark.parametrize(
    ("code", "letters"),
    [("yyyy-mm", "ym"), ("d/m/yy h:mm", "ymdt"), ("mm:ss", "t"), ("[h]:mm", "t"), ('0"ymd"', "")],
)
def test_what_of_a_date_is_shown_is_known(code, letters):
    assert show(40360.5, code).dated == letters


def test_a_format_that_hides_a_value_is_told():
    assert show(5, ";;;").veiled
    assert not show(5, "0;;").veiled


def test_days_are_counted_as_the_program_counts_them():
    assert moment(1).date().isoformat() == "1900-01-01"
    assert moment(59).date().isoformat() == "1900-02-28"
    assert moment(60) is None  # a day that was not
    assert moment(61).date().isoformat() == "1900-03-01"
    assert moment(0, from_1904=True).date().isoformat() == "1904-01-01"
    assert moment(2_958_466) is None


def test_a_text_may_have_a_format_too():
    assert show_text("0012", "@") == "0012"
    assert show_text("a", '0;0;0;"see "@') == "see a"
    assert show_text("a", "0") == "a"


@given(
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(alphabet='0#?.,%E+-/;@ymdhs[]"\\_*$ AP<>=1', max_size=30),
)
def test_no_number_and_no_format_is_too_much(number, code):
    assert isinstance(show(number, code).text, str)


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_a_whole_number_keeps_every_digit(number):
    assert plain(float(number)) == str(number)
