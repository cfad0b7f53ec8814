// function1 on the vendor's C++ runtime, with all that is ours but the runtime.

#include <aws/lambda-runtime/runtime.h>

#include "component1/component1.hpp"
#include "operations.hpp"

namespace lambda = aws::lambda_runtime;

int main() {
    const Component1 component;
    const auto process = [&](const Json& event) -> Json {
        const ProcessResult result = component.process(int32_member(event, "input"));
        return {{"value", result.value}, {"processed", result.processed}};
    };
    const auto validate = [&](const Json& event) -> Json {
        const ProcessResult result{int32_member(event, "value"), bool_member(event, "processed")};
        return {{"valid", component.validate(result)}};
    };
    const Handler handle = handler_of({{"process", process}, {"validate", validate}});
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
