#include "in_flight/pipes.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>

#include "floors/bytes.hpp"
#include "floors/forked.hpp"
#include "floors/plain_json.hpp"

namespace {

using nlohmann::json;

std::array<int, 2> new_pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot make a pipe");
    }
    return ends;
}

// Reads once, and gives each line that is whole by then to act().
template <typename Act>
void for_each_line(int from, std::string& in, const Act& act) {
    std::array<char, 4096> chunk;
    const ssize_t count = read(from, chunk.data(), chunk.size());
    if (count <= 0) {
        throw std::runtime_error("the other end of a pipe has gone");
    }
    in.append(chunk.data(), static_cast<std::size_t>(count));
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = in.find('\n', begin)) != std::string::npos; begin = end + 1) {
        act(in.substr(begin, end - begin));
    }
    in.erase(0, begin);
}

class Child {
public:
    explicit Child(const std::string& program) {
        process_ = std::make_unique<Forked>([&](const auto& ready) {
            ready("");
            close(to_child_[1]);
            if (program.empty()) {
                answer_all();
            }
            dup2(to_child_[0], STDIN_FILENO);
            dup2(from_child_[1], STDOUT_FILENO);
            execl(program.c_str(), program.c_str(), "--quiet", nullptr);
            throw std::system_error(errno, std::generic_category(), program);
        });
        close(to_child_[0]);
        close(from_child_[1]);
        fcntl(to_child_[1], F_SETFL,
              O_NONBLOCK | O_WRONLY);  // a full pipe must not stop the reading
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        process_.reset();
        close(to_child_[1]);
        close(from_child_[0]);
    }

    void add(const std::string& line) { out_ += line; }

    // As much as the pipe takes.
    void write_out() {
        if (out_.empty()) {
            return;
        }
        const ssize_t count = write(to_child_[1], out_.data(), out_.size());
        if (count < 0 && errno != EAGAIN) {
            throw std::system_error(errno, std::generic_category(), "cannot write to a child");
        }
        out_.erase(0, static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }

    pollfd readable() const { return {from_child_[0], POLLIN, 0}; }
    pollfd writable() const { return {out_.empty() ? -1 : to_child_[1], POLLOUT, 0}; }

    void read_in(const Carrier::Take& take) {
        for_each_line(from_child_[0], in_, [&](const std::string& line) {
            const json answer = json::parse(line);
            take(answer.at("id").get<std::size_t>(), answer.at("result"));
        });
    }

private:
    [[noreturn]] void answer_all() const {
        for (std::string in;;) {
            for_each_line(to_child_[0], in, [&](const std::string& line) {
                write_all(from_child_[1], plain_answer(Style::line, "", line) + '\n');
            });
        }
    }

    std::array<int, 2> to_child_ = new_pipe();
    std::array<int, 2> from_child_ = new_pipe();
    std::unique_ptr<Forked> process_;
    std::string out_;
    std::string in_;
};

class Pipes final : public Carrier {
public:
    explicit Pipes(const std::vector<std::string>& programs)
        : children_{Child(programs.empty() ? "" : programs.at(0)),
                    Child(programs.empty() ? "" : programs.at(1))} {}

    void send(std::size_t slot, const std::string& operation, const json& parameters) override {
        const json line{{"id", slot}, {"op", operation}, {"params", parameters}};
        children_.at(service_of(operation)).add(line.dump() + '\n');
    }

    void receive(const Take& take) override {
        for (Child& child : children_) {
            child.write_out();
        }
        std::array waited{children_[0].readable(), children_[1].readable(), children_[0].writable(),
                          children_[1].writable()};
        if (poll(waited.data(), waited.size(), patience) <= 0) {
            throw std::runtime_error("a child does not answer");
        }
        for (std::size_t child = 0; child < children_.size(); ++child) {
            if (waited.at(child).revents != 0) {
                children_.at(child).read_in(take);
            }
        }
    }

private:
    std::array<Child, 2> children_;
};

}  // namespace

std::unique_ptr<Carrier> carry_by_pipes(const std::vector<std::string>& programs) {
    std::signal(SIGPIPE, SIG_IGN);  // a child that has gone is an error of write()
    return std::make_unique<Pipes>(programs);
}
