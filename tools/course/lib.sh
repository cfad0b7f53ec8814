# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# Saying and running.

fail() {
    echo "course: $2" >&2
    exit "$1"
}

say() {
    [[ $silent ]] || echo "$*" >&2
}

on_signal() {
    signal=$1
    [[ $child ]] || exit $((128 + $(kill -l "$signal")))
    kill -s "$signal" -- "$child" 2>/dev/null || true
}

# Waits for the child, calling $1 meanwhile; its exit status.
attend() {
    while kill -0 "${child#-}" 2>/dev/null; do
        "$1"
        sleep 0.02
    done
    local status=0
    wait "${child#-}" || status=$?
    child=
    return "$status"
}

# Starts a command at the root, in a session of its own, so that a signal can end all that it starts.
start_in_root() {
    local session=(setsid)
    [[ $1 != sudo ]] || session=()  # which may ask for a password on the terminal
    (cd "$root" && exec "${session[@]}" env --default-signal=INT,QUIT "$@") </dev/null &
    child=${session:+-}$!
}

# Runs a command at the root and hides its output unless it fails.
quietly() {
    local began=$SECONDS shown=
    say "+ $*"
    start_in_root "$@" >"$tmp/log" 2>&1
    local status=0
    attend show_progress || status=$?
    [[ ! $shown ]] || printf '\r\033[K' >&2
    if ((status)); then
        [[ ! $signal ]] || exit $((128 + $(kill -l "$signal")))
        grep -vE '^\[[0-9]+/[0-9]+\] ' "$tmp/log" >&2 || true
        fail 1 "failed: $*"
    fi
}

# On a terminal: after three seconds, the last line of the log.
show_progress() {
    ((SECONDS - began >= 3)) && [[ -t 2 ]] || return 0
    local line
    line=$(tail -n 1 "$tmp/log")
    [[ $line != "$shown" ]] || return 0
    shown=$line
    printf '\r\033[K%s' "${line:0:79}" >&2
}
