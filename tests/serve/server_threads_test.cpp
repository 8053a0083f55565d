// The transport under several clients at once, with a handler of the test's own. What the whole service does over its sockets is
// in serve_check.py; this one also runs under the thread sanitizer.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>
#include <vector>

#include "serve/server.hpp"

namespace magnesia::serve {
namespace {

using namespace std::chrono_literals;

class Echo final : public Handler {
 public:
  std::optional<Reply> admit(const Call& call, Note& note) override {
    note.route = call.path == "/disk" ? Route::feedback : Route::service;
    if (call.path == "/refused") return Reply{404, "text/plain", "no", {}};
    return std::nullopt;
  }
  bool may_wait(const Note& note) const noexcept override { return note.route == Route::feedback; }
  Reply answer(const Call& call, Note&) override {
    if (call.path == "/disk") std::this_thread::sleep_for(400ms);
    if (call.path == "/slow") {
      slow_began = true;
      std::this_thread::sleep_for(300ms);
    }
    if (call.path == "/throws") throw std::bad_alloc{};
    return Reply{200, "text/plain", std::string{call.body.empty() ? call.path : call.body}, {}};
  }
  Reply fault(int status) const override { return Reply{status, "text/plain", "fault", {}}; }
  void finished(const Finished& exchange) noexcept override {
    if (exchange.status != 0) ++answered;
  }

  std::atomic<bool> slow_began{false};
  std::atomic<int> answered{0};
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_{::socket(AF_INET, SOCK_STREAM, 0)} {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(port);
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&where), sizeof where), 0);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { ::close(socket_); }

