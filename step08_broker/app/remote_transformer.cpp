#include "remote_transformer.hpp"

TransformResult RemoteTransformer::transform(std::int32_t value) const {
    return client_.call<TransformResult>("transform", protocol::Value{value});
}

std::string RemoteTransformer::analyze(const TransformResult& result) const {
    return client_.call<protocol::Analysis>("analyze", result).analysis;
}
