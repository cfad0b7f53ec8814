// The text of --help.

#pragma once

#include <string_view>

inline constexpr std::string_view usage = R"(Usage: app [options] [VALUE ...]
       app [options] -

Runs each VALUE, a decimal 32-bit integer, through the pipeline (none given: 42).
With "-" the values come from standard input, one per line; blank lines are skipped.

      --nats URL[,URL]   the broker (NATS_URL; nats://127.0.0.1:4222), or those of a cluster; with
                         name and password as nats://NAME:PASSWORD@HOST:PORT
      --tls-ca FILE      use TLS and trust the certificates that this CA signed (NATS_CA)
      --jobs N           run N values at once (1)
      --timeout MS       time limit for each answer of a service (2000)
      --deadline MS      time limit for a call with all its attempts (10000)
  -q, --quiet            no story on stderr (errors still appear)
  -h, --help             print this help and exit
      --version          print the version and exit

Exit status: 0 every value went through, 1 a component rejected a value, 2 wrong usage,
3 something outside the program failed for good.
)";
