"""The ways: from a complaint to the line, by what an engineer types. Each returns file and line, or None if nothing is found."""

import re

from lab import STEPS, Lost, descriptors_of

NEXT = "-ex next -ex next -ex next -ex 'info locals' -ex finish"
STOP = "-ex 'set breakpoint pending on' -ex 'break Component1::process if input == {}'"


def number_of(step):
    return STEPS.index(step)


# A wrong answer once in a while: a value for which it is wrong, the process that it comes from, the debugger with a condition.

def wrong(case):
    step = number_of(case.step)
    case.start_services()
    last, jobs = (5000, " --jobs 8") if step == 8 else (1000, "")
    printed = case.type("the output", f"seq {last} | bin/app -q{jobs} - > out; awk '/^Input/ {{ i = $3 }} /^Component1 r/ && $6 + 0 != 2 * i "
                                      "{ print i, $6 }' out")
    case.afterwards = "which values, in the output" if printed.strip() else ""
    value = int(printed.split()[0]) if printed.strip() else 123
    case.prepare("debug symbols")
    if step < 6:
        printed = case.type("the app", f"gdb -q -batch {STOP.format(value)} -ex run {NEXT} --args bin/app -q {value}")
    elif step == 6:
        request = f'{{"id":1,"op":"process","params":{{"input":{value}}}}}'
        case.type("service1", f"echo '{request}' | tee request | bin/service1 -q")
        printed = case.type("service1", f"gdb -q -batch {STOP.format(value)} -ex 'run -q < request' {NEXT} bin/service1")
    elif step == 7:
        case.prepare("ids in all logs")
        case.type("the app's story", f"bin/app {value} 2>&1 > out | grep process")
        printed = case.type("the journal of the services", "grep -- \"$(tail -n 1 journal | grep -o '[0-9]*-[0-9]*:')\" journal")
        if case.afterwards and "service1" in printed:
            case.afterwards += "; who answered, in the journal"
        ask = f"curl -sm 20 --json '{{\"input\":{value}}}' $SERVICE1_URL/process"
        case.type("service1", f"{ask}; echo")
        printed = attached(case, "$service1", ask, value)
    else:
        case.prepare("ids in all logs", "one journal", "the broker's monitoring")
        case.type("the output", f"for i in {{1..20}}; do bin/app -q {value} | grep -o '{{ value: [0-9]*'; done | sort | uniq -c")
        connections(case)
        told = case.type("the journal of all workers", f"for i in {{1..10}}; do echo $(bin/app -q {value} | grep -o '{{ value: [0-9]*') "
                                                       "'<-' $(grep ': process' journal | tail -n 1); done")
        if not (liar := re.search(rf"value: (?!{2 * value}\b)-?\d+ .*\(pid (\d+)\)", told)):
            liar = re.search(r"\(pid (\d+)\)", told)
        case.environment["pid"] = liar[1]
        printed = attached(case, "$pid", f"bin/app -q {value}", value)
    return stepped(printed, value)


def attached(case, pid, ask, value):
    """The request comes again and again, so one comes when the breakpoint is set."""
    return case.type(f"worker {pid}" if pid == "$pid" else "service1",
                     f"(while sleep .2; do {ask}; done) &>/dev/null & gdb -q -batch -p {pid} {STOP.format(value)} -ex continue {NEXT}; kill $!")


def stepped(printed, value):
    """What was returned is wrong: then the last line before `return` is the one that made it so."""
    returned = re.search(r"Value returned is .*?value = (-?\d+)", printed)
    if not returned:
        raise Lost("the debugger does not come to the end of the function:\n" + printed)
    if int(returned[1]) == 2 * value:
        return None
    file = re.search(r"Component1::process \(.* at (?:\S*/)?(\w+\.cpp):\d+", printed)
    lines = re.findall(r"^(\d+)\t(.*)$", printed, re.MULTILINE)
    at_return = next(i for i, (_, text) in enumerate(lines) if "return" in text)
    return file[1], int(lines[at_return - 1][0])


# Slow once in a while: it waits or it computes; which call waits, and who makes it; the address as a line.

