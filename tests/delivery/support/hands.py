# Sees and works the application from outside, as an assistive technology does (AT-SPI): no debugging port is open in a packed
# application. Reads one JSON request a line, answers one JSON line. It knows no screen of the application.
import json
import re
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

HIDDEN = 20000


def children(node):
    try:
        for at in range(min(node.get_child_count(), 2000)):
            child = node.get_child_at_index(at)
            if child is not None:
                yield child
    except Exception:  # The node went away while it was looked at.
        return


def role_of(node):
    try:
        return node.get_role_name()
    except Exception:  # As above.
        return ""


def walk(node, depth=0):
    yield node, depth
    # What stands in a closed list of choices is nothing that a test looks for, and takes long to walk.
    if depth > 60 or role_of(node) in ("combo box", "menu"):
        return
    for child in children(node):
        yield from walk(child, depth + 1)


def applications(name):
    # What was read before is forgotten: a tree that was asked for while it was built would stay half for good.
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    for app in children(desktop):
        app.clear_cache()
        if name in (app.get_name() or ""):
            yield app


def facts(node):
    states = node.get_state_set()
    extents = node.get_extents(Atspi.CoordType.SCREEN)
    return {
        "role": node.get_role_name(),
        "name": node.get_name(),
        "enabled": states.contains(Atspi.StateType.ENABLED) or states.contains(Atspi.StateType.SENSITIVE),
        "showing": states.contains(Atspi.StateType.SHOWING),
        "focused": states.contains(Atspi.StateType.FOCUSED),
        "box": [extents.x, extents.y, extents.width, extents.height],
        "text": text_of(node),
    }


def text_of(node):
    try:
        if "Text" in node.get_interfaces():
            return Atspi.Text.get_text(node, 0, min(Atspi.Text.get_character_count(node), HIDDEN))
    except Exception:
        return ""
    return ""


def fits(node, request):
    try:
        if "role" in request and node.get_role_name() not in request["role"].split("|"):
            return False
        name = node.get_name() or ""
        if "name" in request and not re.search(request["name"], name):
            return False
        if "holds" in request and not re.search(request["holds"], text_of(node)):
            return False
        if request.get("enabled", True):
            states = node.get_state_set()
            if not (states.contains(Atspi.StateType.ENABLED) or states.contains(Atspi.StateType.SENSITIVE)):
                return False
        return True
    except Exception:
        return False


def search(request):
    for app in applications(request.get("app", "")):
        for node, _ in walk(app):
            if fits(node, request):
                return node
    return None


def wait_for(request):
    end = time.time() + request.get("wait", 30)
    while True:
        node = search(request)
        if node is not None or time.time() > end:
            return node
        time.sleep(0.2)


def place(node):
    """Where a node stays and can be pressed; None while it moves, is hidden or cannot be."""

    def look():
        states = node.get_state_set()
        box = facts(node)["box"]
        usable = states.contains(Atspi.StateType.ENABLED) and states.contains(Atspi.StateType.SENSITIVE)
        if not states.contains(Atspi.StateType.SHOWING):
            Atspi.Component.scroll_to(node, Atspi.ScrollType.ANYWHERE)
            return None
        return box if usable and min(box[2:]) > 0 else None

    try:
        before = look()
        time.sleep(0.15)
        return before if before is not None and before == look() else None
    except Exception:  # The node went away while it was looked at.
        return None


def window_name(node):
    while node is not None and node.get_role_name() not in ("frame", "dialog", "window"):
        node = node.get_parent()
    return "" if node is None else node.get_name() or ""


