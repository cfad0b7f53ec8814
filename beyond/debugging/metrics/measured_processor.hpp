// A Processor around a Processor, which counts and times the calls for Prometheus. The one inside,
// its callers and the boundary do not know.

#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <string>

#include "interfaces/processor.hpp"

// Any number of threads may call it at once, if the one inside allows that.
class MeasuredProcessor final : public Processor {
public:
    // Borrows both.
    MeasuredProcessor(const Processor& inside, prometheus::Registry& registry);

    ProcessResult process(std::int32_t input) const override;
    bool validate(const ProcessResult& result) const override;

private:
    struct Operation {
        prometheus::Counter& done;
        prometheus::Counter& refused;
        prometheus::Counter& failed;
        prometheus::Histogram& seconds;
    };

    static Operation operation(const std::string& name, prometheus::Registry& registry);

    template <typename Call>
    static auto measured(const Operation& operation, const Call& call);

    const Processor& inside_;
    Operation process_;
    Operation validate_;
};
