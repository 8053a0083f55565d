// Powers without floating point: x^p as exp(p ln x), in integers, so that every compiler and machine gives the same bits.
#pragma once

#include <cstdint>

#include "magnesia/exact.hpp"

namespace magnesia::renal {

/// A natural logarithm with 56 bits behind the point. Sums and multiples stop at ±64 instead of overflowing.
class Logarithm {
 public:
  /// ln x, for a finite x above 0; the error is below 2^-50.
  [[nodiscard]] static Logarithm of(Exact x) noexcept;
  [[nodiscard]] static constexpr Logarithm of_raw(std::int64_t raw) noexcept {
    Logarithm result;
    result.raw_ = raw;
    return result;
  }

  /// e to this power, rounded down to a multiple of 1e-6, once a relative 2^-40 (0.9e-12) has been added: more than the errors of
  /// the computation can come to, so that a figure that is such a multiple is not missed. At most e^27.
  [[nodiscard]] Exact power() const noexcept;

  [[nodiscard]] constexpr std::int64_t raw() const noexcept { return raw_; }
  [[nodiscard]] constexpr bool negative() const noexcept { return raw_ < 0; }

  friend Logarithm operator+(Logarithm a, Logarithm b) noexcept;
  friend Logarithm operator-(Logarithm a, Logarithm b) noexcept;
  friend Logarithm operator*(Logarithm a, Exact times) noexcept;

 private:
  std::int64_t raw_ = 0;
};

}  // namespace magnesia::renal
