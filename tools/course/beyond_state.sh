# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# beyond state: what pure calls hide. Called by do_beyond, in beyond.sh.

about_beyond_state() {
    cat <<'EOT'
./course beyond state              what pure calls hide: a ledger at three places, killed at the wrong moment
           --test                  the same as tests: how often it counts twice, with each cure
           --measure [prices] [counts]  and what each cure costs, measured on this machine
    libsqlite3-dev, python3, and what steps 06 and 08 need: 5 MB besides
EOT
}

packages_for_state() {
    packages_for_run
    echo libsqlite3-dev python3
}

do_beyond_state() {
    local here=beyond/state build=build/beyond_state status=0 lock
    local todo=${1:-show}
    case $todo in
        show) set -- "$here/driver/show.py" "$build" ;;
        --test) set -- ctest --test-dir "$build" --output-on-failure --no-tests=error -j $((2 * $(nproc))) ;;
        --measure) set -- "$here/driver/measure.py" "$build" "${@:2}" ;;
        *) fail 2 "beyond state takes --test or --measure" ;;
    esac
    do_setup state
    mkdir -p "$root/build"
    exec {lock}>"$root/build/.lock"
    flock "$lock"
    quietly cmake -S "$here" --preset default
    quietly cmake --build "$build"
    exec {lock}>&-
    say "+ $*"
    start_in_root "$@"
    attend : || status=$?
    exit "$status"
}
