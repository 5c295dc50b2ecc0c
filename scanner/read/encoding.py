"""Text as UTF-8 without a byte order mark, so that all readers look at the same bytes: https://www.unicode.org/faq/utf_bom"""

import codecs
import re
from contextlib import suppress

_DECLARED = r"\A(<\?xml[^>]*?)\s+encoding=(?:'[^'>]*'|\"[^\">]*\")"
"""What the first line of XML says of its encoding, and is no longer true."""


def utf8(data: bytes) -> bytes:
    """Without the mark that Windows writes, and UTF-16, which it marks too, as UTF-8."""
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with suppress(UnicodeDecodeError):
            return re.sub(_DECLARED, r"\1", data.decode("utf-16"), count=1).encode()
    return data
