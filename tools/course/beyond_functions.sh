# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# beyond functions: from one function to one command, in five stages. beyond.sh calls do_beyond_functions.

about_beyond_functions() {
    cat <<'EOF'
./course beyond functions                  from one function to one command: builds, tests and zips both functions
           --arm64                         the same for 64-bit ARM: g++-aarch64-linux-gnu, qemu-user-static: 601 MB
           --invoke 42                     then invokes them with a value, under the emulator
           --test [--long]                 all stages, the emulator, the app over functions; --long: the vendor's
                                           tools too (awscli, npm: 300 MB)
           --sanitize                      the emulator, the runtime and both functions under the sanitizers, for
                                           addresses and for threads
           --measure [--long]              size, cold start, the app's call and value, measured on this machine;
                                           --long: our runtime beside the vendor's, too
           needs libboost-dev, nlohmann-json3-dev, libcpp-httplib-dev, catch2, zip: 190 MB
EOF
}

packages_for_functions() {
    packages_for_run | tr ' ' '\n' | grep -vE '^(libnats-dev|nats-server|openssl)$'
    echo python3 zip unzip file
}

packages_for_functions_arm64() {
    packages_for_functions
    echo g++-aarch64-linux-gnu qemu-user-static
}

packages_for_functions_peers() {
    packages_for_functions_arm64
    echo awscli autoconf automake libtool make patch
    command -v npm >/dev/null || echo nodejs npm
}

do_beyond_functions() {
    local processor=x86_64 purpose=functions value='' action='' long=''
    while (($#)); do
        case $1 in
            --arm64) processor=arm64 purpose=functions_arm64 ;;
            --invoke)
                [[ ${2:-} =~ ^-?[0-9]+$ ]] || fail 2 "--invoke needs a value, as in: --invoke 42"
                value=$2
                shift
                ;;
            --test | --measure) action=${1#--} purpose=functions_arm64 ;;
            --sanitize) action=sanitize ;;
            --long) long=yes ;;
            *) fail 2 "unknown option '$1'; try ./course beyond" ;;
        esac
        shift
    done
    [[ ! $action || ! $long ]] || purpose=functions_peers
    do_setup "$purpose"
    [[ $action != sanitize ]] || sanitize_functions
    export FUNCTIONS_EMULATOR=$root/build/beyond_functions/emulator/emulator
    quietly cmake -S beyond/functions --preset functions
    [[ $action != test ]] || test_functions
    quietly cmake --build build/beyond_functions --target emulator
    workflow "$processor"
    if [[ $action == measure ]]; then
        measure_functions
        return
    fi
    list_zips
    [[ ! $value ]] || invoke_functions
}

workflow() {
    quietly env --chdir beyond/functions/5_one_command cmake --workflow --preset "functions-$1"
}

measure_functions() {
    local what=() build=build/beyond_functions-measured table
    workflow arm64
    quietly cmake -S beyond/functions --preset functions-measured
    quietly cmake --build "$build" --target emulator bench_app bench_functions
    if [[ $long ]]; then
        what=(runtimes)
        quietly beyond/functions/tests/npm beyond/functions/tests/peers true
    fi
    quietly beyond/functions/measure/measure.py "$build" "${what[@]}"
    for table in function1 "${what[@]}"; do
        "$root/beyond/functions/measure/table.py" "$table"
        echo
    done
}

list_zips() {
    local zip
    for zip in "$root/beyond/functions/5_one_command/build/$processor"/zips/*.zip; do
        printf '%s  %d bytes: ' "${zip#"$root/"}" "$(stat -c %s "$zip")"
        unzip -p "$zip" bootstrap | file -b - | cut -d , -f 1,2,4
    done
}

invoke_functions() {
    local zips=$root/beyond/functions/5_one_command/build/$processor/zips answer url
    start emulator "$FUNCTIONS_EMULATOR" --listen 127.0.0.1:0 \
        "function1=$zips/function1.zip" "function2=$zips/function2.zip"
    until_ready emulator first_line emulator
    url=$answer
    echo
    invoke_function function1 "{\"input\":$value}"
    [[ $answer == *'"value":'* ]] || return 0
    answer=${answer#*'"value":'}
    invoke_function function2 "{\"value\":${answer%%,*}}"
}

invoke_function() {
    answer=$(curl -sS --max-time 10 --data "$2" "$url/2015-03-31/functions/$1/invocations")
    printf '%s  %s  ->  %s\n' "$1" "$2" "$answer"
}

test_functions() {
    local select=(-LE long)
    quietly cmake --build build/beyond_functions --target emulator harness runtime_tests step00_app faulty_function1 proxy
    [[ ! $long ]] || select=()
    run_tests_of_functions functions "${select[@]}"
    exit
}

sanitize_functions() {
    local sanitizer
    for sanitizer in address thread; do
        quietly cmake -S beyond/functions --preset "functions-$sanitizer"
        quietly cmake --build "build/beyond_functions-$sanitizer"
        run_tests_of_functions "functions-$sanitizer"
    done
    exit
}

run_tests_of_functions() {
    local status=0
    start_in_root ctest --test-dir "build/beyond_$1" -R '^functions' --output-on-failure --no-tests=error -j "$(nproc)" "${@:2}"
    attend : || status=$?
    ((status == 0)) || exit "$status"
}
