// A service on lines: a request comes as a line of standard input, its reply goes to standard
// output.

#pragma once

#include "service/run_service.hpp"

// Serves until its input ends, too.
class LineServer final : public Server {
public:
    std::string_view usage() const override { return ""; }
    bool take(Arguments&) override { return false; }
    void serve(const Service& service, const StopSignals& signals, const Story& story) override;
};
