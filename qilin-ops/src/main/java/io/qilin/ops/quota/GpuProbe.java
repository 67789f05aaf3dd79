package io.qilin.ops.quota;

/**
 * Says how much memory of graphics cards a strategy holds. Implementations may block for a while; they are asked on one thread of
 * their own.
 */
@FunctionalInterface
public interface GpuProbe {
  /**
   * Bytes that are held now, at least 0.
   *
   * @param strategy one that has a quota of this memory
   * @throws Exception if it cannot be told; the quota is then not enforced, and health says so
   */
  long usedBytes(String strategy) throws Exception;
}
