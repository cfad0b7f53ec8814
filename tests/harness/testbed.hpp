// Testbed: a step with all that can fail around its app. From step07 on there is a proxy before
// each part that listens, and in step08 there are two copies of each service.

#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "deployment.hpp"
#include "runner.hpp"
#include "tcp.hpp"

// Something that can be killed or stopped. Where launch is set, it is not the app that starts it.
struct Victim {
    std::string name;
    std::function<Program()> launch = {};
    std::optional<Program> program = {};
};

class Testbed {
public:
    // The environment is that of the services, too, and of those that step06's app starts. Returns
    // when all is ready.
    explicit Testbed(const std::map<std::string, std::string>& environment,
                     std::filesystem::path service1 = {});  // instead of the real one
    Testbed(const Testbed&) = delete;
    Testbed& operator=(const Testbed&) = delete;

    Program start_app(Command command) const;

    // "service1" and "service2" in step06; in the others also "way to service1" and so on, in
    // step08 "service1's copy", "broker", "way of the app", "way of the services".
    std::vector<Victim>& victims() { return victims_; }

    // All victims whose name begins so.
    std::vector<Victim*> find(const std::string& name);

    // The services that are there get a signal; fails the test if one does not end well. They are
    // killed in any case when this is destroyed.
    void check_ends_well();

private:
    void add(const std::string& name, const std::function<Program()>& launch);
    void add_part(Part part, const std::string& name);
    std::string add_proxy(Part target, const std::string& name);  // returns its address

    Deployment deployment_;
    std::filesystem::path service1_;
    std::vector<tcp::ReservedPort> ports_;
    std::map<std::string, std::string> environment_;  // of the app
    std::map<std::string, std::string> service_environment_;
    std::vector<Victim> victims_;
};
