"""Runs a command on a terminal of its own, as a person at a keyboard does.

typist.py COLUMNSxROWS STEPS COMMAND...   STEPS is a JSON list: {"see": text}, {"type": text}, {"resize": [columns, rows]}, {"signal": n},
{"end": true}. It prints JSON: what was shown, how the command ended, and whether the terminal's modes are as before.
"""
import fcntl, json, os, pty, select, signal, struct, sys, termios, time

PATIENCE = 25
columns, rows = map(int, sys.argv[1].split("x"))
steps, command = json.loads(sys.argv[2]), sys.argv[3:]


def resize(fd, columns, rows):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


master, slave = pty.openpty()
resize(slave, columns, rows)
before = termios.tcgetattr(slave)
child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in range(3):
        os.dup2(slave, fd)
    os.close(master)
    os.execvp(command[0], command)

shown, seen, status, problem = b"", 0, None, None


def read(patience):
    global shown
    if select.select([master], [], [], patience)[0]:
        shown += os.read(master, 65536)


for step in steps:
    started = time.monotonic()
    if "see" in step:
        wanted = step["see"].encode()
        while wanted not in shown[seen:] and time.monotonic() - started < PATIENCE:
            read(0.1)
        if wanted not in shown[seen:]:
            problem = f"not seen: {step['see']}"
            break
        seen = shown.index(wanted, seen) + len(wanted)
    elif "type" in step:
        os.write(master, step["type"].encode())
    elif "resize" in step:
        resize(master, *step["resize"])
    elif "signal" in step:
        os.kill(child, step["signal"])
    elif "end" in step:
        while status is None and time.monotonic() - started < PATIENCE:
            read(0.05)
            done, code = os.waitpid(child, os.WNOHANG)
            if done:
                status = os.waitstatus_to_exitcode(code)
        read(0.1)

if status is None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
print(json.dumps({"shown": shown.decode(errors="replace"), "status": status, "restored": termios.tcgetattr(slave) == before, "problem": problem}))
