// Component2 as a service.

#include "component2/component2.hpp"
#include "service/service.hpp"

int main(int argc, char* argv[]) {
    using namespace protocol;
    const Component2 component;
    const Service service{
        "service2",
        std::string(Component2::version()),
        {"transform", "analyze"},
        [&](const Request& request) -> Reply {
            if (const auto* call = std::get_if<TransformRequest>(&request)) {
                const TransformResult result = component.transform(call->value);
                return TransformReply{result.original, result.transformed};
            }
            if (const auto* call = std::get_if<AnalyzeRequest>(&request)) {
                return AnalyzeReply{component.analyze({call->original, call->transformed})};
            }
            return Error{Error::Kind::malformed, "service2 has no such operation"};
        }};
    return run_service(service, {argv + 1, argv + argc});
}