TRACED = "strace -f -T -k -e trace=clock_nanosleep"
FIRST = "grep -m 1 -A 4 'nanosleep.*<0.[1-9]'"


def slow(case):
    step = number_of(case.step)
    case.start_services()
    jobs = " --jobs 4" if step == 8 else ""
    case.type("the output", f"time (seq 400 | bin/app -q{jobs} - > out)")
    case.prepare("debug symbols")
    if step < 7:
        printed = case.type("the app" if step < 6 else "the app, service1, service2", f"seq 200 | {TRACED} bin/app -q - 2>&1 > out | {FIRST}")
    elif step == 7:
        for service, body in (("service1", '{"input":1}'), ("service2", '{"value":1}')):
            operation = "process" if service == "service1" else "transform"
            case.type(service, f"curl -so /dev/null -w '%{{time_total}}\\n' --json '{body}' \"${service.upper()}_URL/{operation}?[1-100]\" | sort -n | "
                               "awk '{ t[NR] = $1 } END { print \"median\", t[50], \"slowest\", t[100] }'")
        load = "curl -so /dev/null --json '{\"input\":1}' \"$SERVICE1_URL/process?[1-2000]\" 2>/dev/null >/dev/null"
        printed = case.type("service1", f"{load} & timeout 5 {TRACED} -p $service1 2>&1 | {FIRST}; kill $!")
    else:
        case.prepare("the broker's monitoring")
        pids = connections(case)
        traced = " ".join(f"-p {pid}" for pid in pids)
        printed = case.type("two workers", f"seq 3000 | bin/app -q --jobs 4 - &>out & timeout 5 {TRACED} {traced} 2>&1 | {FIRST}; kill $!")
    case.afterwards = timed_in_logs(case)
    return called_from(case, printed)


def timed_in_logs(case):
    """Whether any line that was written says how long something took."""
    text = "".join(file.read_text() for file in (case.folder / "out", case.folder / "journal") if file.is_file())
    return "how long, in the logs" if re.search(r"\d (us|ms|s)\b", text) else ""


def called_from(case, printed):
    """An address on the stack is where a call returns to, so the call is one byte before it."""
    if not (frame := re.search(r"> (\S+)\(Component1::process\(int\) const\+\w+\) \[(0x[0-9a-f]+)\]", printed)):
        return None
    case.environment["program"], case.environment["address"] = frame[1], frame[2]
    printed = case.type(case.places[-1], f"addr2line -Cfpe {short(case, frame[1])} $(printf %x $(({frame[2]} - 1)))")
    found = re.search(r"(\w+\.cpp):(\d+)", printed)
    return (found[1], int(found[2])) if found else None


def short(case, program):
    """As it is typed: bin/... where it is there."""
    return program.replace(f"{case.tree.bin(case.step)}/", "bin/")


# Something is used up: that it is, and in which process; what it is; who takes it.

