// Component1 as a service.

#include "component1/component1.hpp"
#include "protocol/payloads.hpp"
#include "service/run_service.hpp"

int main(int argc, char* argv[]) {
    using namespace protocol;
    const Component1 component;
    // tag::service[]
    const Service service{
        .name = "service1",
        .version = std::string(Component1::version()),
        .operations = {
            {"process",
             [&](const Json& payload) { return write(component.process(read_input(payload))); }},
            {"validate",
             [&](const Json& payload) {
                 return write_valid(component.validate(read_process_result(payload)));
             }},
        }};
    // end::service[]
    return run_service(service, {argv + 1, argv + argc});
}
