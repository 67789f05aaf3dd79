package io.qilin.security.access;

/** Where the policy comes from: a file, a database, a server. Called by {@link PolicyStore#refresh}, on the thread that calls it. */
@FunctionalInterface
public interface PolicySource {
  /**
   * The policy as JSON, in UTF-8, whole and as it is now.
   *
   * @throws io.qilin.api.error.QilinException if it cannot be had; the last good policy then stays for at most 60 s
   */
  byte[] load();
}
