// The ledger in a child process, as in step 06: started again when it ends, and asked again.

#include <filesystem>

#include "ask/ask.hpp"
#include "ask/remote_ledger.hpp"
#include "ledger/run_program.hpp"
#include "supervised_service.hpp"

int main(int argc, char* argv[]) {
    using namespace std::chrono_literals;
    return run_program("ask-child", [&] {
        const Orders orders = parse_orders({argv + 1, argv + argc});
        const auto here = std::filesystem::read_symlink("/proc/self/exe").parent_path();
        const Story story(true);
        SupervisedService service(here / "ledger-child", {"--quiet"}, {400ms, 3}, story);
        RemoteLedger ledger(service);
        ask(ledger, orders);
        return 0;
    });
}
