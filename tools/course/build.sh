# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# Building. A second caller waits, from configure to the end of build.

configure() {
    local cache=$root/build/$preset/CMakeCache.txt fresh=()
    mkdir -p "$root/build"
    exec {lock}>"$root/build/.lock"
    flock "$lock"
    if [[ -e $cache ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
        fresh=(--fresh)  # the folder was moved since
    fi
    quietly cmake --preset "$preset" "${fresh[@]}"
    off=$(grep -oE 'step[0-9]{2}_.* is off: .*' "$tmp/log" || true)
    [[ ! $off ]] || echo "$off" >&2
}

build() {
    quietly cmake --build --preset "$preset" --target "$@"
    exec {lock}>&-
}

programs_of() {
    echo "step$1_app"
    case $1 in
        05) printf 'step05_%s\n' component1 component2 ;;
        06 | 07 | 08) printf "step$1_%s\n" service1 service2 ;;
    esac
}

is_off() {
    [[ $off == *"$(folder_of "$1") is off"* ]]
}
