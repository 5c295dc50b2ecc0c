"""Ways to spoil an input, each a function of the bytes and a seeded source of chance."""

import json
import random
import re
from collections.abc import Callable

Mutation = Callable[[bytes, random.Random], bytes]

TOKEN = re.compile(rb'"(?:[^"\\\n]|\\.){0,99}"|[A-Za-z0-9_.+/@-]+')
SIGNS = b"{}[]()<>\"'`,:;=@#$%&|!-*?\\/\n\r\t \x00\x1f\x7f\xff\xfe\xc30aZ"
ODD_TOKENS = (
    b"", b"null", b"true", b"-1", b"0", b"1e999", b"-1e-999", b"9" * 5000, b"0.1", b"[]", b"{}", b'""', b'"x"', b"[[",
    b"{{", b"]", b"}", b"<x>", b"</x>", b"&x;", b"*x", b"&x [*x]", b"!!python/object:os.system", b"<<", b"- - - -", b"---",
    b"\xff\xfe", b"\x00", b"2026-13-45", b".inf", b".nan", b"../../etc/passwd", b"pkg:npm/%40x/y@1?a=b#c", b"pkg:", b"@",
    b"git+ssh://a:b@c/d#e", b"${x}", b"\\u0000", b'"\\ud800"', "\u202e\U0001f4a9".encode(), b"a" * 20_000, b'"' + b"\\" * 999,
)  # fmt: skip
ODD_VALUES = (
    None, True, 0, -1, 10**400, 1e308, "", "x", "pkg:npm/a@1", "a" * 20_000, "\x00", [], [[]], [None], {}, {"": {}}, [{}],
    {"type": "x"}, [1, "a", None],
)  # fmt: skip
DOCTYPE = (
    b'<!DOCTYPE a [<!ENTITY a0 "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n + 1, b"&a%d;" % n * 10) for n in range(12))
    + b"]>"
)
ALIASES = b"a0: &a0 [x, x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (n + 1, n + 1, b", ".join([b"*a%d" % n] * 9)) for n in range(12)
)
NESTINGS = ((b"[", b"]"), (b'{"a":', b"}"), (b"<a>", b"</a>"), (b"- ", b""), (b"(", b")"), (b"{", b"}"), (b"a.", b""))

GROWN = 500_000


def flip_bits(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        if spoilt:
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def change_signs(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        if spoilt:
            spoilt[chance.randrange(len(spoilt))] = chance.choice(SIGNS)
    return bytes(spoilt)


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def move_part(data: bytes, chance: random.Random) -> bytes:
    """Take a part out, and put it in somewhere, or several times, or nowhere."""
    start, end = sorted(chance.choices(range(len(data) + 1), k=2))
    rest = data[:start] + data[end:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] * chance.choice((0, 1, 2, 2 + min(48, GROWN // (end - start + 1)))) + rest[at:]


def change_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    at = chance.randrange(len(lines))
    indented = b" " * chance.choice((0, 1, 2, 7)) + lines[at].lstrip()
    lines[at : at + 1] = chance.choice(
        ([], [lines[at]] * 2, [indented], [lines[at].rstrip()], [lines[at]] * min(500, GROWN // (len(lines[at]) + 1)))
    )
    return b"".join(lines)


def swap_token(data: bytes, chance: random.Random) -> bytes:
    tokens = list(TOKEN.finditer(data))
    for _ in range(chance.randint(1, 3)):
        if tokens:
            match = tokens[chance.randrange(len(tokens))]
            other = tokens[chance.randrange(len(tokens))][0]
            data = data[: match.start()] + chance.choice((*ODD_TOKENS, other)) + data[match.end() :]
    return data


def swap_type(data: bytes, chance: random.Random) -> bytes:
    """Another type for some values of JSON; another token elsewhere."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return swap_token(data, chance)
    for _ in range(chance.randint(1, 4)):
        document = _swapped(document, chance)
    return json.dumps(document, indent=chance.choice((None, 1))).encode("utf-8", "surrogatepass")


def _swapped(value: object, chance: random.Random) -> object:
    if isinstance(value, dict | list) and value and chance.random() < 0.85:
        copy = dict(value) if isinstance(value, dict) else list(value)
        key = chance.choice(list(value)) if isinstance(value, dict) else chance.randrange(len(value))
        copy[key] = _swapped(copy[key], chance)
        return copy
    return chance.choice(ODD_VALUES)


def nest(data: bytes, chance: random.Random) -> bytes:
    """Deep nesting in the place of a token."""
    opening, closing = chance.choice(NESTINGS)
    depth = chance.choice((30, 150, 250, 1_100, 20_000))
    deep = opening * depth + chance.choice((b"1", b"", b'"x"')) + chance.choice((closing * depth, b""))
    tokens = list(TOKEN.finditer(data))
    if not tokens:
        return deep
    match = chance.choice(tokens)
    return data[: match.start()] + deep + data[match.end() :]


def encode(data: bytes, chance: random.Random) -> bytes:
    """The same in another encoding, or with the mark of one that it is not in."""
    text = data.decode("utf-8", "replace")
    codec = chance.choice(("utf-16", "utf-16-le", "utf-32", "utf-7", "latin-1", "cp500", "utf-8-sig", "mark"))
    return (
        chance.choice((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) + data
        if codec == "mark"
        else text.encode(codec, "replace")
    )


def bomb(data: bytes, chance: random.Random) -> bytes:
    """Entities or aliases that write out to more than there is memory."""
    if b"<" in data[:200]:
        head, sign, rest = data.partition(b"?>") if data.lstrip().startswith(b"<?") else (b"", b"", data)
        return head + sign + DOCTYPE + rest.replace(b"</", b"&a12;</", 1)
    return chance.choice(
        (ALIASES + data, data + b"\n" + ALIASES, data.replace(b": ", b": &z ", 1).replace(b": ", b": *z\n", 3))
    )


def grow(data: bytes, chance: random.Random) -> bytes:
    """A part over and over, up to half a megabyte: what takes time that is not in proportion shows."""
    start, end = sorted(chance.choices(range(len(data) + 1), k=2))
    if chance.random() < 0.5:
        start, end = data.rfind(b"\n", 0, start) + 1, data.find(b"\n", end) + 1 or len(data)
    part = data[start:end]
    return data[:end] + part * (GROWN // max(len(part), 50)) + data[end:]


MUTATIONS: tuple[Mutation, ...] = (
    flip_bits, change_signs, cut, move_part, change_line, swap_token, swap_type, nest, encode, bomb,
)  # fmt: skip
