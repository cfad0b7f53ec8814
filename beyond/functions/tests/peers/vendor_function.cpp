// function1 on the vendor's C++ runtime, with all that is ours but the runtime.

#include <aws/lambda-runtime/runtime.h>

#include "component1/component1.hpp"
#include "operations.hpp"

namespace lambda = aws::lambda_runtime;

int main() {
    using namespace protocol;
    const Component1 component;
    const Handler handle = handler_of({
        {"process", [&](const Json& event) { return write(component.process(read_input(event))); }},
        {"validate",
         [&](const Json& event) {
             return write_valid(component.validate(read_process_result(event)));
         }},
    });
    lambda::run_handler([&](const lambda::invocation_request& request) {
        using Response = lambda::invocation_response;
        try {
            return Response::success(handle(request.payload, {}), "application/json");
        } catch (const FunctionError& error) {
            return Response::failure(error.what(), error.type(), "{}");
        } catch (const std::domain_error& error) {
            return Response::failure(error.what(), "DomainError", "{}");
        }
    });
}
