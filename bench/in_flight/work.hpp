// What is asked for again and again, one request after the other.

#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

struct Request {
    std::string operation;
    nlohmann::json parameters;
};

// One piece of work in progress.
class Work {
public:
    enum class Kind {
        call,     // process(42)
        four,     // a value by four calls, as the pipeline makes them
        coarse,   // a value by one call
        hundred,  // a hundred values by one call
    };

    explicit Work(Kind kind) : kind_(kind) {}

    Request first();

    // What follows an answer; nothing if the work is done. Throws if the answer is wrong.
    std::optional<Request> next(const nlohmann::json& result);

private:
    std::optional<Request> next_of_four(const nlohmann::json& result);

    Kind kind_;
    std::string asked_;
    nlohmann::json processed_;
};

Work::Kind work_named(const std::string& name);

// Calls or values in one piece.
int pieces_of(Work::Kind kind);
