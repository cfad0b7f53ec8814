// Billing: the other component with a state, one bill for each request.

#pragma once

#include <string>

#include "component2/component2.hpp"
#include "ledger/database.hpp"
#include "ledger/ledger.hpp"

// Borrows the database. One thread.
class Billing {
public:
    explicit Billing(const Database& database);

    // Writes the bill, unless there is one for this key already. Throws std::domain_error if
    // Component2 refuses the doubled value.
    void bill(const Request& request);

private:
    Component2 component_;
    Statement insert_;
};
