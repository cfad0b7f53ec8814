// The one place that knows where Catch2 keeps its header: version 3, or 2 as in Debian 12.

#pragma once

#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_test_macros.hpp>
#else
#include <catch2/catch.hpp>
#endif
