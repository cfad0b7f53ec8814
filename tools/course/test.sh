# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# test

do_test() {
    local step='' labels='slow|long' targets=(all) select=() jobs
    jobs=$(nproc)
    while (($#)); do
        case $1 in
            --long)
                labels=''
                jobs=$((2 * jobs))  # the long ones wait a good deal, or count as two
                ;;
            -*) fail 2 "unknown option '$1'; try ./course help" ;;
            *) step=$(step_number "$1") ;;
        esac
        shift
    done
    do_setup test
    if [[ $step ]]; then
        select=(-R "^step$step")
        targets=("$(folder_of "$step")/all" tests/all step00_app)
    fi
    configure
    build "${targets[@]}"
    [[ ! $labels ]] || select+=(-LE "$labels")
    [[ ! -t 1 ]] || select+=(--progress)
    set -- ctest --preset dev -j "$jobs" "${select[@]}"
    say "+ $*"
    start_in_root "$@"
    local status=0
    attend : || status=$?
    [[ $signal ]] || say_what_is_left_out
    exit "$status"
}

# What no test of these has looked at, and the command that does.
say_what_is_left_out() {
    [[ ! $labels ]] || say "Left out: the slow ones; with them: ./course test ${step:+$step }--long"
    [[ ! $step ]] || return 0
    local part
    for part in $(beyond_parts); do
        say "Left out: beyond/$part; its tests: ./course beyond $part --test"
    done
    say "Left out: the text, whether it is up to date: ./course docs --check"
    say "Left out: the site: ./course site --check"
}
