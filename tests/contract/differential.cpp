// Differential: what the step under test prints, byte for byte what step00 prints, for values and
// lines that nobody chose. HARNESS_SEED repeats a run.

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "catch2.hpp"
#include "deployment.hpp"
#include "difference.hpp"
#include "seed.hpp"

namespace {

void compare(const Deployment& deployment, const std::vector<std::string>& arguments,
             const std::string& input = "") {
    Program reference = start_reference({.arguments = arguments, .input = input});
    Program app = deployment.start_app({.arguments = arguments, .input = input});
    const int expected_status = reference.wait();
    CHECK(app.wait() == expected_status);
    CHECK(difference(app.out(), reference.out()) == "none");
}

class Source {
public:
    explicit Source(unsigned seed) : random_(seed) {}

    // A value near an edge, or one of any number of bits.
    std::string value() {
        constexpr std::array edges{0, 5000, -5000, 1073741823, -1073741824};
        const int near = edges.at(below(edges.size())) + static_cast<int>(below(7)) - 3;
        const int any = static_cast<int>(below(1U << 31U) >> below(31));
        return std::to_string(below(4) == 0 ? near : below(2) == 0 ? any : -any);
    }

    // A line that may be a value, or a lot else.
    std::string line() {
        constexpr std::string_view characters = "0123456789 \t\r+-x";
        std::string text;
        while (below(5) != 0) {
            text += characters.at(below(characters.size()));
        }
        return text;
    }

private:
    std::size_t below(std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
    }

    std::mt19937 random_;
};

}  // namespace

TEST_CASE("differential", "[differential]") {
    Source source(seed());
    const std::size_t count = std::min<std::size_t>(big_batch(), 5'000);

    std::string values = "2147483647\n-2147483648\n";
    std::string lines;
    for (std::size_t i = 0; i < count; ++i) {
        values += source.value() + '\n';
        lines += source.line() + '\n';
    }
    const Deployment deployment;
    compare(deployment, {"-"}, values);
    compare(deployment, {"-q", "-"}, lines);
    for (int run = 0; run < 10; ++run) {
        std::vector<std::string> arguments = {"-q"};
        for (int i = 0; i < 20; ++i) {
            arguments.push_back(source.value());
        }
        compare(deployment, arguments);
        compare(deployment, {source.line()});
    }
}
