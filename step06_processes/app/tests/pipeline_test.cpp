#include "pipeline.hpp"

#include <sstream>
#include <stdexcept>
#include <string>

#include "catch2.hpp"

namespace {

// tag::stand_ins[]
// Answers what it is told to, so that no component is needed to test the pipeline.
class FakeProcessor final : public Processor {
public:
    explicit FakeProcessor(ProcessResult result) : result_(result) {}

    ProcessResult process(std::int32_t) const override { return result_; }
    bool validate(const ProcessResult& result) const override { return result.processed; }

private:
    ProcessResult result_;
};

class FakeTransformer final : public Transformer {
public:
    TransformResult transform(std::int32_t value) const override { return {value, "fake"}; }
    std::string analyze(const TransformResult&) const override { return "Analysis: fake"; }
};

template <typename Error>
class FailingTransformer final : public Transformer {
public:
    TransformResult transform(std::int32_t) const override { throw Error("no transformer today"); }
    std::string analyze(const TransformResult&) const override { return {}; }
};

}  // namespace
// end::stand_ins[]

TEST_CASE("pipeline: writes one block per value") {
    const FakeProcessor processor({1000, false});
    const FakeTransformer transformer;
    std::ostringstream out;
    CHECK(Pipeline(processor, transformer).run(42, out));
    CHECK(out.str() ==
          "Input value: 42\n"
          "Component1 result: ProcessResult { value: 1000, processed: false }, Valid: false\n"
          "Component2 result: TransformResult { original: 1000, transformed: \"fake\" }\n"
          "Analysis: fake\n\n");
}

TEST_CASE("pipeline: a rejected value ends its block with the reason") {
    const FakeProcessor processor({84, true});
    const FailingTransformer<std::domain_error> transformer;
    std::ostringstream out;
    CHECK_FALSE(Pipeline(processor, transformer).run(42, out));
    CHECK(out.str() ==
          "Input value: 42\n"
          "Component1 result: ProcessResult { value: 84, processed: true }, Valid: true\n"
          "Component2 error: no transformer today\n\n");
}

TEST_CASE("pipeline: every other error passes") {
    const FakeProcessor processor({84, true});
    const FailingTransformer<std::runtime_error> transformer;
    std::ostringstream out;
    CHECK_THROWS_AS(Pipeline(processor, transformer).run(42, out), std::runtime_error);
}
