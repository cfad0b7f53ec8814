#include "remote_transformer.hpp"

#include <variant>

using namespace protocol;

TransformResult RemoteTransformer::transform(std::int32_t value) const {
    const auto reply = std::get<TransformReply>(client_.call(TransformRequest{value}));
    return {reply.original, reply.transformed};
}

std::string RemoteTransformer::analyze(const TransformResult& result) const {
    const AnalyzeRequest request{result.original, result.transformed};
    return std::get<AnalyzeReply>(client_.call(request)).analysis;
}
