package io.qilin.security.access;

import java.util.List;
import java.util.Set;

/** A role: what it may do, and the roles whose permissions it has as well. */
record Role(Set<String> inherits, List<Permission> permissions) {
  Role {
    inherits = Set.copyOf(inherits);
    permissions = List.copyOf(permissions);
  }
}
