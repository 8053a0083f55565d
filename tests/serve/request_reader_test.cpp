// HTTP requests: what is read, what is refused, and that the pieces in which bytes come change nothing.
#include "serve/request_reader.hpp"

#include <gtest/gtest.h>

namespace magnesia::serve {
namespace {

using namespace std::string_literals;

constexpr Limits limits{.header_bytes = 1024, .body_bytes = 100};

struct Read {
  int fault = 0;
  bool complete = false;
  std::string method, path, body, type;
  std::string rest;
  bool keeps_alive = false;

  friend bool operator==(const Read&, const Read&) = default;
};

// Fed in pieces of so many bytes; what is not taken comes again.
Read read(const std::string& bytes, std::size_t piece = std::string::npos) {
  RequestReader reader{limits};
  std::string waiting;
  for (std::size_t at = 0; at < bytes.size() && reader.fault() == 0 && !reader.complete();) {
    const std::string next = bytes.substr(at, piece);
    at += next.size();
    waiting += next;
    for (std::size_t taken = 1; taken != 0 && reader.fault() == 0 && !reader.complete();) {
      const bool had_header = reader.has_header();
      taken = reader.take(waiting);
      waiting.erase(0, taken);
      if (reader.has_header() && !had_header) taken = 1;
    }
    if (reader.complete()) waiting += bytes.substr(at);
  }
  Read result;
  result.fault = reader.fault();
  result.complete = reader.complete();
  if (!result.complete) return result;
  const Call call = reader.call();
  result.method = call.method;
  result.path = call.path;
  result.body = call.body;
  result.type = call.content_type;
  result.rest = waiting;
  result.keeps_alive = reader.keeps_alive();
  return result;
}

int fault(const std::string& bytes) {
  const Read whole = read(bytes);
  for (const std::size_t piece : {1U, 2U, 3U, 7U}) {
    const Read in_pieces = read(bytes, piece);
    EXPECT_TRUE(in_pieces == whole) << piece << " bytes at a time: " << in_pieces.fault << " instead of " << whole.fault
                                    << " for " << bytes.substr(0, 200);
  }
  EXPECT_TRUE(whole.fault != 0 || whole.complete) << bytes.substr(0, 200);
  return whole.fault;
}

std::string post(const std::string& fields, const std::string& body = "") {
  return "POST /x HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
}

TEST(RequestReader, ReadsARequest) {
  const std::string bytes = post("Content-Type: application/json\r\nContent-Length: 5\r\n", "hello");
  const Read expected{0, true, "POST", "/x", "hello", "application/json", "", true};
  for (const std::size_t piece : {std::string::npos, std::size_t{1}, std::size_t{10}})
    EXPECT_TRUE(read(bytes, piece) == expected) << piece;
}

TEST(RequestReader, LeavesWhatComesBehindIt) {
  const Read first = read("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(first.path, "/a");
  EXPECT_EQ(first.rest, "GET /b HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(read(first.rest).path, "/b");
  EXPECT_EQ(read("\r\n\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n").path, "/a") << "empty lines before it";
}

TEST(RequestReader, ReadsChunks) {
  const std::string chunked =
      post("Transfer-Encoding: chunked\r\n", "3;note=x\r\nabc\r\n2\r\nde\r\n0\r\nContent-Type: text/evil\r\n\r\nrest");
  for (const std::size_t piece : {std::string::npos, std::size_t{1}, std::size_t{4}}) {
    const Read result = read(chunked, piece);
    EXPECT_EQ(result.fault, 0);
    EXPECT_EQ(result.body, "abcde");
    EXPECT_EQ(result.type, "") << "a trailer adds nothing";
    EXPECT_EQ(result.rest, "rest");
  }
}

TEST(RequestReader, FindsThePathInEachFormOfTarget) {
  const auto path = [](const std::string& target) { return read("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n").path; };
  EXPECT_EQ(path("/a/b?c=/d"), "/a/b");
  EXPECT_EQ(path("http://h:80/a?b"), "/a");
  EXPECT_EQ(path("HTTPS://h"), "/");
  EXPECT_EQ(path("http://h?q"), "/");
  EXPECT_EQ(path("*"), "*");
  EXPECT_EQ(path("/%2e%2e/a"), "/%2e%2e/a") << "nothing is decoded";
}

TEST(RequestReader, RefusesWhatTwoReadersCouldUnderstandDifferently) {
  EXPECT_EQ(fault(post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")), 400);
  EXPECT_EQ(fault(post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!")), 400);
  EXPECT_EQ(fault(post("Content-Length: 5, 5\r\n", "hello")), 400);
  EXPECT_EQ(fault(post("Content-Length: +5\r\n", "hello")), 400);
  EXPECT_EQ(fault(post("Content-Length: 0x5\r\n", "hello")), 400);
  EXPECT_EQ(fault(post("Content-Length: -1\r\n")), 400);
  EXPECT_EQ(fault(post("Content-Length: 99999999999999999999999\r\n")), 400);
  EXPECT_EQ(fault(post("Content-Length: \r\n")), 400);
  EXPECT_EQ(fault(post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")), 400);
  EXPECT_EQ(fault(post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")), 400);
  EXPECT_EQ(fault(post("Transfer-Encoding: identity\r\nContent-Length: 5\r\n", "hello")), 400);
  EXPECT_EQ(fault(post("Transfer-Encoding: gzip\r\n")), 501);
  EXPECT_EQ(fault(post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")), 501);
  EXPECT_EQ(fault(post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")), 501);
  EXPECT_EQ(fault("POST /x HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(fault(post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n")), 400) << "a blank before the colon";
  EXPECT_EQ(fault("POST /x HTTP/1.1\nHost: a\n\n"), 400) << "line feeds alone";
  EXPECT_EQ(fault("GET /x HTTP/1.1\r\n\r\n"), 400) << "no host";
  EXPECT_EQ(fault("GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
  EXPECT_EQ(fault("GET /x HTTP/1.0\r\n\r\n"), 0) << "1.0 needs none";
  EXPECT_EQ(fault(post("Authorization: Bearer a\r\nAuthorization: Bearer b\r\n")), 400);
  EXPECT_EQ(fault(post("Content-Type: application/json\r\nContent-Type: text/plain\r\n")), 400);
}

TEST(RequestReader, RefusesWhatIsNoRequest) {
  EXPECT_EQ(fault("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s), 400) << "TLS spoken to a plain port";
  EXPECT_EQ(fault("GET  /x HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
  EXPECT_EQ(fault("GET /x\r\nHost: a\r\n\r\n"), 400);
  EXPECT_EQ(fault("GET /x HTTP/2.0\r\nHost: a\r\n\r\n"), 505);
  EXPECT_EQ(fault("GET /x HTTP/0.9\r\nHost: a\r\n\r\n"), 505);
  EXPECT_EQ(fault("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505);
  EXPECT_EQ(fault("GET /x HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"s), 400);
  EXPECT_EQ(fault(post("Transfer-Encoding: chunked\r\n", "zz\r\n")), 400);
  EXPECT_EQ(fault(post("Transfer-Encoding: chunked\r\n", "3\r\nabcde\r\n0\r\n\r\n")), 400);
  EXPECT_EQ(fault(post("Expect: something\r\n")), 417);
}

TEST(RequestReader, RefusesWhatIsTooLarge) {
  EXPECT_EQ(fault("GET /" + std::string(2000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
  EXPECT_EQ(fault(post("X: " + std::string(2000, 'a') + "\r\n")), 431);
  std::string many;
  for (int i = 0; i < 300; ++i) many += "a:b\r\n";
  EXPECT_EQ(fault(post(many)), 431);
  EXPECT_EQ(fault(post("Content-Length: 101\r\n", std::string(101, 'a'))), 413);
  EXPECT_EQ(fault(post("Content-Length: 100\r\n", std::string(100, 'a'))), 0);
  EXPECT_EQ(fault(post("Transfer-Encoding: chunked\r\n", "65\r\n" + std::string(101, 'a') + "\r\n0\r\n\r\n")), 413);
  EXPECT_EQ(fault(post("Content-Length: 18446744073709551615\r\n")), 413);
}

TEST(RequestReader, SaysWhetherTheConnectionStays) {
  EXPECT_TRUE(read("GET / HTTP/1.1\r\nHost: a\r\n\r\n").keeps_alive);
  EXPECT_FALSE(read("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").keeps_alive);
  EXPECT_FALSE(read("GET / HTTP/1.0\r\n\r\n").keeps_alive);
  EXPECT_TRUE(read("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keeps_alive);
}

}  // namespace
}  // namespace magnesia::serve
