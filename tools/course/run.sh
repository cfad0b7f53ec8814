# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# run

do_run() {
    if (($#)); then
        run_step "$@"
    else
        run_all
    fi
}

run_step() {
    local step app targets status=0
    step=$(step_number "$1")
    shift
    silent=yes
    do_setup run
    mapfile -t targets < <(programs_of "$step")
    configure
    ! is_off "$step" || exit 2
    build "${targets[@]}"
    app=$(bin_of "$step")/app
    start_parts "$step"
    if ((! ${#parts[@]})); then
        rm -rf "$tmp"
        exec "$app" "$@"
    fi
    env --default-signal=INT,QUIT "$app" "$@" <&0 &
    child=$!
    attend : || status=$?
    exit "$status"
}

run_all() {
    local step targets stdout status failed=0 variables
    mapfile -t variables <"$root/tests/harness/variables_of_steps"
    unset "${variables[@]}"  # left over from something else
    do_setup run
    configure
    mapfile -t targets < <(for step in $(steps); do is_off "$step" || programs_of "$step"; done)
    build "${targets[@]}"

    for step in $(steps); do
        status=0
        is_off "$step" || (measure "$step") || status=$?
        if [[ $step == 00 ]]; then
            cat "$tmp/00.stdout"
            printf '\n%-15s %-34s %-16s %s\n' step "parts joined as" stdout time
        fi
        if is_off "$step"; then
            stdout=off
        elif ((status)); then
            stdout="exit status $status"
        elif cmp -s "$tmp/00.stdout" "$tmp/$step.stdout"; then
            stdout=same
        else
            stdout=DIFFERENT
        fi
        [[ $stdout == same ]] || failed=1
        printf '%-15s %-34s %-16s %s\n' "$step $(name_of "$step")" "$(joined_by "$step")" "$stdout" \
            "$(cat "$tmp/$step.time" 2>/dev/null)"
    done
    ((!failed)) || fail 1 "not every step printed what step 00 prints"
}

# Runs a step's app on 42, and notes its stdout and the time from its start to its end.
measure() {
    local app began status=0 took
    app=$(bin_of "$1")/app
    trap stop_parts EXIT
    start_parts "$1"
    began=${EPOCHREALTIME/[.,]/}
    "$app" --quiet 42 </dev/null >"$tmp/$1.stdout" || status=$?
    took=$((${EPOCHREALTIME/[.,]/} - began))
    printf '%d.%d ms' $((took / 1000)) $((took % 1000 / 100)) >"$tmp/$1.time"
    exit "$status"
}
