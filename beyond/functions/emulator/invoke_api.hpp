// The interface for callers: POST /2015-03-31/functions/NAME/invocations.

#pragma once

#include <httplib.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>

#include "function.hpp"

using Functions = std::map<std::string, std::unique_ptr<Function>, std::less<>>;

// Borrows the functions. Any thread.
class InvokeApi {
public:
    explicit InvokeApi(Functions& functions) : functions_(functions) {}
    InvokeApi(const InvokeApi&) = delete;
    InvokeApi& operator=(const InvokeApi&) = delete;
    ~InvokeApi();  // after the events that were accepted

    void add_to(httplib::Server& server);

private:
    void invoke(const httplib::Request& request, httplib::Response& response);
    void invoke_later(Function& function, Event event, httplib::Response& response);

    Functions& functions_;
    std::atomic<int> accepted_ = 0;
    httplib::ThreadPool background_{4};
};
