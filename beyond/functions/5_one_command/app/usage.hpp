// The text of --help.

#pragma once

#include <string_view>

inline constexpr std::string_view usage = R"(Usage: app [options] [VALUE ...]
       app [options] -

Runs each VALUE, a decimal 32-bit integer, through the pipeline (none given: 42).
With "-" the values come from standard input, one per line; blank lines are skipped.

      --functions-url URL  where the functions are (FUNCTIONS_URL; http://127.0.0.1:9001)
      --timeout MS         time limit for each invocation (4000)
      --deadline MS        time limit for each call, with all its invocations (10000)
  -q, --quiet              no story on stderr (errors still appear)
  -h, --help               print this help and exit
      --version            print the version and exit

Exit status: 0 every value went through, 1 a component rejected a value, 2 wrong usage,
3 something outside the program failed for good.
)";
