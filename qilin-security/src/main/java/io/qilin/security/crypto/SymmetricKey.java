package io.qilin.security.crypto;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The bytes of one key of a ring and the count of its uses, shared by all states that the key goes through. */
final class SymmetricKey {
  private final String id;
  private final Instant createdAt;
  private final AtomicLong uses;
  private byte @Nullable [] bytes;

  SymmetricKey(String id, byte[] bytes, Instant createdAt) {
    this.id = id;
    this.createdAt = createdAt;
    this.uses = new AtomicLong();
    this.bytes = bytes.clone();
  }

  String id() {
    return id;
  }

  Instant createdAt() {
    return createdAt;
  }

  AtomicLong uses() {
    return uses;
  }

  /** A copy, which the caller overwrites after use; under the same lock as {@link #destroy}, so never half a key. */
  synchronized byte[] copy() {
    byte[] now = bytes;
    if (now == null) {
      throw KeyRing.unavailable(id, "was destroyed");
    }
    return now.clone();
  }

  synchronized void destroy() {
    byte[] now = bytes;
    if (now != null) {
      Arrays.fill(now, (byte) 0);
      bytes = null;
    }
  }

  synchronized boolean destroyed() {
    return bytes == null;
  }

  static void checkId(String id) {
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}")) {
      throw QilinException.invalid("the key id " + QilinException.quote(id)
          + " is refused; use 1 to 64 of A-Z a-z 0-9 . _ : / - and begin with a letter or digit");
    }
  }
}