def press_by_mouse(node, box):
    name = window_name(node)
    if name != "" and not focus_window({"name": f"^{re.escape(name)}$", "wait": 5}):
        return False
    x, y, width, height = box
    keys("mousemove", "--sync", str(x + width // 2), str(y + height // 2), "click", "1")
    return True


def press(request):
    """Presses a node once it stays where it is: by its own action, by the mouse where it has none. What comes of it is not known here."""
    end = time.time() + request.get("wait", 30)
    found = False
    while True:
        node = search(request)
        box = None if node is None else place(node)
        if box is not None:
            found = True
            action = node.get_action_iface()
            acts = action is not None and action.get_n_actions() > 0
            if action.do_action(0) if acts else press_by_mouse(node, box):
                return {"found": True, "done": True, "how": "action" if acts else "mouse"}
        if time.time() > end:
            return {"found": found or node is not None, "done": False}
        time.sleep(0.2)


def take_picture(request):
    """The whole screen as a file."""
    subprocess.run(["scrot", "--overwrite", request["text"]], check=True, timeout=60)
    return True


def keys(*args):
    subprocess.run(["xdotool", *args], check=True, timeout=60, stdout=subprocess.DEVNULL)


def focus_window(request):
    """Without a window manager nobody else gives a window the keyboard. False when no such window comes to be."""
    end = time.time() + request.get("wait", 30)
    while time.time() < end:
        asked = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", request["name"]], capture_output=True, timeout=60
        )
        for window in asked.stdout.split():
            keys("windowraise", window, "windowfocus", window)
            return True
        time.sleep(0.2)
    return False


def is_shown(name):
    asked = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", name], capture_output=True, timeout=60)
    return asked.stdout.strip() != b""


def choose_file(request):
    """Gives a path to the system's file dialog, which tells nothing of itself: done when its window is gone."""
    if not focus_window(request):
        return False
    # The first stroke opens the dialog's line for a path; what follows too fast is lost, so all is typed again.
    keys("key", "slash")
    for _ in range(10):
        time.sleep(0.5)
        keys("key", "--clearmodifiers", "ctrl+a")
        keys("type", "--clearmodifiers", "--delay", "20", request["text"])
        keys("key", "Return")
        if holds(lambda: not is_shown(request["name"])):
            return True
        # A complaint about a path that arrived in pieces.
        keys("key", "Return")
    return False


def holds(test, seconds=5):
    end = time.time() + seconds
    while not test():
        if time.time() > end:
            return False
        time.sleep(0.1)
    return True


def fill(node, request):
    """Types into a field and looks whether it arrived; the keyboard follows the focus a little later than it is asked."""
    wanted = request["text"]
    for _ in range(5):
        node.get_component_iface().grab_focus()
        if not holds(lambda: node.get_state_set().contains(Atspi.StateType.FOCUSED)):
            continue
        keys("key", "--clearmodifiers", "ctrl+a")
        keys("type", "--clearmodifiers", "--delay", "20", wanted)
        if request.get("secret") or holds(lambda: text_of(node).strip() == wanted):
            return True
    return False


def answer(request):
    act = request["do"]
    if act == "dump":
        lines = []
        for app in applications(request.get("app", "")):
            for node, depth in walk(app):
                one = facts(node)
                lines.append(f"{'  ' * depth}{one['role']} «{one['name']}» {one['text'][:80]!r}")
        return {"lines": lines}
    if act == "apps":
        return {"apps": [app.get_name() for app in children(Atspi.get_desktop(0))]}
    if act == "window":
        return {"found": focus_window(request)}
    if act == "choose":
        return {"found": choose_file(request)}
    if act == "key":
        keys("key", "--clearmodifiers", request["keys"])
        return {"found": True}
    if act == "type":
        keys("type", "--clearmodifiers", "--delay", "20", request["text"])
        return {"found": True}
    if act == "press":
        return press(request)
    if act == "picture":
        return {"found": take_picture(request)}
    node = wait_for(request)
    if node is None:
        return {"found": False}
    if act == "find":
        return {"found": True, **facts(node)}
    if act == "focus":
        node.get_component_iface().grab_focus()
        return {"found": True, "done": holds(lambda: node.get_state_set().contains(Atspi.StateType.FOCUSED), 30)}
    if act == "fill":
        return {"found": True, "done": fill(node, request)}
    raise ValueError(act)


for line in sys.stdin:
    try:
        result = answer(json.loads(line))
    except Exception as error:  # Whatever went wrong is the test's to tell.
        result = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(result, ensure_ascii=False), flush=True)
