# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# diff

do_diff() {
    local steps=() stat='' from to
    while (($#)); do
        case $1 in
            --stat) stat=yes ;;
            -*) fail 2 "unknown option '$1'; try ./course help" ;;
            *) steps+=("$(folder_meant "$1")") ;;
        esac
        shift
    done
    command -v git >/dev/null || fail 2 "diff needs git"
    ((${#steps[@]} == 2)) || fail 2 "diff takes two steps, as in: ./course diff 04 05"
    from=${steps[0]} to=${steps[1]}
    # Writable, even for a reader who may not write in the checkout: the copies are edited, and removed.
    tar -C "$root" -c --exclude build --mode u+rwX "$from" "$to" | tar -C "$tmp" -x
    cd "$tmp" || exit
    # What the course text shows of a file is no difference between steps.
    find "$from" "$to" -type f -exec sed -i -E '\,^ *(//|#|/\*) (tag|end)::[a-z0-9_-]+\[\],d' {} +
    compare() {
        git --no-pager diff --no-index --no-ext-diff -M "$@" "$from" "$to" || (($? == 1))
    }
    compare --name-status >names
    compare --numstat >numbers
    paste names numbers | summarise "$from" "$to"
    [[ ! $stat ]] || return 0
    echo
    compare
}

# The folder of a step, or of a stage of part two, as in functions/2.
folder_meant() {
    local folder=("$root/beyond/$1"_*) step
    if [[ $1 == */[0-9] && -d ${folder[0]} ]]; then
        echo "${folder[0]#"$root/"}"
    else
        step=$(step_number "$1") || exit
        folder_of "$step"
    fi
}

summarise() {
    awk -F '\t' -v from="$1" -v to="$2" -v files="$(find "$1" -type f | wc -l)" '
        function inside(path) { sub("^" from "/", "", path); sub("^" to "/", "", path); return path }
        function line(what, path) {
            lines = lines sprintf("  %-8s %5s %5s  %s\n", what, added ? "+" added : "", removed ? "-" removed : "", path)
        }
        { kind = substr($1, 1, 1); ++count[kind]; gone = kind == "A" ? gone : gone + 1
          added = $(NF - 2); removed = $(NF - 1); edited += kind == "R" && (added || removed) }
        kind == "A" { line("added", inside($2)) }
        kind == "D" { line("removed", inside($2)) }
        kind == "M" { line("changed", inside($2)) }
        kind == "R" { line("moved", inside($2) " -> " inside($3)) }
        END {
            printf "%s -> %s: %d added, %d removed, %d moved (%d of them edited), %d changed, %d unchanged\n\n%s",
                from, to, count["A"], count["D"], count["R"], edited, count["M"], files - gone, lines
        }'
}
