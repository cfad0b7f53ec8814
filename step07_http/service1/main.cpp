// Component1 as a service.

#include "component1/component1.hpp"
#include "service/service.hpp"

int main(int argc, char* argv[]) {
    using namespace protocol;
    const Component1 component;
    // tag::service[]
    const Service service{
        "service1",
        std::string(Component1::version()),
        3001,
        {"process", "validate"},
        [&](const Request& request) -> Reply {
            if (const auto* call = std::get_if<ProcessRequest>(&request)) {
                const ProcessResult result = component.process(call->input);
                return ProcessReply{result.value, result.processed};
            }
            if (const auto* call = std::get_if<ValidateRequest>(&request)) {
                return ValidateReply{component.validate({call->value, call->processed})};
            }
            return Error{Error::Kind::malformed, "service1 has no such operation"};
        }};
    // end::service[]
    return run_service(service, {argv + 1, argv + argc});
}
