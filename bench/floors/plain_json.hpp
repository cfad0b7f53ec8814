// The calls as one would write them by hand in JSON, over any mechanism: what steps 06 to 08 are
// held against.

#pragma once

#include <cstdint>
#include <functional>
#include <string>

// What is around the parameters and the result, so that the bytes are those of a step.
enum class Style {
    line,     // step 06: {"id":7,"op":"process","params":{..}} and {"id":7,"result":{..}}
    body,     // step 07: {..} and {..}
    payload,  // step 08: {..} and {"result":{..}}
};

// Sends a message for an operation and returns the answer.
using Exchange =
    std::function<std::string(const std::string& operation, const std::string& message)>;

// Asks. Each of its functions throws if an answer is wrong.
class PlainClient {
public:
    PlainClient(Style style, Exchange exchange);

    void process();

    // All that becomes of a value: by four calls, as the pipeline does, and by one that does it
    // all.
    void four_calls();
    void coarse_call();

private:
    struct Json;  // keeps the JSON library, which takes seconds to compile, in one file

    Json ask(const std::string& operation, const Json& parameters);

    Style style_;
    Exchange exchange_;
    std::uint64_t last_id_ = 0;
};

// Answers.
std::string plain_answer(Style style, const std::string& operation, const std::string& message);
