# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# What a step needs besides its app: started before it, ended after it.

# start NAME COMMAND...: in the background, away from the terminal's Ctrl-C, which is for the app. Ends
# with this script, even if that is killed.
start() {
    local name=$1
    shift
    touch "$tmp/$name.out" "$tmp/$name.err"
    setsid setpriv --pdeathsig TERM "$@" </dev/null >>"$tmp/$name.out" 2>>"$tmp/$name.err" &
    parts+=($!)
}

# until_ready NAME COMMAND...: waits for the command to succeed; what NAME said if it does not.
until_ready() {
    local name=$1 deadline=$((SECONDS + 10))
    shift
    until "$@"; do
        if ! kill -0 "${parts[-1]}" 2>/dev/null || ((SECONDS > deadline)); then
            cat "$tmp/$name.err" >&2
            fail 3 "$name did not start"
        fi
        sleep 0.02
    done
}

# Each of these leaves what it found in $answer.

first_line() {
    read -r answer <"$tmp/$1.out"
}

healthy_url() {
    first_line "$1" || return 1
    local host_port=${answer#http://} status
    exec 3<>"/dev/tcp/${host_port%:*}/${host_port##*:}" || return 1
    printf 'GET /health HTTP/1.0\r\n\r\n' >&3
    read -r -t 2 status <&3 || status=
    exec 3>&-
    [[ $status == *" 200 "* ]]
}

broker_url() {
    answer=$(sed -n 's/.*"nats":\["\([^"]*\)"\].*/\1/p' "$tmp"/nats-server_*.ports 2>/dev/null)
    [[ $answer ]]
}

start_parts() {
    local bin answer
    bin=$(bin_of "$1")
    case $1 in
        07)
            start service1 "$bin/service1" --quiet --listen 127.0.0.1:0
            until_ready service1 healthy_url service1
            export SERVICE1_URL=$answer
            start service2 "$bin/service2" --quiet --listen 127.0.0.1:0
            until_ready service2 healthy_url service2
            export SERVICE2_URL=$answer
            ;;
        08)
            start nats-server nats-server -a 127.0.0.1 -p -1 --ports_file_dir "$tmp"
            until_ready nats-server broker_url
            export NATS_URL=$answer
            start service1 "$bin/service1" --quiet
            until_ready service1 first_line service1
            start service2 "$bin/service2" --quiet
            until_ready service2 first_line service2
            ;;
    esac
}

stop_parts() {
    local i pid deadline=$((SECONDS + 3))
    for ((i = ${#parts[@]} - 1; i >= 0; --i)); do  # the broker last
        pid=${parts[i]}
        kill -TERM "$pid" 2>/dev/null || continue
        while kill -0 "$pid" 2>/dev/null; do
            ((SECONDS <= deadline)) || kill -KILL "$pid" 2>/dev/null || true
            sleep 0.02
        done
    done
    parts=()
}
