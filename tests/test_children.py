"""Children that die, hang or grow take their own item with them and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from tests.behaving import behave, joined, mark, noisy, process_id, slow_first, unpackable
from workbook_tools.children import Bounds, Children, Lost, apart
from workbook_tools.errors import InputError, InternalError
from workbook_tools.pipeline.foreign import ForeignFiles
from workbook_tools.profile import load_profile
from workbook_tools.reading.scanning import Candidate, scan

SAMPLES = Path(__file__).parent.parent / "samples"

SAVE_AGAIN = "Откройте его, сохраните заново в формате .xlsx и пришлите ещё раз"
DIED = Lost(f"чтение прервалось: файл повреждён, или ему мало 2 ГиБ памяти. {SAVE_AGAIN}")
GREW = Lost(f"для чтения файла нужно больше 2 ГиБ памяти: он слишком велик или повреждён. {SAVE_AGAIN}")
METHODS = ["spawn"] if sys.platform == "win32" else ["forkserver", "spawn"]
on_unix = pytest.mark.skipif(sys.platform == "win32", reason="the system knows no such signal or limit")


def answers(*items: str, count: int = 1, bounds: Bounds | None = None, method: str = METHODS[0]) -> list[object]:
    with Children(count, bounds, method) as children:
        return list(children.map(behave, items))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("count", [1, 3])
def test_the_answers_come_in_the_order_of_the_questions(count: int, method: str) -> None:
    with Children(count, method=method) as children:
        assert list(children.map(slow_first, range(5))) == [0, -1, -2, -3, -4]


@pytest.mark.parametrize("fault", [EOFError, ConnectionResetError])
def test_that_no_process_can_be_started_as_their_parent_has_died_is_told_in_russian(fault: type[Exception]) -> None:
    with pytest.raises(InternalError) as told, apart():
        raise fault
    assert str(told.value) == (
        "не удалось запустить ещё один процесс. Проверьте, хватает ли памяти, и запустите ещё раз."
    )


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("way", ["leave", "exit", "interrupt", "panic", "fault"])
def test_every_other_file_is_read_when_one_ends_its_child(way: str, count: int, method: str) -> None:
    found = answers("a", way, "b", way, "c", count=count, method=method)
    assert found == ["a, read", DIED, "b, read", DIED, "c, read"]


@on_unix
@pytest.mark.parametrize("way", ["abort", "kill"])
def test_every_other_file_is_read_when_a_child_is_ended_by_a_signal(way: str) -> None:
    assert answers(way, way, "a", way, count=2) == [DIED, DIED, "a, read", DIED]


@on_unix
def test_a_child_may_not_grow_beyond_its_limit() -> None:
    assert answers("a", "grow", "b") == ["a, read", GREW, "b, read"]


@pytest.mark.parametrize("way", ["sleep", "spin"])
def test_a_child_that_hangs_is_ended_and_the_message_names_the_limit(way: str) -> None:
    lost = Lost(f"файл читался дольше 4 с: он слишком велик или повреждён. {SAVE_AGAIN}")
    assert answers("a", way, "b", bounds=Bounds(seconds=4)) == ["a, read", lost, "b, read"]


def test_the_limits_are_those_of_the_contract() -> None:
    assert Bounds() == Bounds(seconds=30, memory=2 * 1024**3)
    assert "дольше 30 с:" in Bounds().too_long


def test_a_refusal_is_raised_where_its_turn_comes() -> None:
    with Children(2) as children:
        run = children.map(behave, ["a", "refuse", "b"])
        assert next(run) == "a, read"
        with pytest.raises(InputError, match="файл не годится"):
            next(run)
        assert list(children.map(behave, ["c"])) == ["c, read"]


def test_an_answer_that_cannot_be_packed_is_lost() -> None:
    with Children() as children:
        assert list(children.map(unpackable, ["a"])) == [DIED]


def test_a_child_lives_on_and_learns_each_function() -> None:
    with Children() as children:
        first = list(children.map(process_id, ["a", "b"]))
        assert len(set(first)) == 1
        assert first[0] != os.getpid()
        assert list(children.map(partial(joined, "x"), ["a", "b"])) == ["xa", "xb"]
        assert list(children.map(process_id, ["a"])) == first[:1]


@pytest.mark.parametrize("count", [1, 2])
def test_two_sets_of_questions_are_answered_beside_each_other(count: int) -> None:
    with Children(count) as children:
        first, second = children.map(behave, ["a", "leave"]), children.map(slow_first, range(3))
        assert list(second) == [0, -1, -2]
        assert list(first) == ["a, read", DIED]


def test_questions_are_begun_before_anybody_waits_for_the_answers(tmp_path: Path) -> None:
    with Children() as children:
        awaited = children.map(mark, [tmp_path / "a"])
        assert list(children.map(behave, ["b"])) == ["b, read"]
        assert (tmp_path / "a").exists()
        assert list(awaited) == ["a"]


def test_what_was_given_up_does_not_stand_in_the_way_of_what_was_begun() -> None:
    with Children() as children:
        given_up, awaited = children.map(behave, ["a", "sleep", "b"]), children.map(behave, ["c"])
        assert next(given_up) == "a, read"
        given_up.close()
        assert list(awaited) == ["c, read"]


def test_no_questions_start_no_child() -> None:
    with Children() as children:
        assert list(children.map(behave, [])) == []


@pytest.mark.parametrize("method", METHODS)
def test_what_a_library_writes_in_a_child_reaches_nobody(capfd: pytest.CaptureFixture[str], method: str) -> None:
    with Children(method=method) as children:
        assert list(children.map(noisy, ["a"])) == ["quiet"]
    assert capfd.readouterr() == ("", "")


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@on_unix
def test_no_child_outlives_the_block() -> None:
    with Children(2) as children:
        numbers = [number for number in children.map(process_id, "abcd") if isinstance(number, int)]
    assert numbers
    assert not any(map(alive, numbers))


SHIELDED = """
from tests.behaving import is_shielded
from workbook_tools.children import Children
if __name__ == "__main__":
    for method in ("forkserver", "spawn"):
        with Children(method=method) as children:
            print(*children.map(is_shielded, [""]))
