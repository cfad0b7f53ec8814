// A service over HTTP: an operation is a path, and a request's payload the body of a POST.

#pragma once

#include <optional>
#include <set>
#include <string>

#include "http/address.hpp"
#include "service/run_service.hpp"

class HttpServer final : public Server {
public:
    explicit HttpServer(int default_port) : default_port_(default_port) {}

    std::string_view usage() const override;
    bool take(Arguments& arguments) override;

    // Throws std::runtime_error if the address is not to be had.
    void serve(const Service& service, const StopSignals& signals, const Story& story) override;

private:
    int default_port_;
    std::optional<http::Address> address_;  // nothing: not given as an option
    std::set<std::string> names_;
};
