#include "pipeline.hpp"

#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>

Pipeline::Pipeline(const Component1& component1, const Component2& component2)
    : component1_(component1), component2_(component2) {}

// tag::run[]
bool Pipeline::run(std::int32_t input, std::ostream& out) const {
    out << "Input value: " << input << '\n';
    std::string_view stage = "Component1";
    try {
        const ProcessResult processed = component1_.process(input);
        const bool valid = component1_.validate(processed);
        out << "Component1 result: ProcessResult { value: " << processed.value
            << ", processed: " << (processed.processed ? "true" : "false")
            << " }, Valid: " << (valid ? "true" : "false") << '\n';

        stage = "Component2";
        const TransformResult transformed = component2_.transform(processed.value);
        const std::string analysis = component2_.analyze(transformed);
        out << "Component2 result: TransformResult { original: " << transformed.original
            << ", transformed: \"" << transformed.transformed << "\" }\n"
            << analysis << "\n\n";
        return true;
    } catch (const std::domain_error& error) {
        out << stage << " error: " << error.what() << "\n\n";
        return false;
    }
}
// end::run[]
