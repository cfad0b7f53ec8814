// Component1 as a service of step 07 or 08, with metrics: service1/main.cpp, and a Processor in
// between.

#include <prometheus/exposer.h>

#include <exception>
#include <iostream>
#include <memory>

#include "arguments.hpp"
#include "component1/component1.hpp"
#include "measured_processor.hpp"
#include "protocol/payloads.hpp"
#include "service/run_service.hpp"

int main(int argc, char* argv[]) {
    using protocol::Json;
    std::vector<std::string> arguments{argv + 1, argv + argc};
    try {
        // tag::wiring[]
        const std::string address =
            setting(take_option(arguments, "--metrics"), "METRICS", "127.0.0.1:0");
        const auto registry = std::make_shared<prometheus::Registry>();
        const Component1 component;
        const MeasuredProcessor measured(component, *registry);
        prometheus::Exposer exposer(address, 1);
        exposer.RegisterCollectable(registry);
        std::cerr << "service1: metrics at http://127.0.0.1:" +
                         std::to_string(exposer.GetListeningPorts().at(0)) + "/metrics\n";
        // end::wiring[]
        const Service service{
            .name = "service1",
            .version = std::string(Component1::version()),
            .operations = {
                {"process",
                 [&](const Json& params) -> Json {
                     return measured.process(params.get<protocol::Input>().input);
                 }},
                {"validate",
                 [&](const Json& params) -> Json {
                     return protocol::Valid{measured.validate(params.get<ProcessResult>())};
                 }},
            }};
        return run_service(service, arguments);
    } catch (const std::exception& error) {
        std::cerr << "service1: " + std::string(error.what()) + '\n';
        return 3;
    }
}
