// A service that answers wrongly, in a way that is chosen on the command line or, where there is
// none, in the environment:
//
//     fake_service http PORT FAULT once|always    instead of step07's service1
//     fake_service nats PORT FAULT once|always    instead of step08's; PORT is the broker's
//     FAULT=... service1                          as a child process of step06's app
//
// It is right about what a client asks first (which version, how are you), and wrong about the
// rest. After "half, silence" it waits until the client gives up; after "half, close" it closes the
// line. With "once" it is wrong once, and then ends. As a child process it finds in FAULT_TOKEN a
// file to remove, and if that is gone, becomes REAL_SERVICE.

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>

#include "tcp.hpp"

namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

struct Fault {
    std::string kind;
    bool silent;  // what comes after it
    bool closes;

    explicit Fault(const std::string& text)
        : kind(text.substr(0, text.find(", "))),
          silent(text.ends_with("silence")),
          closes(text.ends_with("close")) {}
};

// Where requests come from and answers go to.
class Line {
public:
    Line(int in, int out) : in_(dup(in)), out_(dup(out)) {}

    // All up to and with the end mark.
    std::string read_until(std::string_view end) {
        std::size_t position = 0;
        while ((position = received_.find(end)) == std::string::npos) {
            if (!tcp::receive_some(in_, received_)) {
                return "";
            }
        }
        return take(position + end.size());
    }
    std::string read_bytes(std::size_t count) {
        while (received_.size() < count) {
            if (!tcp::receive_some(in_, received_)) {
                return "";
            }
        }
        return take(count);
    }
    bool write(std::string_view data) const { return tcp::send_all(out_, data); }

private:
    std::string take(std::size_t count) {
        std::string taken = received_.substr(0, count);
        received_.erase(0, count);
        return taken;
    }

    Descriptor in_;
    Descriptor out_;
    std::string received_;
};

std::string number_after(const std::string& name, const std::string& text) {
    const std::size_t begin = text.find(name);
    if (begin == std::string::npos) {
        return "0";
    }
    const std::size_t digits = begin + name.size();
    return text.substr(digits, text.find_first_not_of("0123456789", digits) - digits);
}

// What goes over the line instead of the right answer. frame makes a message of a payload.
template <typename Frame>
void do_wrong(const Fault& fault, const Line& line, const std::string& right, const Frame& frame) {
    const std::string framed = frame(right);
    if (fault.kind == "garbage") {
        line.write(frame("This is no answer."));
    } else if (fault.kind == "raw garbage") {
        line.write("This is no answer.\r\n\r\n");
    } else if (fault.kind == "half") {
        line.write(framed.substr(0, framed.size() - 9));
    } else if (fault.kind == "half payload") {
        line.write(frame(right.substr(0, right.size() / 2)));
    } else if (fault.kind == "half head") {
        line.write(framed.substr(0, 12));
    } else if (fault.kind == "wrong shape") {
        line.write(frame(R"({"id":1,"result":[84,true],"value":"84","processed":1})"));
    } else if (fault.kind == "out of range") {
        std::string large = right;
        line.write(frame(large.replace(right.find("84"), 2, "84000000000")));
    } else if (fault.kind == "megabyte") {
        line.write(frame(std::string(1'000'000, ' ') + right));
    } else if (fault.kind == "endless") {
        while (line.write(std::string(4096, ' '))) {
        }
    } else if (fault.kind == "endless payload") {
        line.write(framed.substr(0, framed.size() - right.size()));
        while (line.write(std::string(4096, ' '))) {
        }
    } else if (fault.kind == "drip") {
        for (const char c : framed) {
            if (!line.write({&c, 1})) {
                return;
            }
            usleep(50'000);
        }
    } else if (fault.kind != "silence" && fault.kind != "close") {
        std::cerr << "there is no fault '" << fault.kind << "'\n";
        std::exit(2);
    }
}

const std::string right_result = R"({"value":84,"processed":true})";

int serve_pipe() {
    const std::string token = environment("FAULT_TOKEN");
    if (!token.empty() && !std::filesystem::remove(token)) {
        const std::string real = environment("REAL_SERVICE");
        execl(real.c_str(), real.c_str(), nullptr);
        std::perror(real.c_str());
        return 127;
    }
    const Fault fault(environment("FAULT"));
    if (fault.kind == "ends at once") {
        return 7;
    }
    if (fault.kind == "descriptors") {
        for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
            std::cerr << "descriptor " << entry.path().filename() << ' '
                      << std::filesystem::read_symlink(entry) << '\n';
        }
    }
    Line line(STDIN_FILENO, STDOUT_FILENO);
    for (std::string request; !(request = line.read_until("\n")).empty();) {
        const std::string id = number_after("\"id\":", request);
        const auto answer = [](const std::string& for_id, const std::string& content) {
            return "{\"id\":" + for_id + "," + content + "}";
        };
        const auto frame = [](const std::string& payload) { return payload + "\n"; };
        const std::string right = answer(id, "\"result\":" + right_result);
        if (request.find("\"version\"") != std::string::npos) {
            line.write(frame(answer(id, R"("result":{"version":"0.0.0"})")));
        } else if (fault.kind == "other id") {
            line.write(frame(answer("4711", "\"result\":" + right_result)));
        } else if (fault.kind == "two answers") {
            line.write(frame(right) + frame(right));
        } else if (fault.kind == "error") {
            line.write(frame(answer(id, R"("error":{"kind":"internal","message":"no luck"})")));
        } else if (fault.kind == "abort") {
            std::abort();
        } else if (fault.kind == "hangs") {
            for (;;) {
                pause();  // whatever becomes of its input
            }
        } else {
            do_wrong(fault, line, right, frame);
        }
        if (fault.closes) {
            return 0;
        }
    }
    return 0;
}

