// GET /cds-services
#include "cds/discovery.hpp"

#include "cds/services.hpp"
#include "json/write.hpp"

namespace magnesia::cds {

std::string discovery_of(const base::Base& base, const std::vector<Prefetch>& all, Version version) {
  std::string out;
  json::Writer writer{out};
  writer.begin_object();
  writer.key("services");
  writer.begin_array();
  for (const HookInfo& hook : hooks) {
    writer.begin_object();
    writer.member("hook", hook.name);
    writer.member("title", base.text("cds.title"));
    writer.member("description", base.text("cds.description." + std::string{hook.name}));
    writer.member("id", hook.service);
    if (version == Version::v3_0_0) {
      writer.member("version", "3.0.0");
      writer.member("hookVersion", hook.version);
    }
    writer.key("prefetch");
    writer.begin_object();
    for (const Prefetch& one : all) writer.member(one.key, one.query);
    writer.end_object();
    writer.member("usageRequirements", base.text("cds.usage"));
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  return out;
}

}  // namespace magnesia::cds
