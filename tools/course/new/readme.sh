# shellcheck shell=bash disable=SC2016,SC2154  # a part of ../new.sh, which has the variables; backquotes are Markdown's
# The README of a project. It is written with the step's names, and renamed with the rest.

readme() {
    local kind=in_the_program
    [[ $step != 05 ]] || kind=in_plugins
    [[ $step == 0[2-5] ]] || kind=in_services
    printf '%s\n' "# $name" ''
    about_"$step"
    to_build
    to_run
    echo '## What is what'
    echo
    echo '| where | what |'
    echo '|---|---|'
    layout | kept | sed 's/^/| `/; s/|\([^|]*\)$/` | \1 |/'
    echo
    echo '## A first operation of your own: three places'
    echo
    operation_"$kind"
    last_of_operation
    other_names
    cat <<'EOF'

## Licence

[MIT](LICENSE), which asks for its copyright line in every copy. Add a line for what you write.
EOF
}

about_02() { echo 'Two components as static libraries, and a pipeline that calls them.'; }
about_03() { echo 'Two components as static libraries behind interfaces, and a pipeline that knows only these.'; }
about_04() { echo 'Two components as shared libraries behind interfaces. The loader finds them when the program starts.'; }
about_05() { echo 'A program and its plugins: it finds them at run time, and calls them through an interface in C.'; }
about_06() { echo 'A program and its child processes, which answer JSON lines over pipes. One that fails is started again.'; }
about_07() { echo 'A program and two HTTP services. It asks again while an answer is late or missing, up to a deadline.'; }
about_08() { echo 'A program and two kinds of workers behind a NATS broker. More copies of a worker share the work.'; }

to_build() {
    local packages='' boost='' mask=''
    case $step in
        06) packages=' nlohmann-json3-dev libboost-dev' boost=' (on Debian 12 `libboost1.81-dev`)' ;;
        07) packages=' pkg-config nlohmann-json3-dev libcpp-httplib-dev' ;;
        08)
            packages=' pkg-config nlohmann-json3-dev libnats-dev nats-server'
            mask=$'    sudo systemctl mask nats-server  # else the package starts one that is open to the network\n'
            ;;
    esac
    cat <<EOF

## Build and test

With the packages of Debian 12 or later, or of Ubuntu 24.04 or later$boost:

$mask    sudo apt install g++ cmake ninja-build catch2$packages
    cmake --preset dev
    cmake --build --preset dev
    ctest --preset dev
EOF
}

to_run() {
    case $step in
        07)
            cat <<'EOF'

To run it, in three terminals, in any order; Ctrl-C ends a service:

    build/dev/bin/service1
    build/dev/bin/service2
    build/dev/bin/app 42
EOF
            ;;
        08)
            cat <<'EOF'

To run it, in four terminals, in any order; without `-a` the broker is open to the network:

    nats-server -a 127.0.0.1
    build/dev/bin/service1
    build/dev/bin/service2
    build/dev/bin/app 42
EOF
            ;;
        *)
            cat <<'EOF'

To run it: `build/dev/bin/app 42`, and `build/dev/bin/app --help`.
EOF
            ;;
    esac
    echo
}

layout() {
    cat <<'EOF'
component1/|one component: header, source, version, tests
component2/|the other one
interfaces/|what the pipeline knows of them; depends on nothing
plugin_api/|what the program and its plugins agree on, in C
protocol/|what the calls take and give in JSON, and how a call travels
broker/|the connection to NATS, of the program and of the services
service/|what makes a service of a component
service1/|a `main()` around `component1`
service2/|a `main()` around `component2`
app/main.cpp|the program: which parts there are, and how they are connected
app/pipeline.cpp|the way of one value through both components
app/plugin_processor.cpp|an interface over a plugin
app/remote_processor.cpp|an interface over a client
app/supervised_service.cpp|the client that starts its service again when it fails
app/http_client.cpp|the client that asks over HTTP, and asks again
app/nats_client.cpp|the client that asks through the broker, and asks again
app/usage.hpp|the text of `--help`
app/tests/|tests of the pipeline, and of what is around it
cli/|values, options, messages: how a program talks to its user
cmake/|how tests are built, and how libraries are found
EOF
}

# Of lines PATH|TEXT those whose path the step has.
kept() {
    local path text
    while IFS='|' read -r path text; do
        [[ ! -e $project/$path ]] || printf '%s\n' "$path|$text"
    done
}

in_component() {
    cat <<'EOF'
The component, `component1/`. In `include/component1/component1.hpp`, after `validate`:

    std::int32_t halve(std::int32_t value) const;

and in `src/component1.cpp`, at the end:

    std::int32_t Component1::halve(std::int32_t value) const {
        return value / 2;
    }
EOF
}

