"""`gradlab lab` as a person starts it: real processes, a real JupyterLab."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from tornado.websocket import websocket_connect

from gradlab.exercises.lessons import lessons_dir
from gradlab.workspace import state
from gradlab.workspace.ports import free_port

LESSONS = sorted(path.name for path in lessons_dir().glob("*.ipynb"))

HOSTILE = """
c.ServerApp.ip = "0.0.0.0"
c.ServerApp.base_url = "/elsewhere/"
c.IdentityProvider.token = ""
c.ServerApp.password = ""
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home folder whose owner's settings would break or open a JupyterLab."""
    home = tmp_path_factory.mktemp("home")
    (home / ".jupyter").mkdir()
    for name in ("jupyter_config", "jupyter_server_config", "jupyter_lab_config"):
        (home / ".jupyter" / f"{name}.py").write_text(HOSTILE)
    kernel = home / ".local" / "share" / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    spec = {"argv": ["/bin/false"], "display_name": "Broken", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(spec))
    settings = home / ".jupyter" / "lab" / "user-settings" / "@jupyterlab"
    themes = settings / "apputils-extension" / "themes.jupyterlab-settings"
    themes.parent.mkdir(parents=True)
    themes.write_text('{"theme": "JupyterLab Dark"}')
    return home


def start(home, workspace, *options, cwd=None, browser=None):
    """`gradlab lab` by the path of this Python, in an environment of its own."""
    if os.name == "nt":
        pytest.skip("what these tests start they stop by POSIX signals")
    kept = ("PATH", "PYTHONPATH", "LANG", "SYSTEMROOT", "TMPDIR")
    env = {name: os.environ[name] for name in kept if name in os.environ}
    env |= {"HOME": str(home), "USERPROFILE": str(home)}
    env |= {"BROWSER": f"{browser} %s"} if browser else {}
    return subprocess.Popen(
        [sys.executable, "-m", "gradlab", "lab", str(workspace), *options],
        env=env,
        cwd=cwd or home,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def read_until(process, words):
    """The lines printed up to one with these words."""
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if words in line:
            return lines
    raise AssertionError(f"{words!r} was not said: {lines}")


def stop(process, how=signal.SIGINT):
    process.send_signal(how)
    said, _ = process.communicate(timeout=30)
    return said


def said_by(process):
    """All that a process says that ends by itself."""
    said, _ = process.communicate(timeout=30)
    return said


@pytest.fixture(scope="module")
def lab(home):
    """A running lab: the workspace, its process, what it printed, its server."""
    workspace = home / "work"
    process = start(home, workspace, "--no-browser")
    try:
        said = read_until(process, "Ctrl-C")
        yield workspace, process, said, state.running(workspace)
    finally:
        if process.poll() is None:
            stop(process)


def ask(server, path, token=None):
    headers = {"Authorization": f"token {token or server.token}"}
    request = urllib.request.Request(server.base + path, headers=headers)
    with urllib.request.urlopen(request, timeout=10) as reply:
        return json.load(reply)


def test_it_says_what_it_did_and_how_to_stop_it(lab):
    workspace, _, said, server = lab
    *new, ready, last = said
    assert new == [f"{name}: new, in ~/work" for name in LESSONS]
    assert ready == f"JupyterLab is ready: {server.url(LESSONS[0])}"
    assert last == "Your work is in ~/work. Stop JupyterLab with Ctrl-C here."
    assert all((workspace / name).is_file() for name in LESSONS)


def test_the_token_is_needed_and_the_users_own_alone(lab):
    workspace, *_, server = lab
    assert server.ask("/api/status") == 200
    assert server.ask("/api/status", token="") == 403
    assert server.ask("/api/status", token="wrong") == 403
    holders = [path for path in (workspace / ".gradlab").rglob("*") if path.is_file()]
    holders = [path for path in holders if server.token.encode() in path.read_bytes()]
    assert len(holders) == 2
    assert {path.stat().st_mode & 0o777 for path in holders} == {0o600}


@pytest.mark.skipif(not os.path.exists("/proc/net/tcp"), reason="reads Linux's table")
def test_it_listens_on_loopback_only(lab):
    *_, server = lab
    with open("/proc/net/tcp") as table:
        rows = [line.split() for line in table][1:]
    port = f"{server.port:04X}"
    listening = [row[1] for row in rows if row[3] == "0A" and row[1].endswith(port)]
    assert listening == [f"0100007F:{port}"]


@pytest.mark.skipif(not os.path.exists("/proc/self"), reason="reads Linux's processes")
def test_the_token_is_in_nobodys_arguments(lab):
    *_, server = lab
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                with open(f"/proc/{entry.name}/cmdline", "rb") as arguments:
                    assert server.token.encode() not in arguments.read()
            except OSError:
                continue


def test_the_kernel_is_this_python(lab):
    *_, server = lab
    specs = ask(server, "/api/kernelspecs")["kernelspecs"]
    assert specs["python3"]["spec"]["argv"][0] == sys.executable
    assert specs["python3"]["spec"]["env"]["OMP_NUM_THREADS"] == "1"


def type_in_a_terminal(server, line, wanted):
    """Type a line in a new terminal of JupyterLab; wait for words in what it shows."""
    post = urllib.request.Request(
        f"{server.base}/api/terminals",
        data=b"{}",
        headers={"Authorization": f"token {server.token}"},
    )
    with urllib.request.urlopen(post, timeout=10) as reply:
        name = json.load(reply)["name"]
    address = server.base.replace("http", "ws", 1)
    url = f"{address}/terminals/websocket/{name}?token={server.token}"

    async def type_it():
        terminal = await websocket_connect(url)
        await terminal.write_message(json.dumps(["stdin", f"{line}\r"]))
        shown = ""
        while wanted not in shown:
            kind, *text = json.loads(await terminal.read_message())
            shown += "".join(map(str, text)) if kind == "stdout" else ""

    asyncio.run(asyncio.wait_for(type_it(), 20))


def test_a_terminal_finds_this_gradlab(lab):
    *_, server = lab
    ours = os.path.dirname(sys.executable)
    type_in_a_terminal(server, "echo first: ${PATH%%:*}.", f"first: {ours}.")


def test_settings_are_quiet_and_the_users_own_are_used(lab):
    *_, server = lab
    at = "/lab/api/settings/@jupyterlab/"
    notebook = ask(server, at + "notebook-extension:tracker")["schema"]["properties"]
    assert notebook["windowingMode"]["default"] == "none"
    assert notebook["scrollPastEnd"]["default"] is False
    news = ask(server, at + "apputils-extension:notification")["schema"]["properties"]
    assert news["fetchNews"]["default"] == "false"
    assert news["checkForUpdates"]["default"] is False
    themes = ask(server, at + "apputils-extension:themes")
    assert themes["settings"]["theme"] == "JupyterLab Dark"


def test_the_page_asks_for_no_build(lab):
    *_, server = lab
    with urllib.request.urlopen(server.url(), timeout=10) as reply:
        page = reply.read().decode()
    config = page.partition('id="jupyter-config-data"')[2].partition(">")[2]
    assert json.loads(config.partition("</script>")[0])["buildCheck"] is False


@pytest.mark.skipif(os.name == "nt", reason="a shell script as Node.js")
def test_the_start_waits_for_no_node(tmp_path):
    node = tmp_path / "node"
    node.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    node.chmod(0o755)
    path = os.pathsep.join((str(tmp_path), os.environ["PATH"]))
    start = "from gradlab.workspace.quick import skip_node, skip_slow_imports; "
    start += "skip_slow_imports(); skip_node(); import jupyterlab.labapp"
    command = [sys.executable, "-c", start]
    subprocess.run(command, env={**os.environ, "PATH": path}, check=True)
    assert not (tmp_path / "ran").exists()


def test_a_second_start_shows_the_first_one(lab, home):
    workspace, process, _, server = lab
    second = start(home, workspace, "--no-browser", "--port", "9999")
    said, _ = second.communicate(timeout=30)
    assert second.returncode == 0
    lines = said.splitlines()
    url = server.url(LESSONS[0])
    assert lines[0] == f"JupyterLab already runs for ~/work: {url}"
    assert lines[1].startswith(f"It stays on port {server.port}")
    assert f"process {process.pid}" in lines[2]
    assert state.running(workspace) == server


@pytest.mark.skipif(os.name == "nt", reason="a shell script as the browser")
def test_the_browser_gets_the_address_by_a_private_page(lab, home):
    workspace, _, _, server = lab
    browser, opened = home / "browser", home / "opened"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    browser.chmod(0o755)
    start(home, workspace, browser=browser).communicate(timeout=30)
    page = workspace / ".gradlab" / "open.html"
    assert opened.read_text().strip() == page.as_uri()
    assert page.stat().st_mode & 0o777 == 0o600
    assert server.url(LESSONS[0]) in page.read_text()


def test_ctrl_c_stops_it_and_leaves_nothing(lab):
    workspace, process, _, server = lab
    kernel = urllib.request.Request(
        f"{server.base}/api/kernels",
        data=b'{"name": "python3"}',
        headers={"Authorization": f"token {server.token}"},
    )
    urllib.request.urlopen(kernel, timeout=10).close()
    said = stop(process)
    assert process.returncode == 0
    assert "Stopping JupyterLab. What you saved is kept." in said
    assert "Traceback" not in said
    assert not server.answers()
    assert state.running(workspace) is None
    assert not (workspace / ".gradlab" / "server.json").exists()
    assert processes_with(str(workspace)) == []


def processes_with(words):
    """The arguments of Linux's processes that hold these words in their environment."""
    found = []
    for entry in os.scandir("/proc") if os.path.isdir("/proc/self") else ():
        try:
            with open(f"/proc/{entry.name}/environ", "rb") as environment:
                if f"GRADLAB_WORKSPACE={words}\0".encode() in environment.read():
                    found.append(entry.name)
        except OSError:
            continue
    return found


def test_a_server_that_is_gone_is_not_taken_for_one_that_runs(tmp_path):
    (tmp_path / ".gradlab").mkdir()
    state.note(tmp_path, state.Server(pid=1, port=free_port(), token="gone"))
    assert state.running(tmp_path) is None
    # One slow answer must not lose a server: only whoever starts the next forgets it.
    assert (tmp_path / ".gradlab" / "server.json").exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}'])
