// A service behind a broker: requests come as messages on its operations' subjects.

#pragma once

#include <span>

#include "broker/options.hpp"
#include "service/run_service.hpp"

// The copies of a service share the requests: they are a queue group.
class SubjectServer final : public Server {
public:
    // The arguments of main(), whose secrets are overwritten as soon as they have been read.
    explicit SubjectServer(std::span<char* const> arguments) : arguments_(arguments) {}

    std::string_view usage() const override;
    bool take(Arguments& arguments) override;
    void serve(const Service& service, const StopSignals& signals, const Story& story) override;

private:
    std::span<char* const> arguments_;
    broker::Options broker_;
    int queue_ = 0;  // requests of an operation in hand and waiting, at most; 0: no limit
};