"""


@on_unix
def test_an_interruption_reaches_no_child_from_its_first_moment_on(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(SHIELDED, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    ran = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["True", "True"]


# What a shell runs in the background has the signal switched off.
PARENT = """
import signal, sys, time
from tests.behaving import hang_named
from workbook_tools.children import Children
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with Children(2) as children:
        try:
            list(children.map(hang_named, [sys.argv[1] + "/1", sys.argv[1] + "/2"]))
        except KeyboardInterrupt:
            sys.exit(130)
"""


@on_unix
def test_an_interruption_of_the_parent_ends_its_children(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, str(script), str(tmp_path)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, start_new_session=True) as parent:
        while not all((tmp_path / name).exists() for name in "12"):
            assert parent.poll() is None
            time.sleep(0.02)
        numbers = [int((tmp_path / name).read_text(encoding="ascii")) for name in "12"]
        os.killpg(parent.pid, signal.SIGINT)  # as a terminal does: to all of the group
        _, said = parent.communicate(timeout=60)
    assert (parent.returncode, said) == (130, b"")
    assert not any(map(alive, numbers))


def read_by(method: str) -> list[str]:
    """Return the samples as children of a kind read them: units' files, one that is none, an edition, an annex."""
    profile = load_profile().profile
    document = Candidate(SAMPLES / "annex-2024-03-19.docx", "приложение.docx")
    with Children(2, method=method) as children:
        files = ForeignFiles(children)
        submissions = list(files.submissions([*scan([SAMPLES / "incoming"]), document], profile))
        books = [files.book(SAMPLES / name) for name in ("edition-2024-03-19.xlsx", "annex-2024-03-19.docx")]
    assert [bool(item.unreadable) for item in submissions] == [False] * (len(submissions) - 1) + [True]
    # A number and a day may be equal and still not the same; what is shown is the same only if all of it is.
    return [repr(item) for item in (*submissions, *books)]


@on_unix
@pytest.mark.parametrize("method", METHODS)
def test_the_callers_script_is_not_run_again_by_its_children(tmp_path: Path, method: str) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        f"""import sys
print("once", flush=True)
from workbook_tools.children import Children
with Children(1, method="{method}") as children:
    print(*children.map(len, ["abc"]))
assert sys.modules["__main__"].__file__ == __file__
""",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr, done.returncode) == (["once", "3"], "", 0)


def test_files_are_read_alike_however_children_are_started() -> None:
    assert read_by("spawn") == read_by("forkserver")


@pytest.mark.parametrize(("given", "parts", "count"), [(0, 0, 1), (0, 1, 1), (0, 10**6, os.cpu_count()), (3, 1, 3)])
def test_a_number_left_open_grows_with_the_work_and_one_that_was_given_stays(
    given: int, parts: int, count: int
) -> None:
    with Children(given) as children:
        children.share(parts)
        assert children.count == count


def test_warming_up_needs_no_module_to_be_there() -> None:
    # In a process of its own: in this one what children spring from is running already.
    script = """
from workbook_tools.children import Children, warm_up
warm_up("workbook_tools.no_such_module")
with Children(1) as children:
    print(*children.map(len, ["abc"]))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("3\n", "", 0)


def fail(told: list[str]) -> None:
    told.append("begun")
    raise OSError


def wait_for(paths: list[Path]) -> None:
    while not all(path.exists() for path in paths):
        time.sleep(0.01)


def test_children_are_given_item_after_item_while_their_parent_does_its_own_work(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in "abc"]
    with Children(1) as children:
        coming = children.map(mark, paths)
        children.attend(lambda: wait_for(paths))
        assert list(coming) == ["a", "b", "c"]


@pytest.mark.parametrize("items", [[], ["a", "kill", "b"]])
def test_what_the_parents_own_work_raises_is_passed_over_whatever_the_children_do(items: list[str]) -> None:
    before, told = sys.getswitchinterval(), list[str]()
    with Children(1) as children:
        coming = children.map(behave, items)
        children.attend(lambda: fail(told))
        assert list(coming) == [DIED if item == "kill" else f"{item}, read" for item in items]
    assert (told, sys.getswitchinterval()) == (["begun"], before)


@pytest.mark.skipif(sys.platform == "win32", reason="there a signal reaches no thread but the first")
def test_the_parents_own_work_lets_no_interruption_through_to_a_child_s_start() -> None:
    held: list[set[int]] = []
    with Children(1) as children:
        children.attend(lambda: held.append(set(signal.pthread_sigmask(signal.SIG_BLOCK, ()))))
    assert signal.SIGINT in held[0]
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
