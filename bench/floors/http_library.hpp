// cpp-httplib with nothing around it.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "forked.hpp"

namespace httplib {
class Client;
}

enum class Settings {
    good,      // keep the connection, send at once on both sides
    nagle,     // keep the connection
    defaults,  // a new connection for each request
};

// A child process that answers POST requests for these operations in JSON.
class HttpLibraryServer {
public:
    HttpLibraryServer(Settings settings, const std::vector<std::string>& operations);

    int port() const { return port_; }

private:
    int port_ = 0;
    std::unique_ptr<Forked> child_;
};

// One thread at a time.
class HttpLibraryClient {
public:
    HttpLibraryClient(int port, Settings settings);
    ~HttpLibraryClient();

    std::string exchange(const std::string& operation, const std::string& body);

private:
    std::unique_ptr<httplib::Client> client_;
};
