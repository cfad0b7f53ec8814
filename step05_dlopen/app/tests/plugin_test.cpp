#include <dlfcn.h>

#include <stdexcept>

#include "catch2.hpp"
#include "plugin_processor.hpp"
#include "plugin_transformer.hpp"

namespace {

bool loaded(const char* path) {
    void* handle = dlopen(path, RTLD_NOW | RTLD_NOLOAD);
    if (handle != nullptr) {
        dlclose(handle);
    }
    return handle != nullptr;
}

}  // namespace

TEST_CASE("plugin: a processor works as the component in it") {
    const PluginProcessor processor(PLUGINS "/component1.so");
    CHECK(processor.version() == "0.1.0");
    CHECK(processor.process(42).value == 84);
    CHECK(processor.process(42).processed);
    CHECK(processor.validate({84, true}));
    CHECK_FALSE(processor.validate({84, false}));
}

TEST_CASE("plugin: a transformer works as the component in it") {
    const PluginTransformer transformer(PLUGINS "/component2.so");
    CHECK(transformer.version() == "0.2.0");
    CHECK(transformer.transform(84).original == 84);
    CHECK(transformer.transform(84).transformed == "Value-0084");
    CHECK(transformer.analyze({84, "Value-0084"}) == "Analysis: 84 maps to Value-0084");
}

TEST_CASE("plugin: a refused value arrives as std::domain_error with the component's words") {
    const PluginTransformer transformer(PLUGINS "/component2.so");
    try {
        transformer.transform(10000);
        FAIL("10000 was not refused");
    } catch (const std::domain_error& error) {
        CHECK(std::string(error.what()) ==
              "10000 does not fit the four-digit format (-9999..9999)");
    }
}

TEST_CASE("plugin: a result that does not fit the host's buffer is a failure, not a cut") {
    const PluginTransformer transformer(PLUGINS "/component2.so");
    CHECK_THROWS_AS(transformer.analyze({84, std::string(1000, 'x')}), std::runtime_error);
}

TEST_CASE("plugin: the library is there as long as its owner, and not longer") {
    CHECK_FALSE(loaded(PLUGINS "/component1.so"));
    {
        const PluginProcessor one(PLUGINS "/component1.so");
        {
            const PluginProcessor another(PLUGINS "/component1.so");
            CHECK(another.process(1).value == 2);
        }
        CHECK(loaded(PLUGINS "/component1.so"));
        CHECK(one.process(1).value == 2);
    }
    CHECK_FALSE(loaded(PLUGINS "/component1.so"));
}

TEST_CASE("plugin: a failed start leaves nothing loaded") {
    CHECK_THROWS_AS(PluginTransformer(PLUGINS "/component1.so"), std::runtime_error);
    CHECK_FALSE(loaded(PLUGINS "/component1.so"));
}
