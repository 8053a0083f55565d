// A request that is already a JSON tree: one inside another document, such as a case of the knowledge.
#pragma once

#include "json/parse.hpp"
#include "magnesia/request.hpp"

namespace magnesia::request {

/// Replaces `into` by what the node says and appends every fault (see read_request). With a fault, `into` is of no use.
void read(const json::Node& root, Request& into, Errors& errors);

}  // namespace magnesia::request
