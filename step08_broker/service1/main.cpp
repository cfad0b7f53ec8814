// Component1 as a service.

#include "component1/component1.hpp"
#include "protocol/payloads.hpp"
#include "service/run_service.hpp"

int main(int argc, char* argv[]) {
    using protocol::Json;
    const Component1 component;
    // tag::service[]
    const Service service{
        .name = "service1",
        .version = std::string(Component1::version()),
        .operations = {
            {"process",
             [&](const Json& params) -> Json {
                 return component.process(params.get<protocol::Input>().input);
             }},
            {"validate",
             [&](const Json& params) -> Json {
                 return protocol::Valid{component.validate(params.get<ProcessResult>())};
             }},
        }};
    // end::service[]
    return run_service(service, {argv + 1, argv + argc});
}
