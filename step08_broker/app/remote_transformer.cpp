#include "remote_transformer.hpp"

TransformResult RemoteTransformer::transform(std::int32_t value) const {
    return client_.call("transform", protocol::write_value(value), protocol::read_transform_result);
}

std::string RemoteTransformer::analyze(const TransformResult& result) const {
    return client_.call("analyze", protocol::write(result), protocol::read_analysis);
}
