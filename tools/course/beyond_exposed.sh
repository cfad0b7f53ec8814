# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# beyond exposed: step 07's services where strangers reach them, behind a proxy. Called by do_beyond, in beyond.sh.

about_beyond_exposed() {
    cat <<'EOT'
./course beyond exposed            open to strangers: step 07 behind HAProxy, which its app runs through
           --serve                 keeps services and proxy up, to try by hand, until Ctrl-C
           --test [--long]         attacks, each alone and behind the proxy; kills, reloads, overload; --long: all of each
           --measure [PART...]     all of it in full, and what the proxy costs, to measured.json: half an hour
    haproxy, nginx-light, wrk, openssl, curl, python3, and what steps 07 and 08 need: 12 MB besides
EOT
}

packages_for_exposed() {
    packages_for_run
    echo haproxy nginx-light wrk openssl curl python3
}

do_beyond_exposed() {
    local build=$root/build/beyond/exposed status=0 labels=(-LE long)
    local todo=${1:-show}
    [[ ${2:-} != --long ]] || labels=()
    case $todo in
        show | --serve | --measure | --test) ;;
        *) fail 2 "beyond exposed takes --serve, --test, --test --long or --measure" ;;
    esac
    do_setup exposed
    need exposed haproxy nginx wrk openssl curl python3 nats-server
    [[ $todo != --measure ]] || preset=release
    configure
    need_steps exposed 07 08
    # shellcheck disable=SC2046
    build step00_app harness $(programs_of 07) $(programs_of 08)
    set -- "$root/beyond/exposed/exposed" "$root/build/$preset" "${todo#--}" "${@:2}"
    if [[ $todo == --test ]]; then
        quietly cmake -S "$root/beyond/exposed" -B "$build" -D "STEPS=$root/build/$preset"
        set -- ctest --test-dir "$build" --output-on-failure --no-tests=error -j 4 "${labels[@]}"
    fi
    say "+ $*"
    start_in_root "$@"
    attend : || status=$?
    exit "$status"
}
