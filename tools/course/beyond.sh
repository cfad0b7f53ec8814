# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# beyond [PART [ARGS...]]: part two. Its parts are large, so nothing of them is installed unless it is named.
#
# A part is a function do_beyond_PART, and about_beyond_PART, which says what it is and needs.

do_beyond() {
    local part=${1:-}
    if [[ ! $part ]]; then
        list_beyond
        return
    fi
    shift
    if [[ $part != [a-z]* ]] || ! declare -F "do_beyond_$part" >/dev/null; then
        fail 2 "no part '$part'; there are: $(beyond_parts | paste -sd ' ')"
    fi
    "do_beyond_$part" "$@"
}

# Those of the first chapters in the order of the chapters, then the others.
beyond_parts() {
    {
        printf '%s\n' entry_points functions production state exposed languages debugging
        declare -F | sed -n 's/^declare -f do_beyond_//p'
    } | awk '!seen[$0]++' | while read -r part; do
        ! declare -F "do_beyond_$part" >/dev/null || echo "$part"
    done
}

list_beyond() {
    local part
    echo "Part two: what one well-cut core is good for. Each part installs what it needs when it is named."
    for part in $(beyond_parts); do
        echo
        if declare -F "about_beyond_$part" >/dev/null; then
            "about_beyond_$part"
        else
            echo "./course beyond $part"
        fi
    done
}

# entry_points: one core, many ways in.

entry_points_doors=(cli http function wasm python gui)

about_beyond_entry_points() {
    cat <<'EOF'
./course beyond entry_points [DOOR...]   one core, many ways in: builds the doors, compares what they answer
           --test [--long]               the same as tests, and what else each does; --long: the text's experiments
           --measure                     what each costs, measured on this machine
    cli      the compiler and CMake alone
    http     libcpp-httplib-dev, nlohmann-json3-dev: 17 MB
    function libboost-dev, nlohmann-json3-dev: 180 MB
    wasm     emscripten: 842 MB; to test its page, chromium: 290 MB
    python   pybind11-dev, python3-dev: 37 MB; to test it, python3-pytest, python3-pip: 11 MB
    gui      qt6-base-dev: 76 MB
EOF
}

packages_for_entry_points() {
    local door ubuntu=''
    ! grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null || ubuntu=yes
    echo cmake ninja-build g++ pkg-config python3 python3-jsonschema
    for door in "${doors[@]:-${entry_points_doors[@]}}"; do
        case $door in
            http) echo libcpp-httplib-dev nlohmann-json3-dev ;;
            function)
                echo nlohmann-json3-dev
                [[ $(release) == bookworm ]] && echo libboost1.81-dev || echo libboost-dev
                ;;
            wasm)
                echo emscripten
                command -v node >/dev/null || echo nodejs  # it may be there from elsewhere
                [[ $ubuntu ]] || echo chromium             # Ubuntu has no package of it
                ;;
            python) echo pybind11-dev python3-dev python3-pytest python3-pip python3-setuptools python3-wheel ;;
            gui) echo qt6-base-dev ;;
        esac
    done
}

packages_for_entry_points_ci() {
    packages_for_entry_points
    echo git rustc  # the text's experiments are patches; an exercise
}

do_beyond_entry_points() {
    local doors=() todo=show here=beyond/entry_points build=build/beyond/entry_points python
    local labels=(-LE slow) strict=OFF
    [[ ! ${CI:-} ]] || strict=ON
    while (($#)); do
        case $1 in
            --test | --measure) todo=${1#--} ;;
            --long) labels=() ;;
            *)
                [[ " ${entry_points_doors[*]} " == *" $1 "* ]] ||
                    fail 2 "no door '$1'; there are: ${entry_points_doors[*]}"
                doors+=("$1")
                ;;
        esac
        shift
    done
    ((${#doors[@]})) || doors=("${entry_points_doors[@]}")
    do_setup entry_points
    build_entry_points

    python=$(command -v /usr/bin/python3 python3 | head -n 1)  # the one that the packages are for
    case $todo in
        show) set -- "$python" -B "$here/tests/show.py" "$build" "${doors[@]}" ;;
        test) set -- ctest --test-dir "$build" --output-on-failure --no-tests=error -j "$(nproc)" "${labels[@]}" ;;
        measure) set -- "$python" -B "$here/measure/measure.py" "$build" "${doors[@]}" ;;
    esac
    say "+ $*"
    start_in_root "$@"
    local status=0
    attend : || status=$?
    exit "$status"
}

build_entry_points() {
    local lock list
    list=$(IFS=';' && echo "${doors[*]}")
    mkdir -p "$root/build"
    exec {lock}>"$root/build/.lock"
    flock "$lock"
    quietly cmake -S "$here" --preset default -D "DOORS=$list" -D "CMAKE_COMPILE_WARNING_AS_ERROR=$strict"
    grep -o 'door .* is off: .*' "$tmp/log" >&2 || true
    quietly cmake --build "$build"
    exec {lock}>&-
}

# need PART PROGRAM...: what is not there, and could not be installed, is a failure: who asked for a part wants it.
need() {
    local program
    for program in "${@:2}"; do
        command -v "$program" >/dev/null || fail 1 "beyond $1 is off: it needs $program"
    done
}

need_steps() { # PART NN...
    local step
    for step in "${@:2}"; do
        ! is_off "$step" || fail 1 "beyond $1 is off: it needs step $step"
    done
}