def leak(case):
    step = number_of(case.step)
    case.start_services(128)
    if step < 6:
        case.type("the output", "(ulimit -n 64; seq 100 | bin/app -q - | tail -n 2)")
        case.prepare("debug symbols")
        failed_in_words(case)
        for option in ("", " --keep-debuginfo=yes")[:1 + (step == 5)]:  # a plugin has been unloaded when valgrind reports
            printed = case.type("the app", f"seq 3 | valgrind -q --track-fds=yes{option} bin/app -q - 2>&1 > out | grep -m 1 -A 2 '/dev/null$'")
            if found := opened(printed):
                return found
        return None
    case.prepare("debug symbols")
    if step == 6:
        case.type("the output", "(ulimit -n 64; seq 100 | bin/app -q --restarts 0 - | tail -n 2)")
        failed_in_words(case)
        case.type("the app, service1, service2",
                  "(seq 200; sleep 30) 2>/dev/null | bin/app -q - &>out & until grep -q 'value: 400,' out; do sleep .1; done; "
                  "pstree -p $!; for pid in $! $(pgrep -P $!); do echo $(cat /proc/$pid/comm) $(ls /proc/$pid/fd | wc -l); done; kill $!")
        request = '{"id":1,"op":"process","params":{"input":1}}'
        printed = case.type("service1", f"echo '{request}' | valgrind -q --track-fds=yes bin/service1 -q 2>&1 > out | grep -m 1 -A 2 '/dev/null$'")
        return opened(printed)
    if step == 7:
        case.type("the output", "seq 200 | bin/app --deadline 300 - 2>&1 > out | tail -n 2")
        pids = [case.environment["service1"], case.environment["service2"]]
        names = ["service1", "service2"]
        case.environment["pids"] = " ".join(pids)
        ask = "bin/app -q --deadline 300 1"
    else:
        case.prepare("the broker's monitoring")
        case.type("the output", "seq 400 | bin/app - 2>&1 > out | tail -n 3; grep -c ^Analysis out")
        pids, names = connections(case), ["two workers"]
        ask = "bin/app -q 1"
    failed_in_words(case)
    printed = case.type(", ".join(names), f"for pid in {' '.join(pids)}; do echo $pid $(ls -l /proc/$pid/fd | awk '{{ print $NF }}' | sort | uniq -c | sort -n | tail -n 1); done")
    full = {pid: descriptors_of(pid).count("/dev/null") for pid in pids}
    holder = max(full, key=full.get)
    if full[holder] > 50:
        case.afterwards += "; " * bool(case.afterwards) + "what is open, in /proc"
    printed = case.type(names[-1] if step == 8 else "service1",
                        f"(while sleep .2; do {ask}; done) &>/dev/null & timeout 3 strace -f -k -e trace=openat -p {holder} 2>&1 | grep -m 1 -A 3 /dev/null; kill $!")
    return called_from(case, printed)


def failed_in_words(case):
    """Whether what the user saw says what failed."""
    if "cannot open" in "".join(case.typed[0]["printed"]):
        case.afterwards = "what failed, in a message"


def opened(printed):
    found = re.search(r"Component1::process.*\((\w+\.cpp):(\d+)\)", printed)
    return (found[1], int(found[2])) if found else None


# Step 08: who answers at all. The broker knows connections, and the kernel knows whose they are.

def connections(case):
    """The processes that take `service.process`."""
    printed = case.type("the broker", "curl -s \"$MONITOR/connz?subs=1\" | grep -E '\"(port|name|pending_bytes|in_msgs|out_msgs)\"|service.process'")
    ports, port = [], None
    for line in printed.splitlines():
        if match := re.search(r'"port": (\d+)', line):
            port = match[1]
        elif "service.process" in line:
            ports.append(port)
    if not ports:
        raise Lost("the broker knows nobody who takes service.process:\n" + printed)
    printed = case.type("the kernel", "ss -tnpH dst ${NATS_URL#nats://} | awk '{ print $4, $6 }'")
    pids = [found[1] for port in ports if (found := re.search(rf":{port} .*pid=(\d+)", printed))]
    if len(pids) != len(ports):
        raise Lost("the kernel does not say whose the connections are:\n" + printed)
    return pids


WAYS = {"wrong": wrong, "slow": slow, "leak": leak}


# The exercise: with what it grows, in which call, and who takes the memory.

def exercise(case):
    case.start_services()
    case.type("service1", "for value in 7 -7; do yes -- $value | head -n 400 | bin/app -q - > out; "
                          "echo after 400 times $value: $(ps -o rss= -p $service1) KB; done")
    case.type("service1", "for ask in 'process {\"input\":-7}' 'validate {\"value\":-14,\"processed\":true}'; do "
                          "curl -so /dev/null --json \"${ask#* }\" \"$SERVICE1_URL/${ask% *}?[1-400]\"; "
                          "echo after ${ask% *}: $(ps -o rss= -p $service1) KB; done")
    printed = case.type("service1", "valgrind -q --leak-check=full bin/service1 -q --listen 127.0.0.1:0 2> found > url & until [ -s url ]; do sleep .1; done; "
                                    "curl -so /dev/null --json '{\"value\":-14,\"processed\":true}' \"$(cat url)/validate?[1-5]\"; "
                                    "kill $!; wait $!; grep -A 2 'definitely lost' found")
    found = re.search(r"Component1::\w+.*\((\w+\.cpp):(\d+)\)", printed)
    return (found[1], int(found[2])) if found else None


WAYS["exercise"] = exercise