def test_a_damaged_note_does_no_harm(tmp_path, text):
    (tmp_path / ".gradlab").mkdir()
    (tmp_path / ".gradlab" / "server.json").write_text(text)
    assert state.running(tmp_path) is None


def test_only_one_process_holds_a_workspace(tmp_path):
    (tmp_path / ".gradlab").mkdir()
    with state.held(tmp_path) as first, state.held(tmp_path) as second:
        assert (first, second) == (True, False)
    with state.held(tmp_path) as again:
        assert again


def test_a_port_that_is_taken_is_named(home, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        process = start(home, tmp_path / "work", "--no-browser", "--port", str(port))
        said = said_by(process)
    assert process.returncode == 1
    assert f"gradlab: Port {port} is taken by another program." in said


@pytest.mark.parametrize("name", ["lock", "jupyter.log"])
def test_a_folder_in_the_way_of_a_file_is_named(home, tmp_path, name):
    (tmp_path / "work" / ".gradlab" / name).mkdir(parents=True)
    process = start(home, tmp_path / "work", "--no-update", "--no-browser")
    said = said_by(process)
    assert process.returncode == 1
    assert said.startswith("gradlab: Cannot use /")
    assert f".gradlab/{name}: is a directory. " in said
    assert "Traceback" not in said


@pytest.mark.slow
def test_a_page_that_cannot_be_written_leaves_the_address(home, tmp_path):
    (tmp_path / "work" / ".gradlab" / "open.html").mkdir(parents=True)
    process = start(home, tmp_path / "work", "--no-update", browser="true")
    try:
        said = read_until(process, "Open the address above in your browser yourself.")
    finally:
        stop(process)
    assert said[0].startswith("JupyterLab is ready: http")


@pytest.mark.slow
def test_two_that_start_at_once_find_a_port_each(home, tmp_path):
    pair = [start(home, tmp_path / name, "--no-browser") for name in "ab"]
    try:
        for process in pair:
            read_until(process, "Ctrl-C")
        servers = [state.running(tmp_path / name) for name in "ab"]
        assert servers[0].port != servers[1].port
    finally:
        for process in pair:
            stop(process)


def test_a_jupyterlab_that_fails_is_quoted(home, tmp_path):
    wrong = "--jupyter=--ServerApp.root_dir=/no/such/folder"
    process = start(home, tmp_path / "work", "--no-update", "--no-browser", wrong)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "gradlab: JupyterLab did not start. Its last words:" in said
    assert "/no/such/folder" in said
    assert "Traceback" not in said


@pytest.mark.slow
def test_it_works_without_a_home_to_write_to(tmp_path):
    process = start(
        Path("/dev/null/home"), tmp_path / "work", "--no-browser", cwd=tmp_path
    )
    try:
        read_until(process, "JupyterLab is ready")
    finally:
        stop(process)
    assert process.returncode == 0


@pytest.mark.slow
def test_a_server_outlives_a_killed_parent_and_is_found_again(home, tmp_path):
    workspace = tmp_path / "work"
    process = start(home, workspace, "--no-update", "--no-browser")
    read_until(process, "Ctrl-C")
    process.kill()
    process.communicate()
    again = start(home, workspace, "--no-browser")
    said, _ = again.communicate(timeout=30)
    assert "already runs" in said
    server = state.running(workspace)
    assert server.stop()
    third = start(home, workspace, "--no-update", "--no-browser")
    assert "JupyterLab is ready" in "\n".join(read_until(third, "Ctrl-C"))
    stop(third, signal.SIGTERM)
    assert third.returncode == 0
