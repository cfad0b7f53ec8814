// What comes as the body of an HTTP message: requests at a service, results, problems and health at
// the app.

#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "fuzz.hpp"
#include "protocol/envelope.hpp"

namespace {

using namespace protocol;

// Reads a body of each kind, and writes it again.
const std::array<std::function<std::string(const Json&)>, 8> rewrite{
    [](const Json& json) { return write_input(read_input(json)); },
    [](const Json& json) { return write(read_process_result(json)); },
    [](const Json& json) { return write_value(read_value(json)); },
    [](const Json& json) { return write(read_transform_result(json)); },
    [](const Json& json) { return write(read_process_result(json)); },
    [](const Json& json) { return write_valid(read_valid(json)); },
    [](const Json& json) { return write(read_transform_result(json)); },
    [](const Json& json) { return write_analysis(read_analysis(json)); },
};

std::string read_and_write(std::string_view body, std::size_t kind) {
    std::string written;
    decode_result(body, [&](const Json& json) { written = rewrite.at(kind)(json); });
    return written;
}

void travel(const std::string& text) {
    const std::string payload = write_analysis(text);
    const Answer result = answer(payload, [](const Json& json) { return rewrite[7](json); });
    require(result.status == 200 && result.body == payload, "a text survives the journey");
    const Answer refusal =
        answer(payload, [&](const Json&) -> std::string { throw std::domain_error(text.c_str()); });
    require(refusal.status == 422, "a refusal is of the right kind");
    read_detail(refusal.body);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input = as_text(data, size);
    const unsigned choice = take_choice(input) % 12;
    try {
        if (choice < 8) {
            const std::string written = read_and_write(input, choice);
            require(read_and_write(written, choice) == written, "a body survives the journey");
        } else if (choice == 8) {
            read_detail(input);
        } else if (choice == 9) {
            const Health health = read_health(parse(input));
            require(read_health(parse(write(health))).name == health.name,
                    "health survives the journey");
        } else {  // a text of any bytes inside of a message
            travel(std::string(input.substr(0, 5000)));
        }
    } catch (const MalformedMessage&) {
    }
    const Answer any = answer(input, [](const Json& json) { return rewrite[0](json); });
    require(any.status == 200 || any.status == 400, "a body is answered");
    return 0;
}
