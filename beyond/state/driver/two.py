"""Two components with a state each: with one transaction, without one, and with an outbox."""

import tempfile
import threading

from places import Case

FIRST, LAST = 4900, 5099  # billing takes the first half, and refuses the other
EVERY = 20                # of the values one is killed at


def look(case, bills="billing.db"):
    """What a reader sees: orders that count, and bills."""
    counted, = case.rows("SELECT coalesce(sum(count), 0) FROM counts")[0]
    billed, = case.rows("SELECT count(*) FROM bills", bills)[0]
    return {"counted": counted, "billed": billed}


class Reader:
    """Reads both tables in one query again and again, as long as it is open; keeps what did not fit."""

    def __init__(self, case):
        self.case, self.torn, self.looks, self.ended = case, 0, 0, threading.Event()
        self.thread = threading.Thread(target=self._read)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()

    def _read(self):
        query = "SELECT (SELECT coalesce(sum(count), 0) FROM counts), (SELECT count(*) FROM bills)"
        while not self.ended.wait(0.002):
            try:
                counted, billed = self.case.rows(query)[0]
            except Exception:  # the tables are not there yet
                continue
            self.looks += 1
            self.torn += counted != billed


def together(build):
    with tempfile.TemporaryDirectory() as folder:
        case = Case(build, folder, plant="kill", every=EVERY)
        case.environment["LEDGER_SYNC"] = "FULL"  # which is slow enough for a reader
        with Reader(case) as reader:
            case.insist("sell-here", FIRST, LAST)
        return look(case, "ledger.db") | {"killed": case.killed(), "torn": reader.torn, "looks": reader.looks}


def apart(build):
    with tempfile.TemporaryDirectory() as folder:
        case = Case(build, folder, cure="transaction", plant="kill", every=EVERY)
        with case.broker("ledger-broker", "billing-broker", planted=False):
            case.insist("sell-apart", FIRST, LAST)  # goes on with the next value: this caller has gone
        return look(case) | {"killed": case.killed()}


def without_billing(build):
    with tempfile.TemporaryDirectory() as folder:
        case = Case(build, folder, cure="outbox")
        with case.broker("ledger-broker"):
            case.insist("ask-broker", 1, 10)
            relay = case.run("relay", allowed=(3,))[0]
        left, = case.rows("SELECT count(*) FROM outbox")[0]
        cancelled, = case.rows("SELECT count(*) FROM cancelled")[0]
        counted, = case.rows("SELECT coalesce(sum(count), 0) FROM counts")[0]
        return {"relay": relay, "left": left, "counted": counted, "cancelled": cancelled}


def with_outbox(build):
    with tempfile.TemporaryDirectory() as folder:
        case = Case(build, folder, cure="outbox", plant="kill", every=EVERY)
        with case.broker("ledger-broker", "billing-broker", planted=False):
            case.insist("ask-broker", FIRST, LAST)
            between = look(case)
            while case.run("relay")[0] != 0:  # killed: started again
                pass
        cancelled, = case.rows("SELECT count(*) FROM cancelled")[0]
        left, = case.rows("SELECT count(*) FROM outbox")[0]
        return look(case) | {"killed": case.killed(), "between": between, "cancelled": cancelled, "left": left}
