# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# The steps, by their two digits.

steps() {
    local folder
    for folder in "$root"/step[0-9][0-9]_*/; do
        folder=${folder#"$root/step"}
        echo "${folder%%_*}"
    done
}

folder_of() {
    local folder=("$root/step$1"_*)
    echo "${folder[0]##*/}"
}

name_of() {
    local folder
    folder=$(folder_of "$1")
    echo "${folder#*_}"
}

bin_of() {
    echo "$root/build/dev/$(folder_of "$1")/bin"
}

joined_by() {
    case $1 in
        00) echo "one source file" ;;
        01) echo "several source files" ;;
        02) echo "static libraries" ;;
        03) echo "static libraries behind interfaces" ;;
        04) echo "shared libraries" ;;
        05) echo "plugins, found at run time" ;;
        06) echo "child processes, JSON over pipes" ;;
        07) echo "HTTP services" ;;
        08) echo "workers behind a NATS broker" ;;
    esac
}

# The two digits of the step that is meant: 5 and 05 are the same.
step_number() {
    local step=$1
    [[ $step != [0-9] ]] || step=0$step
    [[ $step == [0-9][0-9] && -d $root/$(folder_of "$step") ]] ||
        fail 2 "no step '$1'; there are: $(steps | paste -sd ' ')"
    echo "$step"
}
