"""The cache on its own: what it keeps, whom it lets look, and what happens when it is damaged, held or full."""

import sqlite3
import stat
import subprocess
import sys
import textwrap
from urllib.parse import urlsplit

import pytest

from scanner.errors import UsageError
from scanner.model import Facts
from scanner.resolve import archive
from scanner.resolve import cache as module
from scanner.resolve.cache import Cache
from scanner.resolve.record import Entry, Record, Validator

PAD = "pkg:npm/left-pad@1.3.0"
ENTRY = Entry(
    (Validator('"e"', None, absent=False),), 1000.5, Record(facts=Facts(licence="MIT"), withdrawn={"1": "yanked"})
)
ABSENT = Entry((Validator(absent=True),), 2000.0, None)


@pytest.fixture
def cache(tmp_path):
    cache = Cache(tmp_path / "cache")
    yield cache
    cache.close()


def test_what_is_kept_comes_back_unchanged(cache):
    cache.write({"https://a": ENTRY, "https://b": ABSENT})
    assert cache.read(["https://a", "https://b", "https://c"]) == {"https://a": ENTRY, "https://b": ABSENT}


def test_thousands_of_addresses_can_be_asked_for(cache):
    cache.write({"https://1499": ENTRY})
    assert list(cache.read([f"https://{i}" for i in range(5000)])) == ["https://1499"]


def test_nothing_is_made_by_looking(cache):
    assert cache.read(["https://a"]) == {}
    assert cache.entries() == {}
    assert cache.info().packages == 0
    assert not cache.path.parent.exists()


def test_files_are_the_users_alone(cache):
    cache.write({"https://a": ENTRY})
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in cache.path.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(cache.path.parent.stat().st_mode) == 0o700


def test_info_tells_how_full_it_is(cache):
    cache.write({"https://a": ENTRY, "https://b": ABSENT})
    info = cache.info()
    assert (info.packages, info.oldest, info.newest) == (2, 1000.5, 2000.0)
    assert info.size > 0


def test_clear_leaves_nothing(cache):
    cache.write({"https://a": ENTRY})
    cache.clear()
    assert not list(cache.path.parent.iterdir())
    assert cache.entries() == {}


def test_past_its_limit_the_oldest_answers_leave(tmp_path):
    cache = Cache(tmp_path, limit=100_000)
    facts = Facts(withdrawn="x" * 200)
    cache.write({f"https://{number}": Entry((), float(number), Record(facts=facts)) for number in range(1000)})
    cache.close()
    left = Cache(tmp_path).entries()
    assert "https://999" in left
    assert "https://0" not in left
    assert 100 < len(left) < 500
    assert cache.path.stat().st_size <= 100_000


def test_a_row_that_cannot_be_made_out_is_asked_for_anew(cache):
    cache.write({"https://a": ENTRY, "https://b": ENTRY})
    cache.close()
    with sqlite3.connect(cache.path) as connection:
        connection.execute("UPDATE answer SET record = x'ff00' WHERE url = 'https://a'")
    connection.close()
    assert list(cache.read(["https://a", "https://b"])) == ["https://b"]


@pytest.mark.parametrize("damage", ["not a database at all, but long enough to have a header", ""])
def test_a_damaged_file_is_set_aside_and_begun_anew(damage, npm, look_up, settings, registry):
    npm("left-pad")
    first = look_up(PAD)
    path = Cache(settings.cache).path
    path.write_text(damage)
    found = look_up(PAD)
    assert found.facts == first.facts
    assert len(registry.requests) == 2
    if damage:
        assert [gap.reason for gap in found.gaps] == [
            "the cache was damaged; it is set aside as custody-1.damaged and begun anew"
        ]
        assert path.with_suffix(".damaged").read_text() == damage
    assert look_up(PAD) == first
    assert len(registry.requests) == 2


def test_a_page_damaged_in_the_middle_is_noticed(cache):
    cache.write({f"https://{number:04}": ENTRY for number in range(500)})
    cache.close()
    content = bytearray(cache.path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    cache.path.write_bytes(content)
    assert cache.entries() == {}
    assert "damaged" in cache.trouble
    cache.write({"https://a": ENTRY})
    assert cache.entries() == {"https://a": ENTRY}


def test_a_cache_that_another_process_holds_is_done_without(npm, look_up, settings, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    npm("left-pad")
    look_up("pkg:npm/other@1")
    other = sqlite3.connect(Cache(settings.cache).path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        found = look_up(PAD)
    finally:
        other.close()
    assert found.facts
    assert [gap.reason for gap in found.gaps] == ["the cache cannot be used: another process holds it"]


def test_a_place_that_cannot_be_written_is_done_without(npm, look_up, tmp_path):
    npm("left-pad")
    (tmp_path / "file").touch()
    found = look_up(PAD, cache=tmp_path / "file")
    assert found.facts
    assert [gap.subject for gap in found.gaps] == ["cache"]
    assert found.gaps[0].reason.startswith("the cache cannot be used: ")


def test_a_full_disk_is_one_gap_and_the_run_goes_on(registry, settings):
    """As with a file size limit, which the system reports where a disk would be full."""
    registry.answer("*", {"name": "any", "dist-tags": {}, "versions": {}})
    script = """
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
        found = resolve([f"pkg:npm/p{i}@1" for i in range(300)], settings=settings)
        print(len(found.facts), [gap.subject for gap in found.gaps])
    """
    assert run(script, registry, settings) == "300 ['cache']\n"


def run(script, registry, settings):
    done = subprocess.run(
        [sys.executable, "-c", program(script, registry, settings)], capture_output=True, text=True, check=True
    )
    assert not done.stderr
    return done.stdout


def program(script, registry, settings):
    head = f"""
        from pathlib import Path
        from scanner.resolve import Settings, resolve
        settings = Settings(cache=Path({str(settings.cache)!r}), endpoints={{"npm": {registry.url!r}}}, connections=2)
    """
    return textwrap.dedent(head) + textwrap.dedent(script)


def test_two_processes_share_a_cache(tmp_path):
    script = """
        import sys
        from pathlib import Path
        from scanner.model import Facts
        from scanner.resolve.cache import Cache
        from scanner.resolve.record import Entry, Record
        cache = Cache(Path(sys.argv[1]))
        for number in range(300):
            cache.write({f"https://{sys.argv[2]}/{number}": Entry((), 1.0, Record(facts=Facts()))})
        cache.close()
        sys.exit(cache.trouble or 0)
    """
    code = textwrap.dedent(script)
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name], stderr=subprocess.PIPE) for name in "ab"
    ]
    assert [process.communicate()[1] for process in processes] == [b"", b""]
    assert len(Cache(tmp_path).entries()) == 600


