#include "broker/connection.hpp"

#include <string>
#include <utility>
#include <vector>

#include "catch2.hpp"

namespace {

broker::Settings settings_of(std::vector<std::string> arguments) {
    return broker::take_settings(arguments);
}

}  // namespace

TEST_CASE("settings: options are taken out of the arguments") {
    std::vector<std::string> arguments{"1", "--nats", "nats://h:1,tls://h2", "--tls-ca", "ca", "2"};
    const broker::Settings settings = broker::take_settings(arguments);
    CHECK(arguments == std::vector<std::string>{"1", "2"});
    CHECK(settings.urls == "nats://h:1,tls://h2");
    CHECK(settings.ca_file == "ca");
}

TEST_CASE("settings: names and passwords are not shown") {
    for (const auto& [urls, shown] : std::vector<std::pair<std::string, std::string>>{
             {"nats://h:1,h2", "nats://h:1,h2"},
             {"nats://me:s3cret@h:1", "h:1"},
             {"nats://me:s3@cr/et@h:1", "h:1"},
             {"me:s3cret@h,nats://s3cret@h2", "h,h2"}}) {
        CHECK(settings_of({"--nats", urls}).shown == shown);
    }
}
