# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# setup [PURPOSE]: for building and running the steps, for their tests too, for measuring them, for the course
# text, for all that CI does.

# The packages for a purpose, as Debian and Ubuntu name them. A new purpose is a new function packages_for_PURPOSE.

packages_for_run() {
    echo cmake ninja-build g++ pkg-config catch2 nlohmann-json3-dev
    echo libcpp-httplib-dev libnats-dev nats-server
    echo curl openssl  # which the READMEs of steps 07 and 08 use
    if [[ $(release) == bookworm ]]; then
        echo libboost1.81-dev  # its libboost-dev is 1.74
    else
        echo libboost-dev
    fi
}

packages_for_test() {
    packages_for_run
    echo clang libclang-rt-dev  # builds a plugin for a host that g++ built; has libFuzzer
    echo iproute2  # makes a network of several hosts
    echo python3
    echo git  # the text's experiments are patches
    if [[ $(release) == bookworm ]]; then
        echo libboost-context1.81-dev  # for an exercise
    else
        echo libboost-context-dev
    fi
}

packages_for_bench() {
    packages_for_run
    echo libbenchmark-dev python3 python3-jsonschema
    echo git  # an exercise's solution, a patch, is measured, too
}

packages_for_docs() {
    packages_for_test
}

packages_for_site_build() {
    echo git
    command -v node >/dev/null || echo nodejs  # they may be there from elsewhere
    command -v npm >/dev/null || echo npm
}

packages_for_site() {
    packages_for_site_build
    packages_for_run  # the page that runs the program is held against step 03's
    grep -q '^ID=ubuntu' /etc/os-release || echo chromium  # Ubuntu has no package of it
}

packages_for_ci() {
    packages_for_test
    packages_for_bench
    packages_for_site
    echo hunspell hunspell-en-gb hunspell-en-us
    echo clang-format clang-tidy shellcheck
    echo ccache  # copies of the steps are built again and again
    echo curl systemd  # what beyond/production/units is tried with
}

release() {
    sed -n 's/^VERSION_CODENAME=//p' /etc/os-release 2>/dev/null || true
}

purposes() {
    declare -F | sed -n 's/^declare -f packages_for_//p' | paste -sd ' '
}

missing_packages() {
    local wanted installed package
    wanted=$("packages_for_$1" | tr ' ' '\n' | sort -u | paste -sd ' ')
    # shellcheck disable=SC2016,SC2086
    installed=$(dpkg-query -W -f ' ${Package}=${db:Status-Status} ' $wanted 2>/dev/null || true)
    for package in $wanted; do
        [[ $installed == *" $package=installed "* ]] || echo "$package"
    done
}

do_setup() {
    local purpose=${1:-run} missing sudo=()
    declare -F "packages_for_$purpose" >/dev/null ||
        fail 2 "setup for what? $(purposes), not '$purpose'"
    [[ ${COURSE_SETUP:-} != no ]] || return 0
    mapfile -t missing < <(missing_packages "$purpose")
    if ((! ${#missing[@]})); then
        [[ $command != setup ]] || say "Nothing is missing."
        return 0
    fi

    ((EUID == 0)) || sudo=(sudo)
    if ! command -v apt-get >/dev/null || ! command -v "${sudo[@]:-apt-get}" >/dev/null; then
        fail 2 "these packages are missing, named as on Debian and Ubuntu:
    ${missing[*]}
To install them from here takes apt-get, and sudo unless you are root. Once you have them from somewhere
else, COURSE_SETUP=no in the environment skips this check."
    fi
    say "Installing: ${missing[*]}"
    local server
    for server in nats-server prometheus; do
        if [[ " ${missing[*]} " == *" $server "* ]] && command -v systemctl >/dev/null; then
            say "$server would also run as a system service, open to the network: masking that" \
                "(to undo: sudo systemctl unmask $server)"
            quietly "${sudo[@]}" systemctl mask "$server.service"
        fi
    done
    quietly "${sudo[@]}" apt-get update
    quietly "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install \
        -y --no-install-recommends --no-remove "${missing[@]}"
}
