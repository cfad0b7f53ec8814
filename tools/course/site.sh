# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# site: the course as a site, in build/site.

do_site() {
    local mode=${1:-build} options=()
    [[ $mode == @(build|--serve|--check|--pdf) && $* != *" "* || $* == "--check --twice" ]] ||
        fail 2 "site takes --serve, --check, --check --twice, --pdf or nothing; try ./course help"
    do_setup "$([[ $mode == @(--check|--pdf) ]] && echo site || echo site_build)"
    exec {lock}>"$(mkdir -p "$root/build" && echo "$root/build/.site.lock")"
    flock "$lock"
    install_site_packages
    case $mode in
        --serve)
            exec {lock}>&-  # the site can be built meanwhile
            in_site node serve.js
            ;;
        --check) check_site "${@:2}" ;;
        *)
            build_site "$root/build/site"
            [[ $mode != --pdf ]] || quietly env --chdir docs/site node print.js
            say "The site is in build/site: open build/site/index.html, or type ./course site --serve"
            ;;
    esac
}

# Once, and again when the lock file has changed.
install_site_packages() {
    local stamp=$root/docs/site/node_modules/.installed
    [[ -e $stamp ]] && cmp -s "$stamp" "$root/docs/site/package-lock.json" && return 0
    quietly npm --prefix docs/site ci --no-audit --no-fund
    cp "$root/docs/site/package-lock.json" "$stamp"
}

in_site() {
    start_in_root env --chdir docs/site "$@"
    local status=0
    attend : || status=$?
    [[ ! $signal ]] || exit $((128 + $(kill -l "$signal")))
    return "$status"
}

# In a folder beside it first, so that what is not built any more is gone.
build_site() {
    rm -rf "$1.new"
    in_site env SITE_OUTPUT="$1.new" "${@:2}" node node_modules/@11ty/eleventy/cmd.cjs || fail 1 "the site was not built"
    rm -rf "$1"
    mv "$1.new" "$1"
}

check_site() { # --twice: and two builds are the same, byte for byte
    local again=$root/build/site_again status=0 options=()
    build_site "$root/build/site"
    quietly docs/tools/draw_diagrams --check
    quietly env --chdir docs/site node print.js
    if [[ ${1:-} ]]; then
        build_site "$again"
        quietly env --chdir docs/site SITE_OUTPUT="$again" node print.js
        options=(--again "$again")
    fi
    in_site node tests/check.js "${options[@]}" || status=$?
    rm -rf "$again"
    exit "$status"
}
