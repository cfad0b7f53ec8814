#include "measured_processor.hpp"

#include <chrono>
#include <stdexcept>

namespace {

using Clock = std::chrono::steady_clock;

// From what a call takes to the longest wait that a caller stands: ten times each.
const prometheus::Histogram::BucketBoundaries bounds{1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1};

}  // namespace

// tag::operation[]
MeasuredProcessor::Operation MeasuredProcessor::operation(const std::string& name,
                                                          prometheus::Registry& registry) {
    auto& calls = prometheus::BuildCounter()
                      .Name("component1_calls_total")
                      .Help("Calls, by how they ended")
                      .Register(registry);
    auto& seconds = prometheus::BuildHistogram()
                        .Name("component1_call_seconds")
                        .Help("How long a call took")
                        .Register(registry);
    return {calls.Add({{"operation", name}, {"outcome", "done"}}),
            calls.Add({{"operation", name}, {"outcome", "refused"}}),
            calls.Add({{"operation", name}, {"outcome", "failed"}}),
            seconds.Add({{"operation", name}}, bounds)};
}
// end::operation[]

MeasuredProcessor::MeasuredProcessor(const Processor& inside, prometheus::Registry& registry)
    : inside_(inside),
      process_(operation("process", registry)),
      validate_(operation("validate", registry)) {}

// tag::measured[]
template <typename Call>
auto MeasuredProcessor::measured(const Operation& operation, const Call& call) {
    const auto begin = Clock::now();
    const auto observe = [&](prometheus::Counter& outcome) {
        outcome.Increment();
        operation.seconds.Observe(std::chrono::duration<double>(Clock::now() - begin).count());
    };
    try {
        auto result = call();
        observe(operation.done);
        return result;
    } catch (const std::domain_error&) {  // the value's fault
        observe(operation.refused);
        throw;
    } catch (...) {  // ours
        observe(operation.failed);
        throw;
    }
}

ProcessResult MeasuredProcessor::process(std::int32_t input) const {
    return measured(process_, [&] { return inside_.process(input); });
}
// end::measured[]

bool MeasuredProcessor::validate(const ProcessResult& result) const {
    return measured(validate_, [&] { return inside_.validate(result); });
}
