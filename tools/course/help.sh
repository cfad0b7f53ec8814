# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# help. A new command is do_NAME in NAME.sh beside this file, and a line here.

do_help() {
    cat <<'EOF'
Usage: ./course COMMAND

  setup                 install what is missing (Debian and Ubuntu; elsewhere: list it and stop)
  run                   set up, build, run every step on 42, compare what they print
  run 05 [ARGS...]      one step's program with these arguments, and nothing else
  test [05] [--long]    set up, build, run all tests, or one step's
                        --long: the slow ones too (steps built alone, planted faults,
                        chaos, the text's experiments; about an hour on two cores)
  diff 04 05 [--stat]   what changed between two steps; --stat: the summary alone
  bench [--quick]       what each boundary costs, measured on this machine; bench --help for more
  docs [--check]        brings code, output and file tables in the course text up to date
                        --check: changes nothing, fails where something is stale or unchecked
  beyond [PART ...]     part two: its parts, and what each needs; builds, tests, measures one
  site [--serve]        the course as a site, in build/site; --serve: on 127.0.0.1, built again on change
                        --check: its tests, in a browser; --pdf: the book for print, too
  new NAME --from 06    a project of your own from step 06, in ../NAME or the FOLDER that you name:
                        renamed, building, tested; --component1 NAME, --component2 NAME
  help                  this text

Steps:
EOF
    local step
    for step in $(steps); do
        printf '  %s  %-11s %s\n' "$step" "$(name_of "$step")" "$(joined_by "$step")"
    done
}
