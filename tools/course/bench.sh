# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# bench

do_bench() {
    preset=release
    [[ ${1:-} == @(-h|--help) ]] || {
        do_setup bench
        configure
        build bench
    }
    start_in_root bench/measure.py "$@"
    local status=0
    attend : || status=$?
    exit "$status"
}
