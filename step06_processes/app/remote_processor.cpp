#include "remote_processor.hpp"

#include <variant>

using namespace protocol;

// tag::calls[]
ProcessResult RemoteProcessor::process(std::int32_t input) const {
    const auto reply = std::get<ProcessReply>(client_.call(ProcessRequest{input}));
    return {reply.value, reply.processed};
}
// end::calls[]

bool RemoteProcessor::validate(const ProcessResult& result) const {
    const ValidateRequest request{result.value, result.processed};
    return std::get<ValidateReply>(client_.call(request)).valid;
}
