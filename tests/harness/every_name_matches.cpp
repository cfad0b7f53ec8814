// A name or tag on the command line that matches no test case is an error. To Catch2 2 it is none:
// it would exit with 0.

#include <cstdlib>
#include <iostream>
#include <string>

#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>
using Listener = Catch::EventListenerBase;
using Name = Catch::StringRef;
#else
#define CATCH_CONFIG_EXTERNAL_INTERFACES
#include <catch2/catch.hpp>  // Catch2 2, as in Debian 12
using Listener = Catch::TestEventListenerBase;
using Name = const std::string&;
#endif

namespace {

class EveryNameMatches : public Listener {
public:
    using Listener::Listener;

    void noMatchingTestCases(Name name) override {
        std::cerr << "no test case matches " << name << std::endl;
        std::exit(2);
    }
};

}  // namespace

CATCH_REGISTER_LISTENER(EveryNameMatches)
