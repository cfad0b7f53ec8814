#include "pipeline.hpp"

#include <sstream>

#include "catch2.hpp"

TEST_CASE("pipeline: one block per value, and a rejected one ends its block with the reason") {
    const Component1 component1;
    const Component2 component2;
    const Pipeline pipeline(component1, component2);
    std::ostringstream out;
    CHECK(pipeline.run(42, out));
    CHECK_FALSE(pipeline.run(1073741824, out));
    CHECK_FALSE(pipeline.run(5000, out));
    CHECK(out.str() ==
          "Input value: 42\n"
          "Component1 result: ProcessResult { value: 84, processed: true }, Valid: true\n"
          "Component2 result: TransformResult { original: 84, transformed: \"Value-0084\" }\n"
          "Analysis: 84 maps to Value-0084\n\n"
          "Input value: 1073741824\n"
          "Component1 error: 2 x 1073741824 does not fit a 32-bit integer\n\n"
          "Input value: 5000\n"
          "Component1 result: ProcessResult { value: 10000, processed: true }, Valid: true\n"
          "Component2 error: 10000 does not fit the four-digit format (-9999..9999)\n\n");
}
