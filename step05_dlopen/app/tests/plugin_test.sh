#!/usr/bin/env bash
# Usage: plugin_test.sh CASE COMPILER SOURCE_DIR PLUGIN_DIR TEST_PLUGIN_DIR
# What the program does with good plugins and with bad ones, one case each.
set -euo pipefail
case=$1 compiler=$2 source=$3 plugins=$4 test_plugins=$5
app=$plugins/app

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$plugins"/*.so "$scratch"
unset PLUGIN_DIR

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# works DIR: with the plugins in DIR the program gives the usual output.
works() {
    "$app" --quiet 42 -7 5000 1073741824 >"$scratch/expected" || true
    "$app" --quiet --plugin-dir "$1" 42 -7 5000 1073741824 >"$scratch/out" || true
    cmp "$scratch/expected" "$scratch/out" || fail "other output"
}

# refused DIR REASON: exit status 3, no block, one line with the file and the reason.
refused() {
    local status=0
    "$app" --quiet --plugin-dir "$1" 42 >"$scratch/out" 2>"$scratch/err" || status=$?
    cat "$scratch/err"
    [ "$status" = 3 ] || fail "exit status $status instead of 3"
    ! grep -q 'Input value' "$scratch/out" || fail "half a block: $(<"$scratch/out")"
    [ "$(wc -l <"$scratch/err")" = 1 ] || fail "not one line on stderr"
    [[ $(<"$scratch/err") == *"plugin $1/component1.so: $2"*--plugin-dir* ]] || fail "no '$2' on stderr"
}

# patch_byte OFFSET OCTAL_VALUE: in component1.so.
patch_byte() {
    printf '%b' "\\0$2" | dd of="$scratch/component1.so" bs=1 seek="$1" conv=notrunc status=none
}

case $case in
in_c)
    cp "$test_plugins/in_c/component1.so" "$scratch"
    works "$scratch"
    ;;
by_other_compiler)
    other=clang++
    [[ $("$compiler" --version) != *clang* ]] || other=g++
    if ! command -v "$other" >/dev/null; then
        [ -z "${CI:-}" ] || fail "$other is not installed"
        echo "SKIPPED: $other is not installed"
        exit 77
    fi
    "$other" -std=c++20 -O1 -shared -fPIC -DCOMPONENT1_VERSION='"0.1.0"' -I"$source/interfaces/include" \
        -I"$source/plugin_api/include" -I"$source/component1/include" \
        "$source/component1/src/component1.cpp" "$source/component1/src/plugin.cpp" \
        -o "$scratch/component1.so"
    works "$scratch"
    ;;
other_abi_version)
    refused "$test_plugins/other_abi_version" "it has ABI version 2, this program needs 1"
    ;;
create_fails)
    refused "$test_plugins/create_fails" "it failed: no licence"
    ;;
component_throws)
    cp "$test_plugins/component_throws/component1.so" "$scratch"
    refused "$scratch" "it failed: a bug in the component"
    ;;
missing)
    rm "$scratch/component1.so"
    refused "$scratch" "$scratch/component1.so: cannot open shared object file: No such file"
    ;;
not_a_library)
    seq 1000 >"$scratch/component1.so"
    refused "$scratch" "$scratch/component1.so: invalid ELF header"
    ;;
other_machine)
    patch_byte 18 050 # e_machine: EM_ARM
    refused "$scratch" "$scratch/component1.so: cannot open shared object file"  # so the loader says
    ;;
missing_symbol)
    cp "$scratch/component2.so" "$scratch/component1.so"
    refused "$scratch" "it has no symbol get_processor_plugin"
    ;;
unresolved_symbol) # found at loading, not when the call comes
    echo 'void nowhere(void); const void* get_processor_plugin(void) { nowhere(); return 0; }' |
        "$compiler" -x c -shared -fPIC - -o "$scratch/component1.so"
    refused "$scratch" "$scratch/component1.so: undefined symbol: nowhere"
    ;;
working_directory) # is no place to look for plugins
    mkdir "$scratch/elsewhere"
    echo "not a library" >"$scratch/elsewhere/component1.so"
    [[ $(cd "$scratch/elsewhere" && "$app" --quiet) == *Value-0084* ]] || fail "it did not work"
    mkdir "$scratch/alone"
    cp "$app" "$scratch/alone"
    status=0
    (cd "$plugins" && LD_LIBRARY_PATH=$plugins "$scratch/alone/app" --quiet 2>"$scratch/err") || status=$?
    [ "$status" = 3 ] || fail "exit status $status instead of 3"
    [[ $(<"$scratch/err") == *"plugin $scratch/alone/component1.so: $scratch/alone/component1.so: cannot open"* ]] ||
        fail "$(<"$scratch/err")"
    ;;
environment)
    rm "$scratch/component1.so"
    status=0
    PLUGIN_DIR=$scratch "$app" --quiet 2>"$scratch/err" || status=$?
    [ "$status" = 3 ] || fail "PLUGIN_DIR was not used"
    PLUGIN_DIR=$scratch "$app" --quiet --plugin-dir "$plugins" >"$scratch/out" || fail "the option must win"
    ;;
*)
    fail "no such case: $case"
    ;;
esac
