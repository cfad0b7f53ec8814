#include "in_flight/work.hpp"

#include <stdexcept>
#include <vector>

using nlohmann::json;

namespace {

constexpr int hundred = 100;

void expect(bool right) {
    if (!right) {
        throw std::runtime_error("an answer is wrong");
    }
}

bool is_right(const json& all) {
    return all.at("valid") == true && all.at("analysis") == "Analysis: 84 maps to Value-0084";
}

}  // namespace

Request Work::first() {
    asked_ = "process";
    switch (kind_) {
        case Kind::call:
        case Kind::four:
            break;
        case Kind::coarse:
            return {"run", {{"input", 42}}};
        case Kind::hundred:
            return {"run_all", {{"inputs", std::vector<int>(hundred, 42)}}};
    }
    return {"process", {{"input", 42}}};
}

std::optional<Request> Work::next(const json& result) {
    switch (kind_) {
        case Kind::call:
            expect(result.at("value") == 84 && result.at("processed") == true);
            return std::nullopt;
        case Kind::four:
            return next_of_four(result);
        case Kind::coarse:
            expect(is_right(result));
            return std::nullopt;
        case Kind::hundred:
            break;
    }
    const json& all = result.at("results");
    expect(all.size() == hundred);
    for (const json& one : all) {
        expect(is_right(one));
    }
    return std::nullopt;
}

std::optional<Request> Work::next_of_four(const json& result) {
    if (asked_ == "process") {
        processed_ = result;
        asked_ = "validate";
        return Request{asked_, result};
    }
    if (asked_ == "validate") {
        expect(result.at("valid") == true);
        asked_ = "transform";
        return Request{asked_, {{"value", processed_.at("value")}}};
    }
    if (asked_ == "transform") {
        asked_ = "analyze";
        return Request{asked_, result};
    }
    expect(result.at("analysis") == "Analysis: 84 maps to Value-0084");
    return std::nullopt;
}

Work::Kind work_named(const std::string& name) {
    using enum Work::Kind;
    for (const auto& [known, kind] : {std::pair{"call", call},
                                      {"four", four},
                                      {"coarse", coarse},
                                      {"hundred", Work::Kind::hundred}}) {
        if (name == known) {
            return kind;
        }
    }
    throw std::invalid_argument("there is no work named " + name);
}

int pieces_of(Work::Kind kind) {
    return kind == Work::Kind::hundred ? hundred : 1;
}
