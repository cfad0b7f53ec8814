# shellcheck shell=bash disable=SC2034,SC2154  # a part of ../../course, which has the variables
# new NAME --from STEP [--component1 NAME] [--component2 NAME] [FOLDER]: a project of the reader's own. It is the step's
# files, with names that are the reader's and without what ties them to the course. What is renamed: renames().

do_new() {
    local name='' step='' one=doubler two=formatter folder='' taken
    while (($#)); do
        case $1 in
            --from | --component1 | --component2)
                (($# > 1)) || fail 2 "$1 needs a value, as in: ./course new orders --from 06"
                case $1 in
                    --from) step=$(step_number "$2") || exit ;;
                    --component1) one=$2 ;;
                    --component2) two=$2 ;;
                esac
                shift
                ;;
            -*) fail 2 "unknown option '$1'; try ./course help" ;;
            *)
                [[ ! $folder ]] || fail 2 "new takes one name and one folder, not '$1' as well"
                if [[ $name ]]; then folder=$1; else name=$1; fi
                ;;
        esac
        shift
    done
    [[ $name && $step ]] || fail 2 "new takes a name and a step, as in: ./course new orders --from 06"
    [[ $step != 0[01] ]] || fail 2 "step $step has no components that could be taken; steps 02 to 08 have"
    taken=$(taken_names "$step")
    check_name "$name"
    check_name "$one"
    check_name "$two"
    check_apart "$name" "$one"
    check_apart "$name" "$two"
    check_apart "$one" "$two"
    check_folder
    make_project
}

# What a project cannot be called, nor its components: C++'s keywords, names that compilers and headers claim, and
# the folders that building needs.
never_names="alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t
    class compl concept const consteval constexpr constinit const_cast continue co_await co_return co_yield decltype
    default delete do double dynamic_cast else enum explicit export extern false float for friend goto if inline int
    long mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected public register
    reinterpret_cast requires restrict return short signed sizeof static static_assert static_cast struct switch
    template this thread_local throw true try typedef typeid typename union unsigned using virtual void volatile
    wchar_t while xor xor_eq
    std main linux unix errno assert stdin stdout stderr null build bin lib test"

# The names in a step's code, as small letters: what is left of it without comments and texts, and what its files
# and folders are called.
taken_names() {
    local folder
    folder=$root/$(folder_of "$1")
    {
        find "$folder" -regextype egrep -regex '.*\.(cpp|hpp|c|h)' ! -path "$folder/build*" -exec sed -zE \
            's/R"\(([^)]|\)[^"])*\)"/ /g; s,//[^\n]*,,g; s,/\*([^*]|\*[^/])*\*/,,g; s/"([^"\\\n]|\\.)*"/ /g' {} +
        find "$folder" '(' -name CMakeLists.txt -o -name '*.cmake' ')' ! -path "$folder/build*" -exec sed 's/#.*//' {} +
        find "$folder" -mindepth 1 ! -path "$folder/build*" -printf '%P\n'
    } | tr -d '\0' | grep -oE '[A-Za-z_][A-Za-z0-9_]*' | tr '[:upper:]' '[:lower:]' | sed 's/^_*//; s/_*$//' | sort -u
}

check_name() {
    [[ $1 =~ ^[a-z]([a-z0-9]|_[a-z0-9])*$ ]] ||
        fail 2 "'$1' is no name: small letters, digits and single _ in between, the first a letter, as in order_book"
    ! grep -qxF "$1" <<<"${never_names//[[:space:]]/$'\n'}" || fail 2 "'$1' is a word of C++ or of the build"
    ! grep -qxF -e "$1" -e "${1//_/}" <<<"$taken" || fail 2 "'$1' is taken: the project's code has that name already"
}

