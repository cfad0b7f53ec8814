#include "protocol/payloads.hpp"

#include <exception>
#include <limits>
#include <new>
#include <nlohmann/json.hpp>

namespace protocol {
namespace {

bool bool_member(const Json& object, const char* name) {
    const Json& value = member(object, name);
    require(value.is_boolean(), name, "is not true or false");
    return value.get<bool>();
}

}  // namespace

// tag::current_error[]
Error current_error() {
    try {
        throw;
    } catch (const MalformedMessage& error) {
        return {Error::Kind::malformed, error.what()};
    } catch (const std::domain_error& error) {
        return {Error::Kind::domain, error.what()};
    } catch (const std::bad_alloc&) {
        return {Error::Kind::busy, "out of memory"};
    } catch (const std::exception& error) {
        return {Error::Kind::internal, error.what()};
    }
}
// end::current_error[]

std::string write_input(std::int32_t input) {
    return text_of({{"input", input}});
}

std::string write_value(std::int32_t value) {
    return text_of({{"value", value}});
}

std::string write(const ProcessResult& result) {
    return text_of({{"value", result.value}, {"processed", result.processed}});
}

std::string write(const TransformResult& result) {
    return text_of({{"original", result.original}, {"transformed", result.transformed}});
}

std::string write_valid(bool valid) {
    return text_of({{"valid", valid}});
}

std::string write_analysis(const std::string& analysis) {
    return text_of({{"analysis", analysis}});
}

std::int32_t read_input(const Json& object) {
    return int32_member(object, "input");
}

std::int32_t read_value(const Json& object) {
    return int32_member(object, "value");
}

ProcessResult read_process_result(const Json& object) {
    return {int32_member(object, "value"), bool_member(object, "processed")};
}

TransformResult read_transform_result(const Json& object) {
    return {int32_member(object, "original"), string_member(object, "transformed")};
}

bool read_valid(const Json& object) {
    return bool_member(object, "valid");
}

std::string read_analysis(const Json& object) {
    return string_member(object, "analysis");
}

std::string text_of(const Object& object) {
    return object.dump(-1, ' ', false, Object::error_handler_t::replace);
}

Json parse(std::string_view text) {
    if (text.size() > max_message_size) {
        throw MalformedMessage("the message is longer than " + std::to_string(max_message_size) +
                               " bytes");
    }
    Json value = Json::parse(text, nullptr, false);
    if (!value.is_object()) {
        throw MalformedMessage("the message is not a JSON object");
    }
    return value;
}

void require(bool good, const char* name, const char* problem) {
    if (!good) {
        throw MalformedMessage("'" + std::string(name) + "' " + problem);
    }
}

const Json& member(const Json& object, const char* name) {
    const auto found = object.find(name);
    require(found != object.end(), name, "is missing");
    return *found;
}

// tag::int32_member[]
// Every member is checked, since get<int>() would turn 2.9 into 2 and true into 1.
std::int32_t int32_member(const Json& object, const char* name) {
    using Limits = std::numeric_limits<std::int32_t>;
    const Json& value = member(object, name);
    const bool fits = value.is_number_unsigned()
                          ? value.get<std::uint64_t>() <= std::uint64_t{Limits::max()}
                          : value.is_number_integer() &&
                                value.get<std::int64_t>() >= Limits::min();  // so it is negative
    require(fits, name, "is not a 32-bit integer");
    return value.get<std::int32_t>();
}
// end::int32_member[]

std::string string_member(const Json& object, const char* name) {
    const Json& value = member(object, name);
    require(value.is_string(), name, "is not a string");
    return value.get<std::string>();
}

}  // namespace protocol