@pytest.mark.parametrize("name", ["SIGKILL", "SIGINT"])
def test_a_run_that_is_ended_keeps_what_it_had_fetched(name, registry, settings, look_up):
    """Of twenty, two are under way; two more may be about to be kept when a signal leaves no time for it."""
    import signal
    import threading

    enough = threading.Event()

    def slow(handler):
        if len(registry.requests) >= 20:
            enough.set()
            handler.close_connection = True
            ended.wait(10)
            return
        handler.reply(200, b'{"name": "any", "dist-tags": {}, "versions": {}}')

    ended = threading.Event()
    registry.act("*", slow)
    script = 'resolve([f"pkg:npm/p{i}@1" for i in range(100)], settings=settings)'
    process = subprocess.Popen([sys.executable, "-c", program(script, registry, settings)], stderr=subprocess.PIPE)
    assert enough.wait(20)
    process.send_signal(getattr(signal, name))
    complaint = process.communicate(timeout=20)[1].decode()
    ended.set()
    assert process.returncode
    assert name == "SIGKILL" or complaint.strip().endswith("KeyboardInterrupt")
    assert "Unclosed" not in complaint
    assert len(kept := Cache(settings.cache).entries()) >= (16 if name == "SIGKILL" else 18)
    registry.requests.clear()
    registry.act("*", lambda handler: handler.reply(200, b'{"name": "any", "dist-tags": {}, "versions": {}}'))
    found = look_up(*(f"pkg:npm/p{i}@1" for i in range(100)))
    assert len(found.facts) == 100
    assert not found.gaps
    # What the ended run had still sent may be heard only now, so what was asked counts and not how often.
    assert set(registry.paths) == {f"/p{i}" for i in range(100)} - {urlsplit(url).path for url in kept}


class TestArchive:
    def test_a_cache_can_be_carried_to_another_machine(self, tmp_path, cache):
        cache.write({"https://a": ENTRY, "https://b": ABSENT})
        assert archive.export(tmp_path / "cache", tmp_path / "out") == 2
        assert archive.import_(tmp_path / "other", tmp_path / "out") == 2
        assert Cache(tmp_path / "other").entries() == cache.entries()

    def test_the_same_cache_gives_the_same_file(self, tmp_path, cache):
        cache.write({"https://b": ABSENT, "https://a": ENTRY})
        archive.export(tmp_path / "cache", tmp_path / "one")
        archive.export(tmp_path / "cache", tmp_path / "two")
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()

    def test_newer_answers_stay(self, tmp_path, cache):
        cache.write({"https://a": ENTRY})
        archive.export(tmp_path / "cache", tmp_path / "out")
        newer = ENTRY._replace(fetched=3000.0)
        cache.write({"https://a": newer})
        assert archive.import_(tmp_path / "cache", tmp_path / "out") == 0
        assert cache.entries() == {"https://a": newer}

    @pytest.mark.parametrize(
        ("damage", "words"),
        [
            (lambda content: content.replace(b"MIT", b"GPL"), "checksum"),
            (lambda content: content[:-20], "checksum"),
            (lambda content: b"{}" + content, "is no exported cache; `outlast cache export FILE`"),
            (lambda content: content.replace(b"outlast-cache-1", b"outlast-cache-9"), "format outlast-cache-9"),
            (lambda content: b"", "is no exported cache; `outlast cache export FILE`"),
        ],
    )
    def test_a_damaged_file_changes_nothing(self, damage, words, tmp_path, cache):
        cache.write({"https://a": ENTRY})
        archive.export(tmp_path / "cache", tmp_path / "out")
        path = tmp_path / "out"
        path.write_bytes(damage(path.read_bytes()))
        with pytest.raises(UsageError, match=words):
            archive.import_(tmp_path / "other", path)
        assert not (tmp_path / "other").exists()

    def test_files_that_are_not_there_are_told(self, tmp_path):
        with pytest.raises(UsageError, match="cannot be read"):
            archive.import_(tmp_path, tmp_path / "none")
        with pytest.raises(UsageError, match="cannot be written"):
            archive.export(tmp_path, tmp_path / "none" / "out")
