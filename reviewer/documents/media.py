"""The kinds of document that can be shown, and what each is called in a casebook."""

MEDIA = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "tiff": "image/tiff",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "webp": "image/webp",
    "avif": "image/avif",
    "heic": "image/heic",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "doc": "application/msword",
    "rtf": "application/rtf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "fodt": "application/vnd.oasis.opendocument.text-flat-xml",
    "fods": "application/vnd.oasis.opendocument.spreadsheet-flat-xml",
    "excelxml": "application/vnd.ms-excel.2003+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "csv": "text/csv",
    "mail": "message/rfc822",
    "msg": "application/vnd.ms-outlook",
    "tnef": "application/vnd.ms-tnef",
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "ogg": "audio/ogg",
    "aiff": "audio/aiff",
    "au": "audio/basic",
    "srt": "application/x-subrip",
    "vtt": "text/vtt",
    "html": "text/html",
    "text": "text/plain",
}
SOUNDS = frozenset({"wav", "mp3", "m4a", "aac", "flac", "ogg", "aiff", "au"})
RECORDINGS = frozenset(MEDIA[kind] for kind in SOUNDS)  # as a casebook calls them
TRANSCRIPTS = frozenset({"srt", "vtt"})
KEPT = "application/octet-stream"  # of a file that is kept and cannot be shown
PICTURES = frozenset({"png", "jpeg", "tiff", "gif", "bmp", "webp", "avif", "heic"})
_IMAGES = {name for name in MEDIA.values() if name.startswith("image/")}
PICTURED = frozenset({MEDIA["pdf"], *_IMAGES})  # whose pages may be pictures of words
