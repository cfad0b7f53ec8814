# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# beyond production: fast to build, small to ship. Called by do_beyond, in beyond.sh.

about_beyond_production() {
    cat <<'EOT'
./course beyond production loop [--quick]   what a fast loop takes: linkers, caches, precompiled headers, ...
                           --long           at 10, 100, 400 components
                           headers FOLDER   what each header of a CMake project costs
                           binaries [--quick]  static, small, hardened: what each costs and brings
                           layers           an image in layers: the first build, unchanged, one source changed
                           --test [--long]  identical rebuilds, an empty root, other machines, ...
    ccache, lld, mold, clang, gdb, buildah; g++-aarch64-linux-gnu and qemu-user-static: 601 MB; WebAssembly needs
    emscripten (842 MB). A row whose package is missing says so: COURSE_SETUP=no installs nothing.
EOT
}

packages_for_production() {
    packages_for_run
    echo python3 ccache lld mold clang make gdb binutils
    echo g++-aarch64-linux-gnu qemu-user-static emscripten
    echo buildah crun debootstrap
    command -v node >/dev/null || echo nodejs  # it may be there from elsewhere
    command -v npm >/dev/null || echo npm
}

do_beyond_production() {
    local what=${1:-} here=beyond/production status=0
    case $what in
        loop) set -- "$here/loop/measure.py" "${@:2}" ;;
        headers) set -- "$here/loop/headers.py" "${@:2}" ;;
        binaries) set -- "$here/binaries/measure.py" "${@:2}" ;;
        layers) set -- "$here/images/measure.py" "${@:2}" ;;
        --test) set -- "$here/tests/run" "${@:2}" ;;
        *) about_beyond_production && return ;;
    esac
    [[ " $* " == *" --help "* || " $* " == *" -h "* ]] || do_setup production
    say "+ $*"
    start_in_root "$@"
    attend : || status=$?
    exit "$status"
}
