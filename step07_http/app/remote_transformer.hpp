// A Transformer that lives in a service.

#pragma once

#include "client.hpp"
#include "interfaces/transformer.hpp"

// Borrows the client, and is as thread-safe as the client is.
class RemoteTransformer final : public Transformer {
public:
    explicit RemoteTransformer(Client& client) : client_(client) {}

    TransformResult transform(std::int32_t value) const override;
    std::string analyze(const TransformResult& result) const override;

private:
    Client& client_;
};
