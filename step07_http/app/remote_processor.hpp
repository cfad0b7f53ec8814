// A Processor that lives in a service.

#pragma once

#include "client.hpp"
#include "interfaces/processor.hpp"

// Borrows the client, and is as thread-safe as the client is.
class RemoteProcessor final : public Processor {
public:
    explicit RemoteProcessor(Client& client) : client_(client) {}

    ProcessResult process(std::int32_t input) const override;
    bool validate(const ProcessResult& result) const override;

private:
    Client& client_;
};
