# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# beyond state: what pure calls hide. Called by do_beyond, in beyond.sh.

about_beyond_state() {
    cat <<'EOT'
./course beyond state              what pure calls hide: a ledger at three places, killed at the wrong moment
           --test                  the same as tests: how often it counts twice, with each cure
           --sanitize              some of them under the sanitizers, for addresses and for threads
           --measure [prices] [counts]  and what each cure costs, measured on this machine
    libsqlite3-dev, python3, and what steps 06 and 08 need: 5 MB besides
EOT
}

packages_for_state() {
    packages_for_run
    echo libsqlite3-dev python3
}

do_beyond_state() {
    local here=beyond/state build=build/beyond_state status=0 lock sanitizer
    local todo=${1:-show}
    case $todo in
        show) set -- "$here/driver/show.py" "$build" ;;
        --test) set -- ctest --test-dir "$build" --output-on-failure --no-tests=error -j $((2 * $(nproc))) ;;
        --measure) set -- "$here/driver/measure.py" "$build" "${@:2}" ;;
        --sanitize) ;;
        *) fail 2 "beyond state takes --test, --sanitize or --measure" ;;
    esac
    do_setup state
    if [[ $todo == --sanitize ]]; then
        export LSAN_OPTIONS=suppressions=$root/tests/lsan.supp:print_suppressions=0
        export TSAN_OPTIONS=suppressions=$root/tests/tsan.supp
        for sanitizer in address thread; do
            quietly cmake -S "$here" --preset "$sanitizer"
            quietly cmake --build "$build-$sanitizer"
            start_in_root ctest --test-dir "$build-$sanitizer" --output-on-failure --no-tests=error -j $((2 * $(nproc))) \
                -R 'unit|killed.*transaction|late.broker.transaction|two'
            attend : || exit $?
        done
        exit
    fi
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
