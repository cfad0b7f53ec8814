#include "http_library.hpp"

#include <httplib.h>
#include <sys/socket.h>

#include <limits>
#include <stdexcept>

#include "plain_json.hpp"

HttpLibraryServer::HttpLibraryServer(Settings settings,
                                     const std::vector<std::string>& operations) {
    httplib::Server server;
    for (const std::string& operation : operations) {
        server.Post("/" + operation,
                    [operation](const httplib::Request& request, httplib::Response& response) {
                        response.set_content(plain_answer(Style::body, operation, request.body),
                                             "application/json");
                    });
    }
    server.set_tcp_nodelay(settings == Settings::good);
    if (settings != Settings::defaults) {
        constexpr std::size_t threads = 300;  // more than there are clients
        server.set_keep_alive_max_count(std::numeric_limits<std::size_t>::max());
        server.set_keep_alive_timeout(3600);
        server.new_task_queue = [] { return new httplib::ThreadPool(threads); };
    }
    int listener = -1;
    server.set_socket_options([&](int socket) { listener = socket; });
    port_ = server.bind_to_any_port("127.0.0.1");
    if (port_ < 0 || (settings != Settings::defaults && listen(listener, 512) != 0)) {
        throw std::runtime_error("cannot listen on 127.0.0.1");
    }
    child_ = std::make_unique<Forked>([&](const auto& ready) {
        ready("");
        server.listen_after_bind();
    });
}

HttpLibraryClient::HttpLibraryClient(int port, Settings settings)
    : client_(std::make_unique<httplib::Client>("127.0.0.1", port)) {
    client_->set_tcp_nodelay(settings == Settings::good);
    client_->set_keep_alive(settings != Settings::defaults);
}

HttpLibraryClient::~HttpLibraryClient() = default;

std::string HttpLibraryClient::exchange(const std::string& operation, const std::string& body) {
    const httplib::Result result = client_->Post("/" + operation, body, "application/json");
    if (!result || result->status != 200) {
        throw std::runtime_error("a floor's HTTP request failed: " + to_string(result.error()));
    }
    return result->body;
}