std::string http_head(const std::string& first_line, std::size_t size) {
    return "HTTP/1.1 " + first_line +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(size) +
           "\r\n\r\n";
}

std::string http_answer(const std::string& body) {
    return http_head("200 OK", body.size()) + body;
}

void do_wrong_in_http(const Fault& fault, const Line& line) {
    if (fault.kind.starts_with("status ")) {
        line.write(http_head(fault.kind.substr(7) + " no luck", 0));
    } else if (fault.kind == "drip") {
        line.write(http_head("200 OK", right_result.size()));
        do_wrong(fault, line, right_result, [](const std::string& body) { return body; });
    } else if (fault.kind == "endless payload") {
        line.write("HTTP/1.1 200 OK\r\n\r\n");
        while (line.write(std::string(4096, ' '))) {
        }
    } else {
        do_wrong(fault, line, right_result, http_answer);
    }
}

// Serves one connection. Returns whether it was wrong.
bool serve_http_client(Line& line, const Fault& fault, bool once) {
    bool was_wrong = false;
    for (std::string request; !(request = line.read_until("\r\n\r\n")).empty();) {
        line.read_bytes(std::stoul(number_after("Content-Length: ", request)));
        if (request.starts_with("GET")) {
            line.write(http_answer(R"({"name":"service1","version":"0.0.0"})"));
            continue;
        }
        do_wrong_in_http(fault, line);
        was_wrong = true;
        std::cout << "fault" << std::endl;
        if (fault.silent) {
            line.read_until("never");
        }
        if (once || fault.silent || fault.closes) {
            break;
        }
    }
    return was_wrong;
}

int serve_http(int port, const Fault& fault, bool once) {
    const Descriptor listener = tcp::listen_on(port);
    std::cout << "ready" << std::endl;
    for (bool was_wrong = false; !(was_wrong && once);) {
        const int accepted = accept(listener.get(), nullptr, nullptr);
        if (accepted == -1) {
            continue;
        }
        const Descriptor connection(accepted);
        const timeval limit{0, 200'000};  // who closed what is full takes seconds to say so
        setsockopt(accepted, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        Line line(accepted, accepted);
        was_wrong = serve_http_client(line, fault, once);
    }
    return 0;
}

int serve_nats(int port, const Fault& fault, bool once) {
    const Descriptor socket = tcp::connect_to(port);
    Line line(socket.get(), socket.get());
    line.write("CONNECT {\"verbose\":false}\r\nSUB service.process service1 1\r\n");
    line.write(once ? "UNSUB 1 1\r\nPING\r\n" : "PING\r\n");  // after 1 message
    for (std::string word; !(word = line.read_until("\r\n")).empty();) {
        if (word.starts_with("PONG")) {
            std::cout << "ready" << std::endl;
        } else if (word.starts_with("PING")) {
            line.write("PONG\r\n");
        } else if (word.starts_with("MSG")) {  // MSG subject 1 reply-to size
            const std::size_t size_at = word.rfind(' ');
            const std::size_t reply_at = word.rfind(' ', size_at - 1);
            const std::string reply_to = word.substr(reply_at, size_at - reply_at);
            line.read_bytes(std::stoul(word.substr(size_at)) + 2);
            const auto frame = [&](const std::string& payload) {
                return "PUB" + reply_to + " " + std::to_string(payload.size()) + "\r\n" + payload +
                       "\r\n";
            };
            const std::string right = "{\"result\":" + right_result + "}";
            if (fault.kind == "error") {
                line.write(frame(R"({"error":{"kind":"internal","message":"no luck"}})"));
            } else if (fault.kind == "two answers") {
                line.write(frame(right) + frame(right));
            } else {
                do_wrong(fault, line, right, frame);
            }
            std::cout << "fault" << std::endl;
        }
    }
    return 0;
}

}  // namespace

int main(int argc, char* argv[]) {
    std::signal(SIGPIPE, SIG_IGN);
    try {
        if (argc < 5) {
            return serve_pipe();
        }
        const int port = std::stoi(argv[2]);
        const Fault fault(argv[3]);
        const bool once = argv[4] == std::string("once");
        return argv[1] == std::string("http") ? serve_http(port, fault, once)
                                              : serve_nats(port, fault, once);
    } catch (const std::exception& error) {
        std::cerr << "fake_service: " << error.what() << '\n';
        return 1;
    }
}
