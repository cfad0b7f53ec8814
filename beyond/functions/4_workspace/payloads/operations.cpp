#include "operations.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

// tag::handler[]
Handler handler_of(const std::vector<Operation>& operations) {
    return [operations](const std::string& text, const Context&) {
        try {
            const protocol::Json event = protocol::parse(text);
            const std::string name =
                event.contains("op") ? protocol::string_member(event, "op") : operations[0].name;
            const auto operation = std::ranges::find(operations, name, &Operation::name);
            if (operation == operations.end()) {
                throw protocol::MalformedMessage("there is no such 'op'");
            }
            return operation->run(event);
        } catch (const protocol::MalformedMessage& error) {
            throw FunctionError("MalformedEvent", error.what());
        }
    };
}
// end::handler[]