numbered() {
    sed "1s/^/$1. /; 2,\$s/^\\(.\\)/   \\1/"
    echo
}

operation_in_the_program() {
    cat <<'EOF' | numbered 1
Its declaration, `component1/include/component1/component1.hpp`, after `validate`:

    std::int32_t halve(std::int32_t value) const;
EOF
    cat <<'EOF' | numbered 2
Its source, `component1/src/component1.cpp`, at the end:

    std::int32_t Component1::halve(std::int32_t value) const {
        return value / 2;
    }
EOF
    cat <<'EOF' | numbered 3
The caller, `app/main.cpp`, before it prints the first line:

    std::cerr << "half of 42: " + std::to_string(component1.halve(42)) + '\n';
EOF
}

operation_in_plugins() {
    cat <<'EOF' | numbered 1
What both sides agree on, `plugin_api/include/plugin_api/plugin_api.h`. `PLUGIN_ABI_VERSION` becomes `2u`, and
`processor_plugin` gets one more member, at its end:

    plugin_status (*halve)(void* instance, int32_t value, int32_t* half, plugin_text* error);
EOF
    {
        in_component
        cat <<'EOF'

and in `src/plugin.cpp` a function that `get_processor_plugin` lists after `validate`:

    extern "C" plugin_status halve(void* instance, std::int32_t value, std::int32_t* half,
                                   plugin_text* error) {
        return guarded(*error, [&] { *half = static_cast<Component1*>(instance)->halve(value); });
    }
EOF
    } | numbered 2
    cat <<'EOF' | numbered 3
The caller, `app/`. In `plugin_processor.hpp`:

    std::int32_t halve(std::int32_t value) const {
        std::int32_t half = 0;
        plugin_.call(plugin_.table().halve, value, &half);
        return half;
    }

and in `main.cpp`, before it prints the last line:

    std::cerr << "half of 42: " + std::to_string(component1.halve(42)) + '\n';

The plugins in `tests/plugins/` are compiled with the new table. The one in C gets a function of its own, which its
table lists; the two others that have a table get one `NULL` (`nullptr`) more:

    static plugin_status halve(void* instance, int32_t value, int32_t* half, plugin_text* error) {
        (void)instance;
        (void)error;
        *half = value / 2;
        return PLUGIN_OK;
    }

In `tests/plugin_test.sh` the versions that do not match are now 3 and 2.
EOF
}

operation_in_services() {
    local client=service1
    [[ $step != 07 ]] || client='workers.front().service1'
    [[ $step != 08 ]] || client=client
    in_component | numbered 1
    cat <<'EOF' | numbered 2
What others can call, `service1/main.cpp`, one more of its operations:

    {"halve",
     [&](const Json& params) -> Json {
         return protocol::Value{component.halve(params.get<protocol::Value>().value)};
     }},
EOF
    cat <<EOF | numbered 3
The caller, \`app/main.cpp\`, before it prints the first line:

    const protocol::Value half =
        $client.call<protocol::Value>("halve", protocol::Value{42});
    story.tell("half of 42: " + std::to_string(half.value));
EOF
    cat <<'EOF'
What it takes and gives here is there already, `protocol::Value`. Other members: a struct and a line in
`protocol/include/protocol/payloads.hpp`.

EOF
}

last_of_operation() {
    printf 'Then a test of it, in `component1/src/component1_test.cpp`.'
    if [[ $step == 02 ]]; then
        echo
    else
        printf '%s\n' ' An operation that the pipeline is to call belongs in' \
            'the interface as well: the way there is the next section.'
    fi
}

other_names() {
    cat <<'EOF'

## Operations with other names

In this order, and the compiler names what is missing after each. When all tests pass again, it is done.

EOF
    order | kept | cut -d '|' -f 2 | awk '{ print NR ". " $0 }'
}

order() {
    cat <<'EOF'
interfaces/|`processor.hpp` and `transformer.hpp` in `interfaces/`: the calls, what they take and give
component1/|`component1/` and `component2/`: header, source, test
plugin_api/|`plugin_api/include/plugin_api/plugin_api.h`, with a new version; `plugin.cpp` of both components
protocol/|`protocol/include/protocol/payloads.hpp`: what travels, with its test and that of the envelope
service1/|`service1/main.cpp` and `service2/main.cpp`: the names of the operations, as others see them
app/plugin_processor.cpp|`app/plugin_processor.*` and `app/plugin_transformer.*`, the plugins in `app/tests/plugins/`
app/remote_processor.cpp|`app/remote_processor.*` and `app/remote_transformer.*`: the same names once more
app/pipeline.cpp|`app/pipeline.cpp`: what is called in which order, and what is printed
app/tests/|`app/tests/`: what they call, and what they expect
cli/|`cli/values.*` and `app/usage.hpp`, if what comes in is no longer a 32-bit integer
EOF
}
