"""What a document may cost before it is refused (SECURITY 4c). Checked by the parent."""

from dataclasses import dataclass

from reviewer.records.large import LARGE

MAX_BYTES = 256 << 20  # one file; the worker's whole address space is 1 GiB
MAX_LARGE = 2 << 30  # one that is read in pieces: a PDF
WHOLE = LARGE  # bytes of a PDF that are sent to be opened; a larger one is read in pieces
PIECE = 64 << 10  # bytes: each page that comes before one is looked up in a place of its own
MAX_PAGES = 2_000
MAX_PIXELS = 5_000  # either side of a page's picture
MAX_POINTS = 20_000.0  # either side of a page: 7 metres; the largest sheets are 1.2
MAX_PAGE_CHARACTERS = 200_000  # a dense page has 6,000
MAX_TEXT = 48 << 20  # characters in one document
MAX_RENDITION = 128 << 20  # bytes of a PDF that the worker set
PREPARED = MAX_RENDITION + MAX_BYTES  # with the file that opened with a password
MAX_NOTES = 40
MAX_NOTE = 400  # characters
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELL = 64 << 10  # characters
SHEET_CELLS = 400_000  # that hold anything, over all sheets of a file
SHEET_TEXT = 16 << 20  # characters of all cells together
SHEET_STRINGS = 1_000_000  # texts that cells share

START_SECONDS = 30.0  # a cold start from a slow disk, with an antivirus looking on
PAGE_SECONDS = 20.0
LABELS_SECONDS = 10.0  # for what all pages are called: twice what an honest file may take
DOCUMENT_SECONDS = 60.0  # to open or to set one document
COUNT_SECONDS = 40.0  # to count what of a document is shown; what takes longer is not counted
READ_SECONDS = 600.0  # every page of the largest document that is let in

MEMORY = 1 << 30  # the worker's address space
PROCESSOR_SECONDS = 90  # the worker's processor time for one request
PROCESSOR_IN_ALL = 4 * 3600  # seconds of it that no working day of reading needs
OPEN_FILES = 16
THREADS = 8  # of the worker: decoding a photograph starts one
LISTEN_SECONDS = 30.0  # of measuring how loud a recording is
HEARD_RATE = 48_000  # samples a second that are played; nobody hears more
HEARD_SECONDS = 0.25  # of a recording that are decoded at once while it is heard
HEARD = 4 << 20  # bytes of samples in one answer
DECODED = 1 << 18  # samples that are decoded at once
MAX_RATE = 1 << 20  # samples a second of a recording
MAX_FRAMES = 1 << 36
MAX_CHANNELS = 256
BARS = 4_096  # of loudness in one answer
PICTURE_PIXELS = 50_000_000  # a decoded picture
SHARED = MAX_PIXELS * MAX_PIXELS * 4  # the picture of the largest page, 4 bytes a pixel

PREVIEW_WIDTH = 620  # pixels of a page that is shown until it is drawn
PREVIEW_PIXELS = PREVIEW_WIDTH * MAX_PIXELS * 4  # bytes of one that was decoded
MAX_PREVIEW = 1 << 20  # bytes of one as a JPEG
PREVIEWS = 192 << 20  # bytes of those of one document: the pages after them have none
PREVIEW_FAILURES = 3  # pages that cannot be drawn before no more of a document are tried

SCAN_SECONDS = 240.0  # one page read from its picture, turned and read again where it must be
SCAN_DRAWN = 200  # for a page whose words are drawn as lines
SCAN_LETTERS = 400  # a page with fewer on a picture of most of it is a scan that was stamped
SCAN_COVERED = 0.5  # of the page
SCAN_DOTS = (100, 300)  # an inch: more tells no more of the letters, and takes longer


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """What a process that does one kind of work may hold and spend."""

    memory: int
    processor_seconds: int
    processor_in_all: int
    open_files: int
    nice: int = 0  # how far it stands back behind what a person waits for


READING = Kind(
    memory=MEMORY,
    processor_seconds=PROCESSOR_SECONDS,
    processor_in_all=PROCESSOR_IN_ALL,
    open_files=OPEN_FILES,
)
RECOGNISING = Kind(
    memory=MEMORY,
    processor_seconds=int(SCAN_SECONDS),
    processor_in_all=7 * 24 * 3600,  # 20,000 scanned pages keep one busy for a night and more
    open_files=2 * OPEN_FILES,
    nice=10,
)

PARTS = 2_000  # members of an Office file
UNPACKED = 200 << 20
RATIO = 200
MAIL_PARTS = 500
MAIL_DEPTH = 20
MAIL_HEADERS = 1 << 20
FILES_WITHIN = 20_000  # files in one archive, mails in one mailbox
BYTES_WITHIN = 256 << 20  # of the files that came with one mail
FAMILY_FILES = 1_000  # documents that one file becomes with all that came with it
FAMILY_BYTES = 512 << 20
WITHIN_DEEP = 5  # files within files within files
FOLDERS_DEEP = 12  # folders of a file's place that are told
MAX_NAME = 300  # characters of a name, of a folder
MAX_FACT = 4_000  # characters of what is written on a mail
WEB_PAGE = 32 << 20  # bytes of a web page, pictures within it too
SET_CHARACTERS = 6_000_000  # what we set ourselves: about 2,000 pages

COUNTED_WORDS = 3_000_000  # a document of 2,000 pages has one million
THINGS = 12  # kinds of things that are counted in one document
SAMPLES = 12  # of what is missing
MAX_SAMPLE = 60  # characters of one