# Two names, from which other names are made: pricing_tests, PricingTests.
check_apart() {
    if [[ ${1//_/} == "${2//_/}" || $1 == "$2"_* || $2 == "$1"_* ]]; then
        fail 2 "'$1' and '$2' are too much alike: what is named after them would clash"
    fi
}

check_folder() {
    local parent
    folder=$(realpath -m -- "${folder:-$root/../$name}")
    parent=$(dirname "$folder")
    [[ -d $parent ]] || fail 2 "there is no folder $parent"
    [[ ! -e $folder || -d $folder ]] || fail 2 "$folder is no folder"
    [[ ! -d $folder || ! $(ls -A "$folder") ]] || fail 2 "$folder is not empty"
}

class_of() {
    local class='' word
    for word in ${1//_/ }; do
        class+=${word^}
    done
    echo "$class"
}

# The list of what is renamed, in files and in their names, for sed -E.
renames() {
    local class1 class2
    class1=$(class_of "$one")
    class2=$(class_of "$two")
    cat <<EOF
# what only the course has: marks for its text, its harness
\\,^ *(//|#|/\\*) (tag|end)::[a-z0-9_-]+\\[\\],d
/^if\\(PROJECT_IS_TOP_LEVEL AND BUILD_TESTING AND EXISTS/,/^endif/d
s,  // the story\\, which differs from step to step,  // the story,
s/the options that only this step has/the options of this way to be reached/
# the project, and its program
s/step0[0-9](_[a-z_]+)?/$name/g
s/stepNN/$name/g
s/\\bSTEP_TEST\\b/${name^^}_TEST/g
s/\\bSTEP\\b/PROJECT/g
s/OUTPUT_NAME app\\b/OUTPUT_NAME $name/
s,(bin|Debug|plugins|alone)/app\\b,\\1/$name,g
s/"app("|: | 1\\.0\\.0)/"$name\\1/g
s/'app --help'/'$name --help'/
s/^( {7}|.*Usage: )app \\[/\\1$name [/
# what it reads from the environment, what it is known by to others
/Usage: plugin_test/!s/\\b(SERVICE_(DIR|DELAY|LISTEN)|PLUGIN_DIR)\\b/${name^^}_\\1/g
s/\\bget_(processor|transformer)_plugin\\b/${name}_\\1_plugin/g
s/"service\\."/"$name."/
s/\\bservice\\.process("| is)/$name.process\\1/
# both components, where a number is put together with a word
s/"\\/component\\[12\\]\\/"/"\${PROJECT_SOURCE_DIR}\\/($one|$two)\\/"/
s/for n in 1 2; do/for n in $one:$class1 $two:$class2; do\\n        library=lib\${n%:*}.so class=\${n#*:}/
s/libcomponent\\\$n\\.so/\$library/g
s/Component\\\$n/\$class/g
s/add_service\\(number\\): the program serviceN/add_service(component): the program COMPONENT_service/
s/add_service number/add_service component/
s/(service|component)\\\$\\{number\\}/\${component}_\\1/g
s/\\\$\\{component\\}_component/\${component}/g
s/add_service\\(1\\)/add_service($one)/
s/add_service\\(2\\)/add_service($two)/
# each of them, and the service around it
s/^( {6}--)service1 URL +(.*)/\\1${one//_/-}-service URL\\n                         \\2/
s/^( {6}--)service2 URL +(.*)/\\1${two//_/-}-service URL\\n                         \\2/
s/--service1/--${one//_/-}-service/g
s/--service2/--${two//_/-}-service/g
s/SERVICE1_URL/${name^^}_${one^^}_URL/g
s/SERVICE2_URL/${name^^}_${two^^}_URL/g
s/\\burl1\\b/${one}_url/g
s/\\burl2\\b/${two}_url/g
s/service1/${one}_service/g
s/service2/${two}_service/g
s/component1/$one/g
s/component2/$two/g
s/Component1/$class1/g
s/Component2/$class2/g
s/COMPONENT1/${one^^}/g
s/COMPONENT2/${two^^}/g
EOF
}

# Made beside the folder, and moved there when it is whole.
make_project() {
    local half project path renamed
    half=$(mktemp -d "$(dirname "$folder")/.$name.XXXXXX") || fail 2 "cannot write in $(dirname "$folder")"
    into=
    # shellcheck disable=SC2064  # this half, whatever the variable is later
    trap "stop_parts; rm -rf '${half//\'/\'\\\'\'}' \"\$tmp\"; [[ ! \$into ]] || find \"\$into\" -mindepth 1 -delete" EXIT
    project=$half/project
    mkdir "$project"
    tar -C "$root/$(folder_of "$step")" -c --exclude './build*' --exclude ./README.md --mode u+rwX . | tar -C "$project" -x
    # shellcheck source=/dev/null
    . "$root/tools/course/new/readme.sh"
    readme >"$project/README.md"
    renames >"$half/renames"
    find "$project" -type f -exec sed -E -i -f "$half/renames" {} +
    (cd "$project" && find . -mindepth 1 -depth -name '*[12]*') | while read -r path; do
        renamed=$(sed -E -f "$half/renames" <<<"${path##*/}")
        [[ ${path##*/} == "$renamed" ]] || mv -T "$project/$path" "$project/${path%/*}/$renamed"
    done
    sed -i -e :a -e '/^\n*$/{$d;N;ba' -e '}' "$project/CMakeLists.txt"  # blank lines at its end
    cp "$root/LICENSE" "$root/.clang-format" "$root/tools/course/new/CMakePresets.json" "$project/"
    echo build/ >"$project/.gitignore"
    sed "/^#/d; s/^HeaderFilterRegex:.*/HeaderFilterRegex: '.*'/" "$root/.clang-tidy" >"$project/.clang-tidy"
    if command -v clang-format >/dev/null; then  # names of another length move lines, and the order of headers
        find "$project" -regextype egrep -regex '.*\.(cpp|hpp|c|h)' -exec clang-format -i {} +
    else
        say "clang-format is not installed: lines are as long as the new names make them"
    fi
    if [[ -d $folder ]]; then
        into=$folder
        find "$project" -mindepth 1 -maxdepth 1 -exec mv -t "$folder" {} +
        into=
    else
        mv -T "$project" "$folder"
    fi
    say "$name is in $folder. To build it and to run its tests:"
    say "    cd $folder"
    say "    cmake --preset dev && cmake --build --preset dev && ctest --preset dev"
    say "Where to begin is in its README.md."
}
