#include "ask/remote_ledger.hpp"

#include <nlohmann/json.hpp>

namespace {

Entry read_entry(const protocol::Json& json) {
    return {protocol::int32_member(json, "value"), protocol::int32_member(json, "count")};
}

}  // namespace

// tag::record[]
Entry RemoteLedger::record(const Request& request) {
    return client_.call(
        "record", protocol::text_of({{"key", request.key}, {"value", request.value}}), read_entry);
}
// end::record[]
