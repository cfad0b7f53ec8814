// The runtime against a peer that plays the other side from a script.

#include "runtime.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <cstdlib>
#include <optional>
#include <thread>
#include <vector>

#include "catch2.hpp"
#include "http_connection.hpp"

namespace http = boost::beast::http;
using boost::asio::ip::tcp;

namespace {

using Request = http::request<http::string_body>;
using Answer = http::response<http::string_body>;

Answer event(const std::string& body, const std::string& id = "id-1") {
    Answer answer(http::status::ok, 11);
    if (!id.empty()) {
        answer.set("Lambda-Runtime-Aws-Request-Id", id);
    }
    answer.set("Lambda-Runtime-Deadline-Ms", "1700000000123");
    answer.set("Lambda-Runtime-Invoked-Function-Arn", "arn:f");
    answer.set("Lambda-Runtime-Trace-Id", "trace-" + id);
    answer.set("lambda-runtime-client-context", "{}");  // names know no case
    answer.body() = body;
    return answer;
}

const Answer accepted(http::status::accepted, 11);
const Answer refused(http::status::bad_request, 11);
const std::nullopt_t hang_up = std::nullopt;

Answer and_hang_up(Answer answer) {
    answer.set("Hang-Up", "");
    return answer;
}

Handler echo() {
    return [](const std::string& text, const Context&) { return text; };
}

// Runs a function in a child process, answers its requests one after another, then hangs up, and
// keeps what it asked.
class Peer {
public:
    enum class Last { gone, silent, hangs_up };  // what it does after the script

    Peer(const std::function<Handler()>& make, const std::vector<std::optional<Answer>>& script,
         Last last = Last::gone) {
        const std::string address =
            "127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port());
        child_ = fork();
        if (child_ == 0) {
            acceptor_.close();
            alarm(10);  // no test leaves a process
            setenv("AWS_LAMBDA_RUNTIME_API", address.c_str(), 1);
            _exit(run_function(make));
        }
        alarm(10);
        tcp::socket socket = acceptor_.accept();
        boost::beast::flat_buffer buffer;
        for (auto answer = script.begin(); answer != script.end(); ++answer) {
            http::request_parser<http::string_body> parser;
            parser.body_limit(2 * max_payload_size);
            http::read(socket, buffer, parser);
            if (*answer) {
                asked.push_back(parser.get());
                Answer copy = **answer;
                copy.prepare_payload();
                http::write(socket, copy);
            }
            if (!*answer || (*answer)->count("Hang-Up") > 0) {
                socket.close();
                socket = acceptor_.accept();  // lets it come again
            }
        }
        end(socket, last);
        int result = 0;
        waitpid(child_, &result, 0);
        status = WIFEXITED(result) ? WEXITSTATUS(result) : -1;
        alarm(0);
        if (acceptor_.is_open()) {
            boost::system::error_code error;
            acceptor_.non_blocking(true);
            acceptor_.accept(error);
            came_again = !error;
        }
    }

    std::string target(std::size_t index) const { return std::string(asked.at(index).target()); }

    std::vector<Request> asked;
    int status = 0;
    bool came_again = false;  // after the script, with a request on another connection

private:
    void end(tcp::socket& socket, Last last) {
        if (last == Last::gone) {
            acceptor_.close();
        } else {
            http::request_parser<http::string_body> parser;
            boost::beast::flat_buffer buffer;
            http::read(socket, buffer, parser);
        }
        if (last != Last::silent) {
            socket.close();
        }
    }

    boost::asio::io_context context_;
    tcp::acceptor acceptor_{context_, {boost::asio::ip::address_v4::loopback(), 0}};
    pid_t child_ = 0;
};

const std::string prefix = "/2018-06-01/runtime/";

}  // namespace

TEST_CASE("events are answered one after another, on one connection") {
    const Peer peer(echo, {event("1"), accepted, event("2", "id-2"), accepted});
    REQUIRE(peer.asked.size() == 4);
    CHECK(peer.target(0) == prefix + "invocation/next");
    CHECK(peer.target(1) == prefix + "invocation/id-1/response");
    CHECK(peer.asked[1].body() == "1");
    CHECK(peer.asked[1][http::field::content_type] == "application/json");
    CHECK(peer.target(3) == prefix + "invocation/id-2/response");
    CHECK(peer.status == 1);  // the environment is gone
}

TEST_CASE(
    "the handler gets id, function, deadline, client context, and the trace in the environment") {
    const auto make = [] {
        return [](const std::string&, const Context& context) {
            return context.request_id + ' ' + context.function + ' ' +
                   std::to_string(context.deadline.time_since_epoch() /
                                  std::chrono::milliseconds(1)) +
                   ' ' + std::getenv("_X_AMZN_TRACE_ID") + ' ' + context.client_context;
        };
    };
    const Peer peer(make, {event(""), accepted});
    CHECK(peer.asked.at(1).body() == "id-1 arn:f 1700000000123 trace-id-1 {}");
}

