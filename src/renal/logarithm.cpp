#include "renal/logarithm.hpp"

#include <algorithm>
#include <bit>

namespace magnesia::renal {
namespace {

__extension__ using Wide = __int128;

constexpr int fraction_bits = 56;
constexpr std::int64_t one = std::int64_t{1} << fraction_bits;
constexpr std::int64_t farthest = 64 * (one - 1);
constexpr std::int64_t ln_2 = 49'946'518'145'322'874;        // ln 2 * 2^56, to the nearest
constexpr std::int64_t root_of_2 = 101'904'826'760'412'361;  // sqrt 2 * 2^56, rounded down

constexpr std::int64_t times(std::int64_t a, std::int64_t b) { return static_cast<std::int64_t>((Wide{a} * b) >> fraction_bits); }
constexpr Logarithm held(Wide raw) {
  return Logarithm::of_raw(static_cast<std::int64_t>(std::clamp(raw, -Wide{farthest}, Wide{farthest})));
}

}  // namespace

Logarithm Logarithm::of(Exact x) noexcept {
  // x = m * 2^k with m between 1/sqrt 2 and sqrt 2.
  const auto numerator = static_cast<std::uint64_t>(x.numerator());
  const auto denominator = static_cast<std::uint64_t>(x.denominator());
  int k = static_cast<int>(std::bit_width(numerator)) - static_cast<int>(std::bit_width(denominator));
  // Both with their highest bit in the same place, so the quotient is between 1/2 and 2.
  const Wide top = Wide{numerator} << (63 - std::bit_width(numerator));
  const Wide bottom = Wide{denominator} << (63 - std::bit_width(denominator));
  auto m = static_cast<std::int64_t>((top << fraction_bits) / bottom);
  if (m > root_of_2) {
    m /= 2;
    ++k;
  } else if (m < root_of_2 / 2) {
    m *= 2;
    --k;
  }
  // ln m = 2 artanh z = 2 (z + z^3/3 + z^5/5 + ...) with z = (m - 1)/(m + 1), which is at most 0.172.
  const auto z = static_cast<std::int64_t>((Wide{m - one} << fraction_bits) / (m + one));
  const std::int64_t z_squared = times(z, z);
  std::int64_t sum = 0;
  std::int64_t power = z;
  for (std::int64_t n = 1; power / n != 0; n += 2) {
    sum += power / n;
    power = times(power, z_squared);
  }
  return held(Wide{2} * sum + Wide{k} * ln_2);
}

Exact Logarithm::power() const noexcept {
  constexpr std::int64_t steps = 1'000'000;  // in one
  const std::int64_t y = std::min(raw_, 27 * one);
  // e^y = 2^k e^rest with the rest between -ln 2 / 2 and ln 2 / 2.
  const std::int64_t k = (y + (y < 0 ? -ln_2 / 2 : ln_2 / 2)) / ln_2;
  const std::int64_t rest = y - k * ln_2;
  std::int64_t sum = one;
  std::int64_t term = one;
  for (std::int64_t n = 1; term != 0; ++n) {
    term = static_cast<std::int64_t>(Wide{term} * rest / (Wide{one} * n));
    sum += term;
  }
  sum += sum >> 40;
  const std::int64_t shift = fraction_bits - k;  // 17 or more
  if (shift > 100) return {};
  return Exact::ratio(static_cast<std::int64_t>((Wide{sum} * steps) >> shift), steps);
}

Logarithm operator+(Logarithm a, Logarithm b) noexcept { return held(Wide{a.raw_} + b.raw_); }
Logarithm operator-(Logarithm a, Logarithm b) noexcept { return held(Wide{a.raw_} - b.raw_); }
Logarithm operator*(Logarithm a, Exact times) noexcept { return held(Wide{a.raw_} * times.numerator() / times.denominator()); }

}  // namespace magnesia::renal
