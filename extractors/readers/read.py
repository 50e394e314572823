"""The door of reading (读取): a file's bytes in, a Document out."""

from extractors.errors import DocumentRefused
from extractors.pages import Document
from extractors.readers.media import UnsupportedMedia
from extractors.readers.pdf.pdf_reader import PdfReader
from extractors.readers.reader import Reader
from extractors.readers.settings import DEFAULT, ReadingSettings
from extractors.readers.text import PlainText

# Asked in this order; the first that recognises the bytes reads them. Plain text recognises everything left.
READERS: tuple[Reader, ...] = (PdfReader(), UnsupportedMedia(), PlainText())


def read(source: str, data: bytes, settings: ReadingSettings = DEFAULT) -> Document:
    """Read one file.

    source: path below the corpus, `/`-separated. data: the file's bytes.
    Raises DocumentRefused with a stable code and a Chinese remedy where the file cannot be read.
    """
    if not data:
        raise DocumentRefused("empty-file", "文件是空的(0 字节)，请核对原件后重新提供。")
    for reader in READERS:
        if reader.recognises(source, data):
            if len(data) > reader.max_bytes:
                limit = reader.max_bytes // 1024 // 1024
                raise DocumentRefused("file-too-large", f"文件超过 {limit} MB，不像一份评价报告；请拆分后再提交。")
            return reader.read(source, data, settings)
    raise DocumentRefused("unknown-format", "无法识别文件格式，请另存为 UTF-8 纯文本后再提交。")
