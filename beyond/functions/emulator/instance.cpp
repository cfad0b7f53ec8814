#include "instance.hpp"

#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

using namespace std::chrono_literals;

namespace {

constexpr auto time_to_begin = 10s;  // the cloud's limit, too
constexpr std::size_t most_of_an_answer = std::size_t{6} * 1024 * 1024;
const std::string prefix = "/2018-06-01/runtime/";

std::string error_body(const std::string& type, const std::string& message) {
    return nlohmann::ordered_json{{"errorType", type}, {"errorMessage", message}}.dump();
}

std::string variable(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return name + '=' + (value == nullptr ? "" : value);
}

std::vector<std::string> environment_of(const std::string& name, const Program& program, int port) {
    return {"AWS_LAMBDA_RUNTIME_API=127.0.0.1:" + std::to_string(port),
            "AWS_LAMBDA_FUNCTION_NAME=" + name,
            "AWS_LAMBDA_FUNCTION_VERSION=$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=128",
            "AWS_LAMBDA_INITIALIZATION_TYPE=on-demand",
            "AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/" + name,
            "AWS_LAMBDA_LOG_STREAM_NAME=emulator",
            "AWS_REGION=us-east-1",
            "AWS_DEFAULT_REGION=us-east-1",
            "LAMBDA_TASK_ROOT=" + program.directory.string(),
            "_HANDLER=index.handler",
            "LANG=en_US.UTF-8",
            "TZ=:UTC",
            variable("PATH")};
}

}  // namespace

Instance::Instance(const std::string& name, const Program& program) : name_(name) {
    listen();
    const int port = server_.bind_to_any_port("127.0.0.1");
    if (port < 0) {
        throw std::runtime_error("no port is free for " + name);
    }
    server_thread_ = std::thread([this] {
        server_.listen_after_bind();
        served_ = true;
    });
    process_ = std::make_unique<Process>(name, program, environment_of(name, program, port),
                                         [this](const std::string& reason) {
                                             const std::lock_guard lock(mutex_);
                                             ended_ = true;
                                             reason_ = reason;
                                             changed_.notify_all();
                                         });
}

Instance::~Instance() {
    process_.reset();  // its connections end with it, so that the server ends at once
    while (!server_.is_running() && !served_) {  // before that, stop() does nothing
        std::this_thread::sleep_for(1ms);
    }
    server_.stop();
    server_thread_.join();
}

bool Instance::alive() {
    const std::lock_guard lock(mutex_);
    return !ended_;
}

// tag::invoke[]
Outcome Instance::invoke(const Event& event, std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    process_->clear_log();
    if (!changed_.wait_for(lock, time_to_begin, [&] { return ready_ || ended_; })) {
        process_->kill();
        return failure(event, "Sandbox.Timedout", "the function did not ask for an event in 10 s");
    }
    if (ended_) {
        return ready_ ? Outcome{Outcome::Kind::not_begun, {}}
                      : failure(event, "Runtime.ExitError", "ended before it asked for an event");
    }
    outcome_.reset();
    deadline_ = std::chrono::system_clock::now() + limit;
    waiting_ = event;
    changed_.notify_all();
    const bool in_time = changed_.wait_for(lock, limit, [&] { return outcome_ || ended_; });
    in_hand_.clear();  // from here on an answer comes too late
    if (outcome_) {
        outcome_->log = process_->log();
        return *std::exchange(outcome_, std::nullopt);
    }
    if (!in_time) {
        process_->kill();
        return failure(event, "Sandbox.Timedout",
                       "Task timed out after " + std::to_string(limit.count()) + " ms");
    }
    if (std::exchange(waiting_, std::nullopt)) {
        return {Outcome::Kind::not_begun, {}};
    }
    return failure(event, "Runtime.ExitError", "Runtime exited with error: " + reason_);
}
// end::invoke[]

Outcome Instance::failure(const Event& event, const std::string& type, const std::string& message) {
    if (!init_error_.empty()) {
        return {Outcome::Kind::error, init_error_, process_->log()};
    }
    return {Outcome::Kind::error, error_body(type, "RequestId: " + event.id + " Error: " + message),
            process_->log()};
}

// tag::next[]
void Instance::next(httplib::Response& response) {
    std::unique_lock lock(mutex_);
    ready_ = true;
    changed_.notify_all();
    changed_.wait(lock, [&] { return waiting_ || ended_; });
    if (ended_) {
        response.status = 500;
        return;
    }
    using std::chrono::milliseconds;
    in_hand_ = waiting_->id;
    response.set_header("Lambda-Runtime-Aws-Request-Id", waiting_->id);
    response.set_header("Lambda-Runtime-Trace-Id", waiting_->trace);
    response.set_header("Lambda-Runtime-Invoked-Function-Arn",
                        "arn:aws:lambda:us-east-1:000000000000:function:" + name_);
    response.set_header("Lambda-Runtime-Deadline-Ms",
                        std::to_string(deadline_.time_since_epoch() / milliseconds(1)));
    response.set_content(std::exchange(waiting_, std::nullopt)->body, "application/json");
}
// end::next[]

void Instance::answer(const std::string& id, Outcome::Kind kind, const std::string& body,
                      httplib::Response& response) {
    const std::lock_guard lock(mutex_);
    if (id != in_hand_ || in_hand_.empty()) {
        response.status = 400;
        response.set_content(error_body("InvalidRequestID", "no such invocation is in progress"),
                             "application/json");
        return;
    }
    in_hand_.clear();
    outcome_ = Outcome{kind, body};
    changed_.notify_all();
    response.status = 202;
    response.set_content(R"({"status":"OK"})", "application/json");
}

void Instance::init_error(const std::string& body) {
    const std::lock_guard lock(mutex_);
    init_error_ = body;
}

void Instance::listen() {
    using httplib::Request;
    using httplib::Response;
    server_.set_tcp_nodelay(true);
    server_.new_task_queue = [] { return new httplib::ThreadPool(4); };
    server_.set_keep_alive_max_count(std::numeric_limits<std::size_t>::max());
    server_.set_keep_alive_timeout(86'400);  // s; the connection is as long as the process
    server_.set_payload_max_length(most_of_an_answer);
    server_.Get(prefix + "invocation/next", [this](const Request&, Response& r) { next(r); });
    server_.Post(prefix + "invocation/([^/]+)/response", [this](const Request& q, Response& r) {
        answer(q.matches[1], Outcome::Kind::result, q.body, r);
    });
    server_.Post(prefix + "invocation/([^/]+)/error", [this](const Request& q, Response& r) {
        answer(q.matches[1], Outcome::Kind::error, q.body, r);
    });
    server_.Post(prefix + "init/error", [this](const Request& q, Response& r) {
        init_error(q.body);
        r.status = 202;
    });
}
