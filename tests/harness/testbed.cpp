#include "testbed.hpp"

#include <utility>

#include "build_paths.hpp"

namespace {

std::string name_of(Part part) {
    return part == Part::service1 ? "service1" : "service2";
}

void await_ready(Victim& victim) {
    if (victim.name == "broker") {
        ::await_ready(Part::broker, *victim.program);
    } else {
        victim.program->await_lines(1);
    }
}

}  // namespace

Testbed::Testbed(const std::map<std::string, std::string>& environment,
                 std::filesystem::path service1)
    : deployment_(no_parts, environment), service1_(std::move(service1)) {
    const std::string step = step_under_test();
    if (step == "step06") {
        victims_.push_back({"service1"});  // the app starts them, again and again
        victims_.push_back({"service2"});
    } else if (step == "step07") {
        for (const auto& [part, variable] : {std::pair(Part::service1, "SERVICE1_URL"),
                                             std::pair(Part::service2, "SERVICE2_URL")}) {
            add_part(part, name_of(part));
            environment_[variable] = "http://" + add_proxy(part, "way to " + name_of(part));
        }
    } else if (step == "step08") {
        add_part(Part::broker, "broker");
        environment_["NATS_URL"] = "nats://" + add_proxy(Part::broker, "way of the app");
        service_environment_["NATS_URL"] =
            "nats://" + add_proxy(Part::broker, "way of the services");
        for (const Part part : {Part::service1, Part::service2}) {
            add_part(part, name_of(part));
            add_part(part, name_of(part) + "'s copy");
        }
    }
}

Program Testbed::start_app(Command command) const {
    command.environment.insert(environment_.begin(), environment_.end());
    return deployment_.start_app(std::move(command));
}

std::vector<Victim*> Testbed::find(const std::string& name) {
    std::vector<Victim*> found;
    for (Victim& victim : victims_) {
        if (victim.name.starts_with(name)) {
            found.push_back(&victim);
        }
    }
    return found;
}

void Testbed::check_ends_well() {
    for (Victim* victim : find("service")) {
        if (victim->program) {
            await_ready(*victim);  // it may have just come back
            ::check_ends_well(*victim->program);
        }
    }
}

void Testbed::add(const std::string& name, const std::function<Program()>& launch) {
    await_ready(victims_.emplace_back(Victim{name, launch, launch()}));
}

void Testbed::add_part(Part part, const std::string& name) {
    add(name, [this, part] {
        Command command;
        if (part != Part::broker) {
            command.arguments = {"--quiet"};
            command.environment = service_environment_;
        }
        if (part == Part::service1) {
            command.program = service1_;
        }
        return deployment_.launch(part, command);
    });
}

std::string Testbed::add_proxy(Part target, const std::string& name) {
    const std::string port = std::to_string(ports_.emplace_back().number());
    const std::string target_port = std::to_string(deployment_.port(target));
    add(name, [port, target_port] {
        return Program({.program = build_paths::proxy, .arguments = {port, target_port}});
    });
    return "127.0.0.1:" + port;
}
