// How many calls there are in a second, and how long each takes, with a number of them in progress.
//
//     bench_in_flight pipe [SERVICE1 SERVICE2]            programs, or children that do the same
//     barely bench_in_flight http [URL1 URL2]                    of services, or bare cpp-httplib
//     bench_in_flight nats URL [bare | bare_flusher]      the broker; services on it, or bare
//     nats.c
//
// reads commands such as "load call 64 200 4711": process(42) for 200 ms with 64 in progress, and
// what process 4711 adds to it; writes a line of JSON for each. Other work than "call" is in
// work.hpp.

#include <chrono>
#include <exception>
#include <iostream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "floors/http_library.hpp"
#include "floors/nats.hpp"
#include "in_flight/http.hpp"
#include "in_flight/load.hpp"
#include "in_flight/nats.hpp"
#include "in_flight/pipes.hpp"

namespace {

using Words = std::vector<std::string>;

const Words of_service1{"process", "validate", "run", "run_all"};
const Words of_service2{"transform", "analyze"};

// Starts what has to be there for each load anew, and keeps the rest.
class Mechanism {
public:
    virtual ~Mechanism() = default;
    virtual Carrier& carrier() = 0;
};

class OverPipes final : public Mechanism {
public:
    explicit OverPipes(const Words& programs) : carrier_(carry_by_pipes(programs)) {}
    Carrier& carrier() override { return *carrier_; }

private:
    std::unique_ptr<Carrier> carrier_;
};

class OverHttp final : public Mechanism {
public:
    explicit OverHttp(const Words& urls) {
        if (urls.empty()) {
            servers_.push_back(std::make_unique<HttpLibraryServer>(Settings::good, of_service1));
            servers_.push_back(std::make_unique<HttpLibraryServer>(Settings::good, of_service2));
            ports_ = {servers_[0]->port(), servers_[1]->port()};
        }
        for (const std::string& url : urls) {
            ports_.push_back(std::stoi(url.substr(url.rfind(':') + 1)));
        }
    }

    // Connections of its own, as many as it has in progress.
    Carrier& carrier() override {
        carrier_.reset();
        carrier_ = carry_by_http(ports_);
        return *carrier_;
    }

private:
    std::vector<std::unique_ptr<HttpLibraryServer>> servers_;
    std::vector<int> ports_;
    std::unique_ptr<Carrier> carrier_;
};

class OverNats final : public Mechanism {
public:
    OverNats(const std::string& url, const std::string& how) {
        if (how.empty()) {
            carrier_ = carry_by_nats(url, "service.");
            return;
        }
        const Send send = how == "bare_flusher" ? Send::with_others : Send::at_once;
        responders_.push_back(std::make_unique<NatsResponder>(url, of_service1, send));
        responders_.push_back(std::make_unique<NatsResponder>(url, of_service2, send));
        carrier_ = carry_by_nats(url, prefix_of(send));
    }
    Carrier& carrier() override { return *carrier_; }

private:
    std::vector<std::unique_ptr<NatsResponder>> responders_;
    std::unique_ptr<Carrier> carrier_;
};

std::unique_ptr<Mechanism> mechanism_for(const Words& arguments) {
    const std::string& kind = arguments.at(0);
    const Words rest(arguments.begin() + 1, arguments.end());
    if (kind == "pipe") {
        return std::make_unique<OverPipes>(rest);
    }
    if (kind == "http") {
        return std::make_unique<OverHttp>(rest);
    }
    if (kind == "nats") {
        return std::make_unique<OverNats>(rest.at(0), rest.size() > 1 ? rest[1] : "");
    }
    throw std::invalid_argument("neither pipe nor http nor nats: " + kind);
}

Load load_from(const std::string& line) {
    std::istringstream words(line);
    std::string command;
    std::string work;
    Load load;
    std::chrono::milliseconds::rep milliseconds = 0;
    if (!(words >> command >> work >> load.in_progress >> milliseconds) || command != "load") {
        throw std::invalid_argument("not \"load WORK IN_PROGRESS MS PID...\": " + line);
    }
    load.work = work_named(work);
    load.time = std::chrono::milliseconds(milliseconds);
    load.others.assign(std::istream_iterator<pid_t>(words), {});
    return load;
}

}  // namespace

int main(int argc, char* argv[]) {
    try {
        const auto mechanism = mechanism_for({argv + 1, argv + argc});
        for (std::string line; std::getline(std::cin, line);) {
            const Load load = load_from(line);
            nlohmann::json figures = put_on(mechanism->carrier(), load);
            figures["pieces"] = pieces_of(load.work);
            std::cout << figures << std::endl;
        }
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "bench: " << error.what() << '\n';
        return 1;
    }
}
