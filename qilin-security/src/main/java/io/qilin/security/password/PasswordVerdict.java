package io.qilin.security.password;

import java.util.Objects;
import java.util.Optional;

/** Whether a password is the right one. */
public sealed interface PasswordVerdict {
  /** Whether it is the right one. */
  boolean matches();

  /** It is the right one; {@code upgrade} is a new record to store if the old one is of weaker settings or an older pepper. */
  record Match(Optional<String> upgrade) implements PasswordVerdict {
    /** Checks the part. */
    public Match {
      Objects.requireNonNull(upgrade, "upgrade");
    }

    @Override
    public boolean matches() {
      return true;
    }

    /** Does not show the record. */
    @Override
    public String toString() {
      return "Match[upgrade=" + upgrade.map(record -> "***") + "]";
    }
  }

  /** It is not, or there is no such user; which of these is not said. */
  record Mismatch() implements PasswordVerdict {
    @Override
    public boolean matches() {
      return false;
    }
  }
}
