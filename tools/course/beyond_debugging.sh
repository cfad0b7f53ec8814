# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# beyond debugging: what it takes to find a fault. Called by do_beyond, in beyond.sh.

about_beyond_debugging() {
    cat <<'EOT'
./course beyond debugging          the fourth ladder: plants three faults in each step, and finds them by their ways
           --test                  also without the faults, the metrics, the exercise: fails where a tool finds
                                   another line, or none
           --exercise              programs of step 07 with a fourth fault, without its source
           --measure               all of it, one at a time, to measured.json: five minutes
    gdb, valgrind, strace, patch, psmisc, prometheus, prometheus-cpp-dev, and what steps 06 to 08 need: 350 MB besides
EOT
}

packages_for_debugging() {
    packages_for_run
    echo gdb valgrind strace binutils patch psmisc procps iproute2 curl python3
    echo prometheus prometheus-cpp-dev
}

do_beyond_debugging() {
    local todo=${1:-show} status=0
    case $todo in
        show | --build | --test | --measure) todo=${todo#--} ;;
        --exercise) todo=give ;;
        *) fail 2 "beyond debugging takes --test, --exercise or --measure" ;;
    esac
    do_setup debugging
    need debugging gdb valgrind strace addr2line patch pstree pgrep ss curl python3 nats-server prometheus
    set -- beyond/debugging/debugging build/beyond/debugging "$todo" "${@:2}"
    say "+ $*"
    start_in_root "$@"
    attend : || status=$?
    exit "$status"
}
