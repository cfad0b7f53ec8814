// What the calls take and give, as JSON objects: process takes {"input":42} and gives
// {"processed":true,"value":84}. Members that they do not know are left alone; a member that is
// missing or of another type makes the conversion throw. How a request and its reply find each
// other is the envelope's.

#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "interfaces/processor.hpp"
#include "interfaces/transformer.hpp"

namespace protocol {

using Json = nlohmann::json;

// A text that is not the message it should be; what() says why. (The library throws
// Json::exception.)
class MalformedMessage : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace protocol

// tag::int32[]
// How the library converts this type wherever it meets it: its own way would turn 2.9 into 2, true
// into 1, and 3000000000 into -1294967296.
template <>
struct nlohmann::adl_serializer<std::int32_t> {
    static void to_json(json& json, std::int32_t value) { json = std::int64_t{value}; }

    static void from_json(const json& json, std::int32_t& value) {
        using Limits = std::numeric_limits<std::int32_t>;
        if (!json.is_number_integer() || json.get<double>() < Limits::min() ||
            json.get<double>() > Limits::max()) {
            throw protocol::MalformedMessage("a number is not a 32-bit integer");
        }
        value = static_cast<std::int32_t>(json.get<std::int64_t>());
    }
};
// end::int32[]

namespace protocol {

// Names for what is a bare value in C++.
struct Input {  // of process
    std::int32_t input;
};
struct Value {  // of transform
    std::int32_t value;
};
struct Valid {  // from validate
    bool valid;
};
struct Analysis {  // from analyze
    std::string analysis;
};
struct Version {  // from version, which is no operation of a component
    std::string version;
};

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Input, input)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Value, value)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Valid, valid)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Analysis, analysis)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Version, version)

}  // namespace protocol

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(ProcessResult, value, processed)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(TransformResult, original, transformed)
