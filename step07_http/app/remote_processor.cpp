#include "remote_processor.hpp"

// tag::calls[]
ProcessResult RemoteProcessor::process(std::int32_t input) const {
    return client_.call("process", protocol::write_input(input), protocol::read_process_result);
}

bool RemoteProcessor::validate(const ProcessResult& result) const {
    return client_.call("validate", protocol::write(result), protocol::read_valid);
}
// end::calls[]
