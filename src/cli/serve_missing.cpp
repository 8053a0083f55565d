// magnesia serve, in a command that was built without it.
#include "cli/common.hpp"

namespace magnesia::cli {

Exit serve(const Given&) {
  complain({ErrorKind::unreadable, "serve", "a command that was built without its service",
            "one built where Boost (1.74), OpenSSL (3.0) and SQLite (3.37) are: libboost-dev, libssl-dev, libsqlite3-dev"});
  return Exit::bad_input;
}

}  // namespace magnesia::cli
