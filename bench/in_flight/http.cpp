#include "in_flight/http.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "floors/bytes.hpp"
#include "floors/http.hpp"

namespace {

using nlohmann::json;

void check(bool fine, const char* what) {
    if (!fine) {
        throw std::system_error(errno, std::generic_category(), what);
    }
}

// To which of the services, and for which slot.
using Key = std::pair<std::size_t, std::size_t>;

class Connection {
public:
    Connection(int port, const Key& key) : key_(key) {
        check(socket_ >= 0, "cannot make a socket");
        const int yes = 1;
        setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        check(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0,
              "cannot connect to a service");
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { close(socket_); }

    const Key& key() const { return key_; }
    int socket() const { return socket_; }

    // One request at a time, so it is small enough for the socket's buffer.
    void write_out(const std::string& request) {
        asked_ = request;
        write_all(socket_, request);
    }

    // Returns false if the service has closed the connection: it may, between two requests.
    bool read_in() {
        std::array<char, 4096> chunk;
        const ssize_t count = read(socket_, chunk.data(), chunk.size());
        if (count <= 0) {
            if (!was_used_ || !in_.empty()) {
                throw std::runtime_error("a service has closed a connection");
            }
            return false;
        }
        in_.append(chunk.data(), static_cast<std::size_t>(count));
        return true;
    }

    // Returns the answer once it is whole.
    std::optional<std::string> answer() {
        if (!is_whole_http(in_)) {
            return std::nullopt;
        }
        was_used_ = true;
        asked_.clear();
        return std::exchange(in_, "");
    }

    // The request that is not answered yet.
    const std::string& asked() const { return asked_; }

private:
    Key key_;
    int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool was_used_ = false;
    std::string asked_;
    std::string in_;
};

class Http final : public Carrier {
public:
    explicit Http(std::vector<int> ports) : ports_(std::move(ports)) {
        check(epoll_ >= 0, "cannot wait for sockets");
    }
    Http(const Http&) = delete;
    Http& operator=(const Http&) = delete;
    ~Http() override { close(epoll_); }

    void send(std::size_t slot, const std::string& operation, const json& parameters) override {
        connection({service_of(operation), slot})
            .write_out(http_request(operation, parameters.dump()));
    }

    void receive(const Take& take) override {
        std::array<epoll_event, 64> events;
        const int count = epoll_wait(epoll_, events.data(), events.size(), patience);
        if (count <= 0) {
            throw std::runtime_error("a service does not answer");
        }
        for (std::size_t event = 0; event < static_cast<std::size_t>(count); ++event) {
            read_in(*static_cast<Connection*>(events.at(event).data.ptr), take);
        }
    }

private:
    void read_in(Connection& from, const Take& take) {
        const Key key = from.key();
        if (!from.read_in()) {
            const std::string asked = from.asked();
            connections_.erase(key);
            if (!asked.empty()) {  // just before it was closed
                connection(key).write_out(asked);
            }
        } else if (const auto answer = from.answer()) {
            if (is_last_of_connection(*answer)) {
                connections_.erase(key);
            }
            take(key.second, json::parse(http_body(*answer)));
        }
    }

    Connection& connection(const Key& key) {
        const auto [found, is_new] = connections_.try_emplace(key, ports_.at(key.first), key);
        if (is_new) {
            epoll_event wanted{};
            wanted.events = EPOLLIN;
            wanted.data.ptr = &found->second;
            check(epoll_ctl(epoll_, EPOLL_CTL_ADD, found->second.socket(), &wanted) == 0,
                  "cannot wait for a socket");
        }
        return found->second;
    }

    std::vector<int> ports_;
    int epoll_ = epoll_create1(EPOLL_CLOEXEC);
    std::map<Key, Connection> connections_;
};

}  // namespace

std::unique_ptr<Carrier> carry_by_http(const std::vector<int>& ports) {
    return std::make_unique<Http>(ports);
}
