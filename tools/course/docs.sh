# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# docs

do_docs() {
    do_setup docs
    configure
    build all
    start_in_root docs/tools/update_text "$@"
    local status=0
    attend : || status=$?
    exit "$status"
}
