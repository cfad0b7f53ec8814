#include "pipeline.hpp"

#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>

Pipeline::Pipeline(const Processor& processor, const Transformer& transformer)
    : processor_(processor), transformer_(transformer) {}

// tag::run[]
bool Pipeline::run(std::int32_t input, std::ostream& out) const {
    out << "Input value: " << input << '\n';
    std::string_view stage = "Component1";
    try {
        const ProcessResult processed = processor_.process(input);
        const bool valid = processor_.validate(processed);
        out << "Component1 result: ProcessResult { value: " << processed.value
            << ", processed: " << (processed.processed ? "true" : "false")
            << " }, Valid: " << (valid ? "true" : "false") << '\n';

        stage = "Component2";
        const TransformResult transformed = transformer_.transform(processed.value);
        const std::string analysis = transformer_.analyze(transformed);
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
