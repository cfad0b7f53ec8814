#include "ask/remote_ledger.hpp"

#include "ledger/json.hpp"

// tag::record[]
Entry RemoteLedger::record(const Request& request) {
    return client_.call<Entry>("record", request);
}
// end::record[]
