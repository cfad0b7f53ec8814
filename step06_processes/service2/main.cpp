// Component2 as a service.

#include "component2/component2.hpp"
#include "protocol/payloads.hpp"
#include "service/run_service.hpp"

int main(int argc, char* argv[]) {
    using namespace protocol;
    const Component2 component;
    const Service service{
        .name = "service2",
        .version = std::string(Component2::version()),
        .operations = {
            {"transform",
             [&](const Json& payload) { return write(component.transform(read_value(payload))); }},
            {"analyze",
             [&](const Json& payload) {
                 return write_analysis(component.analyze(read_transform_result(payload)));
             }},
        }};
    return run_service(service, {argv + 1, argv + argc});
}
