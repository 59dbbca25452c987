// Echo or broadcast by uWebSockets: uws_server echo|broadcast PORT [CERTIFICATE KEY]
#include "App.h"

#include <cstdlib>
#include <iostream>

struct Nothing {};

template <bool TLS>
void serve(uWS::TemplatedApp<TLS> &&app, bool toAll, int port) {
    auto *all = &app;
    app.template ws<Nothing>("/*", {
        .compression = uWS::DISABLED, .maxPayloadLength = 1024 * 1024, .idleTimeout = 120,
        .maxBackpressure = 64 * 1024 * 1024, .closeOnBackpressureLimit = false,
        .resetIdleTimeoutOnSend = false, .sendPingsAutomatically = true,
        .open = [toAll](auto *peer) { if (toAll) peer->subscribe("all"); },
        .message = [toAll, all](auto *peer, std::string_view message, uWS::OpCode opcode) {
            if (toAll) all->publish("all", message, opcode, false);
            else peer->send(message, opcode, false);
        },
    }).listen("127.0.0.1", port, [](auto *listener) {
        if (listener) return;
        std::cerr << "cannot listen\n";
        std::exit(1);
    }).run();
}

int main(int count, char **words) {
    if (count < 3) return 64;
    bool toAll = words[1][0] == 'b';
    int port = std::atoi(words[2]);
    if (count < 5) serve(uWS::App(), toAll, port);
    else serve(uWS::SSLApp({.key_file_name = words[4], .cert_file_name = words[3]}), toAll, port);
}
