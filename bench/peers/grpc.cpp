// Peer: the same exchange by a unary call of gRPC, which has a format of its own in place of JSON.

#include <grpcpp/grpcpp.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "component1.grpc.pb.h"
#include "floors/forked.hpp"
#include "rounds.hpp"

namespace {

class Service final : public peer::Component1::Service {
public:
    grpc::Status Process(grpc::ServerContext*, const peer::ProcessRequest* request,
                         peer::ProcessReply* reply) override {
        reply->set_value(2 * request->input());
        reply->set_processed(true);
        return grpc::Status::OK;
    }
};

}  // namespace

int main() {
    const Forked server([](const auto& ready) {
        Service service;
        grpc::ServerBuilder builder;
        int port = 0;
        builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
        builder.RegisterService(&service);
        const std::unique_ptr<grpc::Server> running = builder.BuildAndStart();
        ready("127.0.0.1:" + std::to_string(port));
        running->Wait();
    });
    const auto stub = peer::Component1::NewStub(
        grpc::CreateChannel(server.message(), grpc::InsecureChannelCredentials()));

    Rounds rounds;
    rounds.time("call", [&] {
        grpc::ClientContext context;
        peer::ProcessRequest request;
        request.set_input(42);
        peer::ProcessReply reply;
        if (!stub->Process(&context, request, &reply).ok() || reply.value() != 84) {
            throw std::runtime_error("gRPC: the call failed");
        }
    });
    return rounds.run();
}
