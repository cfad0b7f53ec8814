#include "remote_processor.hpp"

// tag::calls[]
ProcessResult RemoteProcessor::process(std::int32_t input) const {
    return client_.call<ProcessResult>("process", protocol::Input{input});
}

bool RemoteProcessor::validate(const ProcessResult& result) const {
    return client_.call<protocol::Valid>("validate", result).valid;
}
// end::calls[]
