// All that service1 does with what comes over a connection: the service itself runs in a thread,
// its HTTP library included. The input is the body of a request, or all of what a client sends.

#include <sys/socket.h>

#include <chrono>
#include <cstring>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "fuzz.hpp"
#include "protocol/envelope.hpp"
#include "tcp.hpp"

int service1_main(int argc, char** argv);  // main() of the step's service1

namespace {

// Runs until the program ends. Returns the port.
int start_service() {
    static const tcp::ReservedPort port;
    std::thread([] {
        std::vector<std::string> arguments{"service1", "--quiet", "--listen",
                                           "127.0.0.1:" + std::to_string(port.number())};
        std::vector<char*> pointers;
        pointers.reserve(arguments.size());
        for (std::string& argument : arguments) {
            pointers.push_back(argument.data());
        }
        service1_main(static_cast<int>(pointers.size()), pointers.data());
    }).detach();
    for (const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);;) {
        try {
            tcp::connect_to(port.number());
            return port.number();
        } catch (const std::system_error&) {
            require(std::chrono::steady_clock::now() < deadline, "the service starts");
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
}

enum class End { awaited, announced };

// What is answered to a client that says this and no more. If it announces the end by closing its
// half of the connection, the library takes it for gone, and may not answer.
std::string answers_to(std::string_view said, End end) {
    static const int port = start_service();
    const Descriptor connection = tcp::connect_to(port);
    tcp::send_all(connection, said);
    if (end == End::announced) {
        shutdown(connection.get(), SHUT_WR);
    }
    std::string answers;
    while (tcp::receive_some(connection, answers)) {
    }
    return answers;
}

template <typename Result>
void check_answer_to_body(const std::string& path, const std::string& body) {
    const std::string answer =
        answers_to("POST " + path +
                       " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                       "Content-Type: application/json\r\nContent-Length: " +
                       std::to_string(body.size()) + "\r\n\r\n" + body,
                   End::awaited);
    const std::size_t end_of_head = answer.find("\r\n\r\n");
    require(end_of_head != std::string::npos, "there is an answer");
    const protocol::Json answered = protocol::Json::parse(answer.substr(end_of_head + 4));
    if (answer.starts_with("HTTP/1.1 200 ")) {
        answered.get<Result>();
    } else {
        answered.at("detail").get<std::string>();
        const std::string status = answer.substr(9, 3);
        require(status == "400" || status == "413" || status == "422",
                "the refusal is of the right kind");
        require(answered.at("status") == std::stoi(status), "the statuses agree");
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input = as_text(data, size);
    switch (take_choice(input) % 3) {
        case 0:
            check_answer_to_body<ProcessResult>("/process", std::string(input));
            break;
        case 1:
            check_answer_to_body<protocol::Valid>("/validate", std::string(input));
            break;
        default: {
            const std::string answers = answers_to(input, End::announced);
            require(answers.empty() || answers.starts_with("HTTP/1.1 "), "the answer is HTTP");
            require(answers.find(",\"status\":500}") == std::string::npos,  // a quotation has \\"
                    "no request makes a service fail");
        }
    }
    return 0;
}
