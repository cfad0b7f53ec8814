// A Ledger that lives in a service.

#pragma once

#include "client.hpp"
#include "ledger/ledger.hpp"

// Borrows the client, of step 06 or of step 08: it cannot tell.
class RemoteLedger final : public Ledger {
public:
    explicit RemoteLedger(Client& client) : client_(client) {}

    Entry record(const Request& request) override;

private:
    Client& client_;
};