  void send(const std::string& bytes) const { (void)::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  /// As much as comes until this many answers are complete, or the other side closes. Each ends with its body.
  std::string receive(const std::string& last) {
    std::string all;
    char piece[4096];
    while (!all.ends_with(last)) {
      const ssize_t got = ::recv(socket_, piece, sizeof piece, 0);
      if (got <= 0) break;
      all.append(piece, static_cast<std::size_t>(got));
    }
    return all;
  }
  std::string rest() { return receive("\x01 never"); }

 private:
  int socket_;
};

class Running {
 public:
  explicit Running(Limits limits = {}) {
    ServerSettings settings;
    settings.threads = 3;
    settings.limits = limits;
    Result<std::unique_ptr<Server>> opened = Server::open(settings, echo, metrics);
    EXPECT_TRUE(opened) << describe(opened.error());
    server_ = *std::move(opened);
    thread_ = std::thread{[this] { server_->run(); }};
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() { stop(); }

  void stop() {
    server_->stop();
    if (thread_.joinable()) thread_.join();
  }
  void begin_to_stop() { server_->stop(); }
  [[nodiscard]] std::uint16_t port() const { return server_->port(); }

  Echo echo;
  Metrics metrics;

 private:
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

std::string get(const std::string& path, const std::string& more = "") {
  return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + more + "\r\n";
}
std::string post(const std::string& body) {
  return "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

TEST(Server, AnswersManyClientsEachWithItsOwn) {
  Running running;
  std::atomic<int> right{0};
  std::vector<std::thread> clients;
  for (int client = 0; client < 6; ++client) {
    clients.emplace_back([&, client] {
      Client one{running.port()};
      for (int i = 0; i < 60; ++i) {
        const std::string body = "body-" + std::to_string(client) + '-' + std::to_string(i) + '.';
        one.send(post(body));
        right += one.receive(body).starts_with("HTTP/1.1 200 OK\r\n") ? 1 : 0;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  running.stop();
  EXPECT_EQ(right, 360);
  EXPECT_EQ(running.echo.answered, 360);
}

TEST(Server, AnswersPipelinedRequestsInTheirOrder) {
  Running running;
  Client one{running.port()};
  one.send(get("/first") + post("second") + get("/refused") + get("/fourth", "Connection: close\r\n") + get("/never"));
  const std::string all = one.rest();
  const std::size_t first = all.find("/first"), second = all.find("second"), third = all.find("404"),
                    fourth = all.find("/fourth");
  EXPECT_TRUE(first < second && second < third && third < fourth && fourth != std::string::npos) << all;
  EXPECT_EQ(all.find("/never"), std::string::npos);
}

TEST(Server, FinishesWhatItHasInHandBeforeItStops) {
  Running running;
  Client idle{running.port()};
  idle.send(get("/a"));
  idle.receive("/a");
  Client busy{running.port()};
  busy.send(get("/slow"));
  while (!running.echo.slow_began) std::this_thread::sleep_for(1ms);
  running.begin_to_stop();
  EXPECT_EQ(idle.rest(), "") << "closed";
  const std::string answer = busy.rest();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("/slow")) << answer;
  EXPECT_NE(answer.find("Connection: close"), std::string::npos);
  running.stop();
}

TEST(Server, AnswersOthersWhileSomeWaitForADisk) {
  Running running;
  std::vector<std::unique_ptr<Client>> waiting;
  for (int i = 0; i < 5; ++i) {  // more than there are threads
    waiting.push_back(std::make_unique<Client>(running.port()));
    waiting.back()->send(get("/disk"));
  }
  std::this_thread::sleep_for(50ms);
  const auto begin = std::chrono::steady_clock::now();
  Client other{running.port()};
  for (int i = 0; i < 20; ++i) {
    other.send(get("/a"));
    EXPECT_TRUE(other.receive("/a").starts_with("HTTP/1.1 200 "));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 1000ms) << "five disks take two seconds";
  running.begin_to_stop();
  for (const auto& one : waiting) EXPECT_TRUE(one->rest().ends_with("/disk")) << "and those are answered before it stops";
}

TEST(Server, EndsAClientThatWaitsForTooLong) {
  Running running{{.request_time = 200ms, .idle_time = 200ms}};
  Client slow{running.port()};
  slow.send("GET /a HTTP/1.1\r\nHo");
  EXPECT_TRUE(slow.rest().starts_with("HTTP/1.1 408 "));
  Client idle{running.port()};
  EXPECT_EQ(idle.rest(), "");
}

TEST(Server, RefusesConnectionsOverItsLimit) {
  Running running{{.connections = 2}};
  Client first{running.port()};
  Client second{running.port()};
  for (Client* one : {&first, &second}) {
    one->send(get("/a"));
    EXPECT_TRUE(one->receive("/a").starts_with("HTTP/1.1 200 "));
  }
  std::vector<std::thread> others;
  std::atomic<int> refused{0};
  for (int i = 0; i < 8; ++i) {
    others.emplace_back([&] {
      Client third{running.port()};
      third.send(get("/a"));
      refused += third.rest().starts_with("HTTP/1.1 503 ") ? 1 : 0;
    });
  }
  for (std::thread& other : others) other.join();
  EXPECT_EQ(refused, 8);
  first.send(get("/b"));
  EXPECT_TRUE(first.receive("/b").ends_with("/b")) << "those that are in are not disturbed";
}

TEST(Server, AnswersAfterItsHandlerFailed) {
  Running running;
  Client one{running.port()};
  one.send(get("/throws"));
  EXPECT_TRUE(one.receive("fault").starts_with("HTTP/1.1 500 "));
  one.send(get("/a"));
  EXPECT_TRUE(one.receive("/a").starts_with("HTTP/1.1 200 "));
}

TEST(Server, SaysWhyItCannotBeOpened) {
  Echo echo;
  Metrics metrics;
  const auto fault = [&](const ServerSettings& settings) {
    const Result<std::unique_ptr<Server>> opened = Server::open(settings, echo, metrics);
    return opened ? std::string{"opened"} : opened.error().place;
  };
  const Running running;
  EXPECT_EQ(fault({.address = "localhost"}), "address");
  EXPECT_EQ(fault({.port = running.port()}), "port " + std::to_string(running.port()));
  EXPECT_EQ(fault({.tls = TlsFiles{"absent.pem", "absent.key"}}), "absent.pem");
}

}  // namespace
}  // namespace magnesia::serve
