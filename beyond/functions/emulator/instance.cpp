#include "instance.hpp"

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <regex>
#include <utility>

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto time_to_begin = 10s;  // the cloud's limit, too
constexpr auto time_to_end = 1s;     // by itself, when nothing more is wanted of it
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

Instance::Instance(asio::io_context& context, const std::string& name,
                   std::shared_ptr<const Program> program, std::chrono::milliseconds limit)
    : name_(name),
      limit_(limit),
      program_(std::move(program)),
      server_(std::make_shared<HttpServer>(
          context, Endpoint(asio::ip::address_v4::loopback(), 0),
          [this](const HttpRequest& request, const Reply& reply) { handle(request, reply); })),
      process_(std::make_shared<Process>(
          context, name, *program_, environment_of(name, *program_, server_->address().port()))),
      timer_(context) {}

void Instance::watch(Children& children, Owner owner) {
    owner_ = std::move(owner);
    server_->begin();
    process_->watch(children, [this](const std::string& reason) { ended(reason); });
}

void Instance::handle(const HttpRequest& request, const Reply& reply) {
    static const std::regex result(prefix + "invocation/([^/]+)/(response|error)");
    const bool post = request.method == "POST";
    std::smatch match;
    if (request.method == "GET" && request.target == prefix + "invocation/next") {
        next(reply);
    } else if (post && std::regex_match(request.target, match, result)) {
        answer(match[1], match[2] == "error" ? Result::Kind::error : Result::Kind::result,
               request.body, reply);
    } else if (post && request.target == prefix + "init/error") {
        reply({202, {}, R"({"status":"OK"})"});
        cannot_begin(request.body);
    } else {
        reply({404, {}, error_body("NotFound", "no such path")});
    }
}

// tag::invoke[]
void Instance::work_on(Job job) {
    job_ = std::move(job);
    arm(has_asked_ ? limit_ : time_to_begin);
    if (next_) {
        hand_over();
    }
}

void Instance::next(const Reply& reply) {
    has_asked_ = true;
    next_ = reply;
    if (job_ && !has_it_in_hand_) {
        hand_over();
    }
}

void Instance::hand_over() {
    has_it_in_hand_ = true;
    process_->take_log();  // what it wrote in between belongs to no event
    arm(limit_);
    const auto deadline = (std::chrono::system_clock::now() + limit_).time_since_epoch();
    const Event& event = job_->event;
    HttpAnswer answer{200, {}, event.body};
    answer.headers["Lambda-Runtime-Aws-Request-Id"] = event.id;
    answer.headers["Lambda-Runtime-Trace-Id"] = event.trace;
    answer.headers["Lambda-Runtime-Invoked-Function-Arn"] =
        "arn:aws:lambda:us-east-1:000000000000:function:" + name_;
    answer.headers["Lambda-Runtime-Deadline-Ms"] = std::to_string(deadline / 1ms);
    if (!event.client_context.empty()) {
        answer.headers["Lambda-Runtime-Client-Context"] = event.client_context;
    }
    std::exchange(next_, nullptr)(answer);
}

// end::invoke[]

void Instance::answer(const std::string& id, Result::Kind kind, const std::string& body,
                      const Reply& reply) {
    if (!job_ || !has_it_in_hand_ || id != job_->event.id) {
        return reply(
            {400, {}, error_body("InvalidRequestID", "no such invocation is in progress")});
    }
    if (body.size() > max_payload_size) {
        const std::string type = "Function.ResponseSizeTooLarge";
        reply({413, {}, error_body(type, "too large")});
        return fail(type, "the result has " + std::to_string(body.size()) + " bytes");
    }
    reply({202, {}, R"({"status":"OK"})"});
    finish({kind, body});
}

void Instance::finish(Result result) {
    timer_.cancel();
    has_it_in_hand_ = false;
    result.log = process_->take_log();
    std::exchange(job_, std::nullopt)->done(result);
    if (leaving_) {
        arm(time_to_end);
    }
    owner_.freed();
}
void Instance::fail(const std::string& type, const std::string& message) {
    finish({Result::Kind::error,
            error_body(type, "RequestId: " + job_->event.id + " Error: " + message)});
}

// The process may live on, but not for long; and the caller does not wait for that.
void Instance::cannot_begin(const std::string& error) {
    leaving_ = true;
    if (job_) {
        finish({Result::Kind::error, error});
    }
}

void Instance::leave() {
    leaving_ = true;
    if (!job_) {
        process_->kill();
    }
}

void Instance::arm(std::chrono::milliseconds time) {
    timer_.expires_after(time);
    timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
        const auto self = weak.lock();
        if (self && !error && self->timer_.expiry() <= std::chrono::steady_clock::now()) {
            self->too_late();
        }
    });
}

void Instance::too_late() {
    leaving_ = true;
    process_->kill();
    if (job_) {
        fail("Sandbox.Timedout",
             has_asked_ ? "Task timed out after " + std::to_string(limit_ / 1ms) + " ms"
                        : "the function did not ask for an event in 10 s");
    }
}

void Instance::ended(const std::string& reason) {
    leaving_ = true;
    std::optional<Job> not_begun;
    if (job_ && has_asked_ && !has_it_in_hand_) {
        not_begun = std::exchange(job_, std::nullopt);
    } else if (job_) {
        fail("Runtime.ExitError", has_asked_ ? "Runtime exited with error: " + reason
                                             : "ended before it asked for an event: " + reason);
    }
    owner_.ended(std::move(not_begun));  // which may be the end of this object
}
