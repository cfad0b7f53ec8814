// Component2 as a service.

#include "component2/component2.hpp"
#include "protocol/payloads.hpp"
#include "service/run_service.hpp"

int main(int argc, char* argv[]) {
    using protocol::Json;
    const Component2 component;
    const Service service{
        .name = "service2",
        .version = std::string(Component2::version()),
        .operations = {
            {"transform",
             [&](const Json& params) -> Json {
                 return component.transform(params.get<protocol::Value>().value);
             }},
            {"analyze",
             [&](const Json& params) -> Json {
                 return protocol::Analysis{component.analyze(params.get<TransformResult>())};
             }},
        }};
    return run_service(service, {argv + 1, argv + argc});
}
