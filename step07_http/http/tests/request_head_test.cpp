#include "http/request_head.hpp"

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "catch2.hpp"

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

httplib::Request make_request(const Headers& headers, const std::string& path = "/process",
                              const std::string& version = "HTTP/1.1") {
    httplib::Request request;
    request.path = path;
    request.version = version;
    for (const auto& [name, value] : headers) {
        request.headers.emplace(name, value);
    }
    return request;
}

http::RequestHead parse(const Headers& headers, const std::string& path = "/process") {
    return http::parse_head(make_request(headers, path));
}

const std::pair<std::string, std::string> host{"Host", "h"};

}  // namespace

TEST_CASE("request head: where the request ends") {
    CHECK(!parse({host}).length);
    CHECK(!parse({host}).has_body());
    CHECK(parse({host, {"content-length", "0012"}}).length == 12);
    CHECK(parse({host, {"Content-Length", "12"}, {"Content-Length", "12"}}).length == 12);
    CHECK(!parse({host, {"Content-Length", "0"}}).has_body());
    CHECK(parse({host, {"Transfer-Encoding", "Chunked"}}).has_body());
    CHECK(parse({host, {"Connection", "TE, Close"}}).is_last);
    CHECK(!parse({host, {"Connection", "closed"}}).is_last);
}

TEST_CASE("request head: whom it is for") {
    CHECK(parse({{"Host", "Example.org:80"}}).host == "example.org");
    CHECK(parse({{"Host", "[::1]:80"}}).host == "::1");
    CHECK(parse({host}).path == "/process");
    CHECK(parse({host}, "http://Other:1/p/q").host == "other");
    CHECK(parse({host}, "HTTP://other:1/p/q").path == "/p/q");
    CHECK(parse({host}, "http://other").path == "/");
    CHECK(http::parse_head(make_request({}, "/", "HTTP/1.0")).host.empty());
}

TEST_CASE("request head: what is malformed is refused") {
    for (const Headers& wrong : std::vector<Headers>{
             {},
             {host, host},
             {{"Host", "a b"}},
             {{"Host", "h:x"}},
             {{"Host", "user@h"}},
             {host, {"Content-Length", "12junk"}},
             {host, {"Content-Length", "+12"}},
             {host, {"Content-Length", "-1"}},
             {host, {"Content-Length", "12, 12"}},
             {host, {"Content-Length", "99999999999999999999"}},
             {host, {"Content-Length", "12"}, {"Content-Length", "13"}},
             {host, {"Content-Length", "12"}, {"Transfer-Encoding", "chunked"}},
             {host, {"Transfer-Encoding", "gzip"}},
             {host, {"Transfer-Encoding", "gzip, chunked"}},
             {host, {"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}},
             {host, {"Content-Length ", "12"}},
         }) {
        INFO(
            wrong.size() << " headers, the last: "
                         << (wrong.empty() ? "" : wrong.back().first + ": " + wrong.back().second));
        CHECK_THROWS_AS(parse(wrong), std::invalid_argument);
    }
    CHECK_THROWS_AS(
        http::parse_head(make_request({{"Transfer-Encoding", "chunked"}}, "/", "HTTP/1.0")),
        std::invalid_argument);
}