TEST_CASE("what a handler throws is an answer, and ends nothing") {
    const auto make = [] {
        return [](const std::string& text, const Context&) -> std::string {
            if (text == "domain") {
                throw std::domain_error("too \"big\"");
            }
            if (text == "own") {
                throw FunctionError("Own", "\xff");
            }
            if (text == "logic") {
                throw std::logic_error("wrong");
            }
            throw 42;
        };
    };
    const Peer peer(make, {event("domain"), accepted, event("own"), accepted, event("logic"),
                           accepted, event("42"), accepted, event("domain"), accepted});
    REQUIRE(peer.asked.size() == 10);
    CHECK(peer.target(1) == prefix + "invocation/id-1/error");
    CHECK(peer.asked[1].body() == R"({"errorType":"DomainError","errorMessage":"too \"big\""})");
    CHECK(peer.asked[1]["Lambda-Runtime-Function-Error-Type"] == "DomainError");
    CHECK(peer.asked[3].body() == "{\"errorType\":\"Own\",\"errorMessage\":\"\xef\xbf\xbd\"}");
    CHECK(peer.asked[5].body() == R"({"errorType":"InternalError","errorMessage":"wrong"})");
    CHECK(peer.asked[7]["Lambda-Runtime-Function-Error-Type"] == "InternalError");
    CHECK(peer.asked[9].body() == peer.asked[1].body());
}

TEST_CASE("a result may have six megabytes, and not one byte more") {
    const auto make = [] {
        return [](const std::string& text, const Context&) {
            return std::string(max_payload_size + (text == "more" ? 1 : 0), 'x');
        };
    };
    const Peer peer(make, {event(""), accepted, event("more"), accepted});
    REQUIRE(peer.asked.size() == 4);
    CHECK(peer.asked[1].body().size() == max_payload_size);
    CHECK(peer.target(3) == prefix + "invocation/id-1/error");
    CHECK(peer.asked[3]["Lambda-Runtime-Function-Error-Type"] == "Function.ResponseSizeTooLarge");
}

TEST_CASE("an event may be large") {
    const auto make = [] {
        return [](const std::string& text, const Context&) { return std::to_string(text.size()); };
    };
    const Peer peer(make, {event(std::string(max_payload_size, 'x')), accepted});
    CHECK(peer.asked.at(1).body() == std::to_string(max_payload_size));
}

TEST_CASE("a refused answer ends nothing") {
    const Peer peer(echo, {event("1"), refused, event("2"), accepted});
    REQUIRE(peer.asked.size() == 4);
    CHECK(peer.asked[3].body() == "2");
}

TEST_CASE("a connection that was closed meanwhile is opened again") {
    const Peer peer(echo, {event("1"), accepted, hang_up, event("2"), accepted});
    REQUIRE(peer.asked.size() == 4);
    CHECK(peer.asked[3].body() == "2");
}

TEST_CASE("a connection that was closed before an answer is opened again") {
    const auto slowly = [] {
        return [](const std::string& text, const Context&) {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            return text;
        };
    };
    const Peer peer(slowly, {and_hang_up(event("1")), accepted});
    REQUIRE(peer.asked.size() == 2);
    CHECK(peer.asked[1].body() == "1");
}

TEST_CASE("an answer that was sent in whole is not sent again") {
    const Peer peer(echo, {event("1")}, Peer::Last::hangs_up);
    CHECK(peer.status == 1);
    CHECK_FALSE(peer.came_again);
}

TEST_CASE("an answer that nobody takes has a time limit") {
    const Peer peer(echo, {event("1")}, Peer::Last::silent);
    CHECK(peer.status == 1);
    CHECK_FALSE(peer.came_again);
}

TEST_CASE("nonsense from the environment ends the function") {
    const Peer without_id(echo, {event("1", "")});
    CHECK(without_id.status == 1);
    const Peer failing(echo, {refused});
    CHECK(failing.status == 1);
}

TEST_CASE("a handler that cannot be made is reported") {
    const auto make = []() -> Handler { throw std::runtime_error("no such table"); };
    const Peer peer(make, {accepted});
    CHECK(peer.target(0) == prefix + "init/error");
    CHECK(peer.asked.at(0).body() ==
          R"({"errorType":"InternalError","errorMessage":"no such table"})");
    CHECK(peer.status == 1);
}

TEST_CASE("an address that is none is refused") {
    for (const char* peer : {"", "localhost:1", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000",
                             "127.0.0.1:-1", "127.0.0.1:1x"}) {
        CHECK_THROWS_AS(HttpConnection(peer), std::invalid_argument);
    }
}
