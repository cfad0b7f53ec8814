# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# beyond languages: a component in another language on the other side. Called by do_beyond, in beyond.sh.

about_beyond_languages() {
    cat <<'EOT'
./course beyond languages          the steps' own apps, with a component in C, Python, JavaScript
           --test [--long]         contract, faults, chaos with it; what languages do not agree about; --long: all arrangements
           --measure               what each language costs beside C++, to measured.json: a minute
    python3, python3-jsonschema, nodejs, npm, and what steps 05 to 08 need: 200 MB besides, nearly all of it npm and node
EOT
}

packages_for_languages() {
    packages_for_run
    echo gcc python3 python3-jsonschema
    command -v node >/dev/null || echo nodejs  # they may be there from elsewhere
    command -v npm >/dev/null || echo npm
}

do_beyond_languages() {
    local here=beyond/languages build=$root/build/beyond/languages status=0 labels=(-LE long) lock
    local todo=${1:-show}
    [[ ${2:-} != --long ]] || labels=()
    case $todo in
        show | --test | --measure) ;;
        *) fail 2 "beyond languages takes --test, --test --long or --measure" ;;
    esac
    do_setup languages
    need languages /usr/bin/python3 node npm nats-server
    [[ $todo != --measure ]] || preset=release
    configure
    need_steps languages 05 06 07 08
    # shellcheck disable=SC2046
    build step00_app harness step05_app step05_component{1,2}_plugin $(programs_of 06) $(programs_of 07) $(programs_of 08)
    exec {lock}>"$root/build/.lock"
    flock "$lock"
    if [[ ! -e $root/$here/javascript/node_modules/@nats-io || $here/javascript/package-lock.json -nt $here/javascript/node_modules ]]; then
        quietly npm --prefix "$here/javascript" ci --no-audit --no-fund
    fi
    [[ $todo != --measure ]] || build+=-release
    quietly cmake -S "$here" -B "$build" -G Ninja -D "STEPS=$root/build/$preset" -D Python3_EXECUTABLE=/usr/bin/python3
    quietly cmake --build "$build"
    exec {lock}>&-
    case $todo in
        show) set -- "$here/lab/show.py" "$root/build/$preset" "$build" ;;
        --measure) set -- "$here/lab/measure.py" "$root/build/$preset" "$build" ;;
        --test) set -- ctest --test-dir "$build" --output-on-failure --no-tests=error -j $((2 * $(nproc))) "${labels[@]}" ;;
    esac
    say "+ $*"
    start_in_root "$@"
    attend : || status=$?
    exit "$status"
}
