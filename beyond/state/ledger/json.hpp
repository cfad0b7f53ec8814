// The ledger's requests and entries as JSON, for step 06 and for step 08.

#pragma once

#include "ledger/ledger.hpp"
#include "protocol/payloads.hpp"

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Request, key, value)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Entry, value, count)
