"""How much one PDF may ask of us (上限): bounded before anything is read or drawn. Points are 1/72 inch."""

MAX_PAGES = 3000  # of one file; reports have some hundred at most
MAX_CONTENT_BYTES = 48 * 1024 * 1024  # of the content streams of one page, as stored
MAX_GLYPHS = 200_000  # characters on one page; a dense page has 4,000
MAX_GATHERED_BYTES = 16 * 1024 * 1024  # of characters and vectors of one page; a dense page has 0.3 MB
MAX_PATHS = 60_000  # drawn paths on one page, above which it is a map or a picture and no table
MAX_PIXELS = 12_000_000  # of one rendered page; A3 at 200 dpi has 7.7 million
MAX_IMAGE_PIXELS = 120_000_000  # of one image inside a page; A4 at 600 dpi has 35 million
MIN_DPI, SCAN_DPI = 72, 200
SURE_DIGIT = 0.93  # confidence; a digit read with less is doubtful
