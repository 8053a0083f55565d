// The services and the hooks that they stand for.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace magnesia::cds {

enum class Hook : std::uint8_t { patient_view, order_select, order_sign };

struct HookInfo {
  Hook hook;
  std::string_view name;
  std::string_view service;  ///< the id
  std::string_view version;  ///< of the hook's definition
  bool orders;               ///< its context has draft orders
};

inline constexpr std::string_view patient_service = "magnesia-patient";
inline constexpr std::string_view order_service = "magnesia-orders";

inline constexpr std::array<HookInfo, 3> hooks{{
    {Hook::patient_view, "patient-view", patient_service, "1.0", false},
    {Hook::order_select, "order-select", order_service, "1.0", true},
    {Hook::order_sign, "order-sign", order_service, "1.1.0", true},
}};

[[nodiscard]] constexpr const HookInfo& info(Hook hook) noexcept { return hooks[static_cast<std::size_t>(hook)]; }

}  // namespace magnesia::cds
