#include "magnesia/day.hpp"

namespace magnesia {

std::string name(TimeOfDay time) {
  const auto two_digits = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  if (time.minutes < 0) return std::to_string(time.minutes) + " min";  // no time of day, but it can stand in a message
  return two_digits(time.minutes / 60) + ':' + two_digits(time.minutes % 60);
}

}  // namespace magnesia
