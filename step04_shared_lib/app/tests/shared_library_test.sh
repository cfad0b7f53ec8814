#!/usr/bin/env bash
# Usage: shared_library_test.sh CASE COMPILER SOURCE_DIR BINARY_DIR [CONFIGURATION]
# What it means that the components are shared libraries, one claim a case.
set -euo pipefail
case=$1 compiler=$2 source=$3 binary=$4 config=${5:-}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -rP "$binary/bin/$config" "$scratch/bin"
cp -rP "$binary/lib/$config" "$scratch/lib"
app=$scratch/bin/app

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# build_component1 SONAME: from the sources in $scratch/source, dropped in place of the real library.
build_component1() {
    "$compiler" -std=c++20 -shared -fPIC -Wl,-soname,"$1" -DCOMPONENT1_VERSION='"0.1.0"' \
        -I"$scratch/source/interfaces/include" -I"$scratch/source/component1/include" \
        -I"$binary/component1" "$scratch/source/component1/src/component1.cpp" -o "$scratch/new.so"
    rm "$scratch"/lib/libcomponent1.so*
    mv "$scratch/new.so" "$scratch/lib/$1"
}

# edit FILE SED_SCRIPT: must change the file.
edit() {
    cp "$scratch/source/$1" "$scratch/before"
    sed -i "$2" "$scratch/source/$1"
    ! cmp -s "$scratch/source/$1" "$scratch/before" || fail "$1 no longer has what this test changes"
}

mkdir "$scratch/source"
cp -r "$source/interfaces" "$source/component1" "$scratch/source"

case $case in
needed)
    for library in libcomponent1.so.0 libcomponent2.so.0; do
        [[ $(readelf -d "$app") == *NEEDED*"[$library]"* ]] || fail "$library is not needed by the app"
    done
    ;;
moved_away)
    rm "$scratch"/lib/libcomponent1.so*
    status=0
    "$app" >"$scratch/out" 2>"$scratch/err" || status=$?
    [ "$status" = 127 ] || fail "exit status $status instead of the loader's 127"
    grep -q 'libcomponent1.so.0: cannot open shared object file' "$scratch/err" || fail "$(<"$scratch/err")"
    ;;
replaced)
    edit component1/src/doubled.hpp 's/int64_t{2}/int64_t{3}/'
    build_component1 libcomponent1.so.0
    [[ $("$app" --quiet 42) == *'value: 126'* ]] || fail "the new library was not used"
    ;;
exports)
    for n in 1 2; do
        nm -DC --defined-only "$scratch/lib/libcomponent$n.so" | cut -c20- >"$scratch/symbols"
        grep -q "^Component$n::version()" "$scratch/symbols" || fail "Component$n is not exported"
        ! grep -Ev "^(Component$n::|(vtable|typeinfo|typeinfo name) for Component$n\$)" "$scratch/symbols" ||
            fail "libcomponent$n.so exports more than Component$n"
    done
    ;;
# tag::layout_change[]
layout_change) # one more member in ProcessResult, the same SOVERSION: it starts, and it is wrong
    edit interfaces/include/interfaces/processor.hpp 's/^    std::int32_t value;/    std::int32_t attempts;\n&/'
    edit component1/src/component1.cpp 's/return {\*value, true}/return {1, *value, true}/'
    build_component1 libcomponent1.so.0
    [[ $("$app" --quiet 128) == *'ProcessResult { value: 1, processed: false }'* ]] ||
        fail "the app no longer takes 'attempts' for 'value'"
    ;;
# end::layout_change[]
# tag::soversion_change[]
soversion_change) # the same change, announced: it does not start
    build_component1 libcomponent1.so.1
    ! "$app" --quiet 128 2>"$scratch/err" || fail "the app started with libcomponent1.so.1"
    grep -q 'libcomponent1.so.0: cannot open shared object file' "$scratch/err" || fail "$(<"$scratch/err")"
    ;;
# end::soversion_change[]
install)
    cmake --install "$binary" --config "$config" --prefix "$scratch/installed" >/dev/null
    mv "$scratch/installed" "$scratch/moved"
    [[ $("$scratch/moved/bin/app" 42 2>"$scratch/err") == *Value-0084* ]] || fail "$(<"$scratch/err")"
    grep -q "from $scratch/moved/bin/../lib/libcomponent1.so.0" "$scratch/err" || fail "$(<"$scratch/err")"
    ;;
*)
    fail "no such case: $case"
    ;;
esac
