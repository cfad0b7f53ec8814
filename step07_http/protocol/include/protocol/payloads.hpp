// What the calls take and give, as JSON objects: process takes {"input":42} and gives
// {"value":84,"processed":true}. How a request and its reply find each other is the envelope's.
// Plain functions: any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "interfaces/processor.hpp"
#include "interfaces/transformer.hpp"

namespace protocol {

using Json = nlohmann::json;            // as it is read
using Object = nlohmann::ordered_json;  // as it is written, in the order of its members

// In bytes. A longer text is not a message.
constexpr std::size_t max_message_size = 65536;

// A text that is not the message it should be; what() says why.
class MalformedMessage : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// Why a request has no result.
struct Error {
    enum class Kind {
        domain,     // the component refuses the value; every other value may be fine
        malformed,  // the request was not understood
        internal,   // the service failed
        busy,       // the service has too much to do, and did not begin
    };
    Kind kind;
    std::string message;
};

// To be called in a catch block: what to tell the caller about the exception, which may be a
// MalformedMessage, a std::domain_error, or any other std::exception.
Error current_error();

// Written. What is not UTF-8 is replaced.
std::string write_input(std::int32_t input);              // of process
std::string write_value(std::int32_t value);              // of transform
std::string write(const ProcessResult& result);           // of process, and for validate
std::string write(const TransformResult& result);         // of transform, and for analyze
std::string write_valid(bool valid);                      // of validate
std::string write_analysis(const std::string& analysis);  // of analyze

// Read from an object. These throw MalformedMessage if a member is missing or of another type;
// members that they do not know are left to those that do.
std::int32_t read_input(const Json& object);
std::int32_t read_value(const Json& object);
ProcessResult read_process_result(const Json& object);
TransformResult read_transform_result(const Json& object);
bool read_valid(const Json& object);
std::string read_analysis(const Json& object);

// For envelopes: an object as text, a text that is one object, a demand on a member, and a member.
// All but the first throw MalformedMessage.
std::string text_of(const Object& object);
Json parse(std::string_view text);
void require(bool good, const char* name, const char* problem);
const Json& member(const Json& object, const char* name);
std::int32_t int32_member(const Json& object, const char* name);
std::string string_member(const Json& object, const char* name);

}  // namespace protocol
