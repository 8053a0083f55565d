// What an EHR is answered when magnesium is ordered: one call of CDS Hooks, without a server. Run from the project's folder.
#include <magnesia/magnesia.hpp>

#include <fstream>
#include <iostream>
#include <sstream>

namespace mg = magnesia;

int main(int count, char** arguments) {
  using namespace std::chrono_literals;
  const char* const path = count > 1 ? arguments[1] : "examples/orders/order-sign.json";
  std::ifstream file{path};
  std::ostringstream body;
  body << file.rdbuf();
  if (!file) {
    std::cerr << path << " cannot be read\n";
    return 2;
  }

  const mg::cds::Service service{mg::Knowledge::embedded()};
  const mg::cds::Response answer = service.answer("magnesia-orders", body.str(), 2026y / 11 / 25);
  std::cout << answer.status << ' ' << answer.content_type << '\n' << answer.body << '\n';
  return answer.status == 200 ? 0 : 1;
}
